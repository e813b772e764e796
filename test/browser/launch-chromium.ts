import { existsSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** `bundled` asks for the browser from npm although the machine has one. */
const wish = process.env['CHROMIUM_PATH'];

/** The browser of the machine, or the one that npm brought: the tests need no other. */
export async function launchChromium(): Promise<Browser> {
  const path = wish ?? installed.find((candidate) => existsSync(candidate));
  const options = path && path !== 'bundled' ? { executablePath: path } : await bundledChromium();
  const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run'];
  return chromium.launch({ ...options, args: [...args, ...(options.args ?? [])] });
}

/**
 * Chromium from `@sparticuz/chromium`, made for bare machines. Its libraries and fonts are unpacked only where it believes
 * to be on AWS Lambda (README, "Running on other platforms"); they are given to the browser alone.
 */
async function bundledChromium(): Promise<LaunchOptions> {
  const before = { ...process.env };
  process.env['AWS_LAMBDA_JS_RUNTIME'] = 'nodejs22.x';
  try {
    const { default: bundled } = await import('@sparticuz/chromium');
    const executablePath = await bundled.executablePath();
    // its other flags make one process of everything and take the web's safety away
    return { executablePath, args: ['--no-zygote', '--font-render-hinting=none'], env: text(process.env) };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

function text(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
