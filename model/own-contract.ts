import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { Failure, type Issue } from './failure.ts';
import { inWords } from './failure-words.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { schemaIssue } from './schema-issue.ts';
import { schemas } from './schemas.ts';

let ajv: Ajv2020 | undefined;

/** Made when the first one is asked for. It knows the canonical contracts by their `$id`. */
function validator(): Ajv2020 {
  if (!ajv) {
    ajv = new Ajv2020({
      allErrors: true,
      verbose: true,
      addUsedSchema: false,
      strictSchema: true,
      strictTypes: false,
      strictTuples: false,
      strictRequired: false,
    });
    ajv.addKeyword({ keyword: 'x-personal', schemaType: 'boolean' });
    (formats as unknown as (ajv: Ajv2020) => void)(ajv);
    for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  }
  return ajv;
}

/**
 * A contract that an analyst has written as a JSON Schema (2020-12). A canonical object in it is a `$ref` to its `urn:psconnect:contract:…`. Regular
 * expressions are not taken: one of anybody's could take as long as its text likes. Throws where it is no schema.
 */
export function ownContract(text: string, field: string): { issues(value: unknown): Issue[]; schema: JsonObject } {
  const schema = schemaIn(text, field);
  try {
    const validate = validator().compile(schema);
    return { schema, issues: (value) => (validate(value) ? [] : (validate.errors ?? []).map(schemaIssue)) };
  } catch (error) {
    throw unfit(field, error);
  }
}

function schemaIn(text: string, field: string): JsonObject {
  try {
    const schema = JSON.parse(text) as Json;
    if (!isObject(schema)) throw new Error('it is no object');
    if (hasPattern(schema)) throw new Error('pattern and patternProperties are not taken: use enum, format, minLength and maxLength');
    if ('$id' in schema) throw new Error('leave $id out');
    return schema;
  } catch (error) {
    throw unfit(field, error);
  }
}

const patterns = new Set(['pattern', 'patternProperties']);

/** A property may be called so: what is beside it in `properties` is no keyword. */
function hasPattern(value: Json, areNames = false): boolean {
  if (Array.isArray(value)) return value.some((part) => hasPattern(part));
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([name, part]) =>
      (!areNames && patterns.has(name)) || hasPattern(part ?? null, !areNames && (name === 'properties' || name === '$defs')),
  );
}

/** A canonical object, as a schema of one's own refers to it. */
const example = '{"$ref": "urn:psconnect:contract:time-entry:1"}';

function unfit(field: string, error: unknown): Failure {
  const said = error instanceof Error ? error.message : String(error);
  return new Failure({ class: 'contract.invalid', ...inWords('OWN_SCHEMA', { field, said, example }), field });
}
