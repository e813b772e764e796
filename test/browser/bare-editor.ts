import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { packageMap } from '../../scripts/build/package-map.ts';
import { launchChromium } from './launch-chromium.ts';
import { quietEditor } from './quiet-editor.ts';
import type { BuiltPack } from '../build/built-pack.ts';
import { packageName } from '../build/built-pack.ts';

/** A real Node-RED with the built pack and nothing behind it, and a real browser on its editor. */
export interface BareEditor {
  page: Page;
  /** errors that the page reported; the palette catalogue on the internet is not ours */
  errors: string[];
  load(locale?: string): Promise<Page>;
  stop(): Promise<void>;
}

export async function bareEditor(pack: BuiltPack, flows: object[]): Promise<BareEditor> {
  const userDir = mkdtempSync(join(tmpdir(), 'psconnect-editor-'));
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flows));
  quietEditor(userDir);
  const section = packageMap(pack.palette.map((node) => node.declaration));
  writeFileSync(join(pack.out, 'package.json'), JSON.stringify({ name: packageName(), version: '0.0.0', 'node-red': section }));
  const server = spawn(process.execPath, [fileURLToPath(new URL('editor-server.ts', import.meta.url)), pack.out, userDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await addressOf(server);
  const browser = await launchChromium();
  const errors: string[] = [];
  const editor: BareEditor = {
    page: await openPage(browser, errors, 'en-US'),
    errors,
    async load(locale) {
      if (locale) editor.page = await openPage(browser, errors, locale);
      await editor.page.goto(address);
      await editor.page.waitForFunction((id) => Boolean((globalThis as unknown as Globals).RED?.nodes?.node?.(id)), lastOf(flows).id, {
        timeout: 45_000,
      });
      return editor.page;
    },
    async stop() {
      await browser.close();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
      rmSync(userDir, { recursive: true, force: true });
    },
  };
  return editor;
}

interface Globals {
  RED?: { nodes?: { node?(id: string): unknown } };
}

function lastOf(flows: object[]): { id: string } {
  return flows.at(-1) as { id: string };
}

async function openPage(browser: Browser, errors: string[], locale: string): Promise<Page> {
  const page = await browser.newPage({ locale, viewport: { width: 1400, height: 900 } });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) errors.push(message.text());
    // the editor catches what a form throws and prints it as an ordinary line
    else if (/^(oneditprepare|Validation error|Definition error)/.test(message.text())) errors.push(message.text());
  });
  return page;
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const address = /EDITOR (\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    server.once('exit', (code) => reject(new Error(`Node-RED ended with ${code}: ${said}`)));
  });
}
