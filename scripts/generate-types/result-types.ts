import type { JSONSchema } from 'json-schema-to-typescript';
import results from '../../model/results.v1.schema.json' with { type: 'json' };
import { typesOf } from './types-of.ts';

/** The types of what operations answer. */
export function resultTypes(banner: string): Promise<string> {
  const names = Object.keys(results.$defs);
  const definitions = JSON.parse(
    JSON.stringify(results.$defs, alone).replaceAll('#/$defs/', '#/definitions/'),
  ) as JSONSchema['definitions'];
  const properties = Object.fromEntries(names.map((name) => [name, { $ref: `#/definitions/${name}` }]));
  const merged: JSONSchema = { type: 'object', additionalProperties: false, properties, required: names, definitions };
  const imports = [
    "import type { FailureDetails } from './failure.ts';",
    "import type { Words } from './failure-sentence.ts';",
    "import type { Json } from './json.ts';",
    "import type { Availability, ProjectFinances, Utilization } from './types.generated.ts';",
  ];
  return typesOf('Results', merged, [banner, ...imports].join('\n'));
}

/** A reference with words of its own beside it would be made a type of its own (`RecordVersion1`). */
function alone(_keyword: string, value: unknown): unknown {
  const { $ref } = (value ?? {}) as { $ref?: unknown };
  return typeof $ref === 'string' ? { $ref } : value;
}
