/** Writes the types that are made from JSON Schemas; with `--check` only says whether they are current. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { adminApiTypes } from './generate-types/admin-api-types.ts';
import { canonicalTypes } from './generate-types/canonical-types.ts';
import { resultTypes } from './generate-types/result-types.ts';

const targets = [
  { file: 'model/types.generated.ts', from: 'model/schemas', make: canonicalTypes },
  { file: 'model/results.generated.ts', from: 'model/results.v1.schema.json', make: resultTypes },
  { file: 'runtime/admin-api/admin-api.generated.ts', from: 'the routes of runtime/admin-api', make: adminApiTypes },
];
for (const { file, from, make } of targets) {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const text = await make(`/* Made from ${from} by scripts/generate-types.ts: do not edit. */`);
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
  } else if (readFileSync(path, 'utf8') !== text) {
    console.error(`${file} is behind ${from}: run npm run generate`);
    process.exitCode = 1;
  }
}
