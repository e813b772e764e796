import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { madeBlocks, withBlocks } from './docs/made-blocks.ts';

/**
 * Fills in what the documents take from the code: error tables, nodes, contracts, routes, variables.
 *
 *     node scripts/docs.ts            writes
 *     node scripts/docs.ts --check    fails when a document is behind the code
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
for (const [file, blocks] of Object.entries(await madeBlocks(root))) {
  const path = join(root, file);
  const before = readFileSync(path, 'utf8');
  const after = withBlocks(before, blocks);
  if (after === before) continue;
  if (check) {
    console.error(`${file} is behind the code: run node scripts/docs.ts`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, after);
    console.log(`wrote ${file}`);
  }
}
