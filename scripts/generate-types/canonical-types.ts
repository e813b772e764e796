import { readdirSync, readFileSync } from 'node:fs';
import type { JSONSchema } from 'json-schema-to-typescript';
import { typesOf } from './types-of.ts';

/** The types of the canonical objects. */
export function canonicalTypes(banner: string): Promise<string> {
  const folder = new URL('../../model/schemas/', import.meta.url);
  const merged: JSONSchema = { type: 'object', additionalProperties: false, properties: {}, required: [], definitions: {} };
  for (const file of readdirSync(folder).sort()) {
    const { $defs, $id, $schema, ...schema } = JSON.parse(
      readFileSync(new URL(file, folder), 'utf8').replaceAll('#/$defs/', '#/definitions/'),
    );
    merged.definitions = { ...merged.definitions, ...$defs, [schema.title]: schema };
    merged.properties = { ...merged.properties, [schema.title]: { $ref: `#/definitions/${schema.title}` } };
  }
  return typesOf('CanonicalObjects', merged, banner);
}
