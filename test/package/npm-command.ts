import { execFile } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs npm under the Node that runs the tests; answers what it printed. A failure carries npm's own words. */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`;
  const { stdout } = await run('npm', [...args], { cwd, env: { ...process.env, PATH }, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** Installs into a folder of its own; what the cache holds is not asked for again. */
export function npmInstall(packages: readonly string[], cwd: string): Promise<string> {
  return npm(['install', '--no-audit', '--no-fund', '--prefer-offline', '--no-update-notifier', '--loglevel=error', ...packages], cwd);
}
