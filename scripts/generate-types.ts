/** Writes model/types.generated.ts from the JSON Schemas; with `--check` only says whether it is current. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { compile, type JSONSchema } from 'json-schema-to-typescript';

const folder = new URL('../model/schemas/', import.meta.url);
const target = new URL('../model/types.generated.ts', import.meta.url);
const merged: JSONSchema = {
  title: 'CanonicalObjects',
  type: 'object',
  additionalProperties: false,
  properties: {},
  required: [],
  definitions: {},
};
for (const file of readdirSync(folder).sort()) {
  const { $defs, $id, $schema, ...schema } = JSON.parse(
    readFileSync(new URL(file, folder), 'utf8').replaceAll('#/$defs/', '#/definitions/'),
  );
  merged.definitions = { ...merged.definitions, ...$defs, [schema.title]: schema };
  merged.properties = { ...merged.properties, [schema.title]: { $ref: `#/definitions/${schema.title}` } };
}
const text = await compile(merged, 'CanonicalObjects', {
  bannerComment: '/* Made from model/schemas by scripts/generate-types.ts: do not edit. */',
  additionalProperties: false,
  style: { singleQuote: true, printWidth: 140 },
});
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('model/types.generated.ts is behind model/schemas: run npm run generate');
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
