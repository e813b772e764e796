import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPack } from '../../scripts/build/build-pack.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
let built: Promise<string> | undefined;

/** The pack as Node-RED loads it, built from the sources of this moment, once for all suites of the process. */
export function packUnderTest(): Promise<string> {
  built ??= build();
  return built;
}

async function build(): Promise<string> {
  // inside the repository, so that the bundles find the packages left outside of them
  mkdirSync(join(root, '.tmp'), { recursive: true });
  const out = mkdtempSync(join(root, '.tmp', 'runtime-'));
  process.on('exit', () => rmSync(out, { recursive: true, force: true }));
  await buildPack({ root, out, partial: true });
  cpSync(join(root, 'package.json'), join(out, 'package.json'));
  return out;
}
