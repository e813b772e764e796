import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { madeBlocks, madeFiles, withBlocks } from './docs/made-blocks.ts';

/**
 * Fills in what the documents take from the code: error tables, nodes, contracts, routes, variables; and writes the OpenAPI document and the palette in package.json.
 *
 *     node scripts/docs.ts            writes
 *     node scripts/docs.ts --check    fails when a document is behind the code
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');
const made = { ...(await madeBlocks(root)), ...(await madeFiles(root)) };
for (const [file, content] of Object.entries(made)) {
  const path = join(root, file);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const after = typeof content === 'string' ? content : withBlocks(before, content);
  if (after === before) continue;
  if (check) {
    console.error(`${file} is behind the code: run node scripts/docs.ts`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, after);
    console.log(`wrote ${file}`);
  }
}
