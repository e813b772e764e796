import { contractNames } from '../../model/contract.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import results from '../../model/result-schemas.ts';
import { schemas } from '../../model/schemas.ts';

const components = '#/components/schemas/';

/** Where a document has the schema of this name. */
export const componentOf = (name: string): string => `${components}${name}`;

/** Where a document has what a contract is made of: a part of its own, `engagement.money`. */
export const partsOf = (contract: string): string => componentOf(`${contract}.`);

/**
 * A contract as it stands in a document, and each of its parts beside it. Generators of clients follow references from the root of the document only,
 * neither those within a schema nor `urn:`.
 */
function described(name: string, given: JsonObject): [string, JsonObject][] {
  const text = withoutUrns(JSON.stringify(given).replaceAll('"#/$defs/', `"${partsOf(name)}`));
  const { $id: _id, $schema: _dialect, $defs = {}, ...schema } = JSON.parse(text) as JsonObject;
  return [
    [name, schema],
    ...Object.entries($defs as Record<string, JsonObject>).map(([part, one]): [string, JsonObject] => [`${name}.${part}`, one]),
  ];
}

const urns = contractNames.map((name) => [`"$ref":"${schemas[name].$id}"`, `"$ref":"${componentOf(name)}"`] as const);

/** A text of JSON in which canonical contracts are referred to where the document has them. */
export const withoutUrns = (text: string): string => urns.reduce((left, [urn, reference]) => left.replaceAll(urn, reference), text);

/** `tsType` is for the types alone; where it names a canonical object, that object's contract is meant. */
export function withContracts(refer: (contract: string) => string, text: string): JsonObject {
  const replaced = (_keyword: string, value: Json) => {
    if (!isObject(value) || value['tsType'] === undefined) return value;
    const { tsType, ...rest } = value;
    const contract = contractNames.find((name) => typeof tsType === 'string' && name === kebab(tsType));
    return contract === undefined ? rest : { $ref: refer(contract) };
  };
  return JSON.parse(text, replaced) as JsonObject;
}

const kebab = (name: string): string => name.replace(/\B[A-Z]/g, '-$&').toLowerCase();

/** All that has a name: canonical contracts, and what operations answer. */
let known: JsonObject | undefined;

function all(): JsonObject {
  return (known ??= {
    ...Object.fromEntries(contractNames.flatMap((name) => described(name, schemas[name] as unknown as JsonObject))),
    ...withContracts(componentOf, JSON.stringify(results).replaceAll('"#/$defs/', `"${components}`)),
  });
}

/** What a document speaks of, and what that is made of, by name. */
export function schemasIn(document: string): JsonObject {
  const named: JsonObject = {};
  const look = (text: string) => {
    for (const [name, schema] of Object.entries(all())) {
      if (name in named || !text.includes(`"${componentOf(name)}"`)) continue;
      named[name] = schema;
      look(JSON.stringify(schema));
    }
  };
  look(document);
  return named;
}
