import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../.tmp/bench', import.meta.url));

/** Where the benchmark keeps what it makes: below the repository, on the same disk as a store would be, and not in git. */
export function scratch(): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}
