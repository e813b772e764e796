import { contractNames } from '../../model/contract.ts';
import type { Issue } from '../../model/failure.ts';
import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Results } from '../../model/operations.ts';
import { ownContract } from '../../model/own-contract.ts';
import results from '../../model/result-schemas.ts';
import type { BodyContract } from './contract-of.ts';

/** The contract of what an operation answers, as the model states it; the description of the API refers to it by its name. */
export function resultContract(name: keyof Results): BodyContract {
  let check: ((value: unknown) => Issue[]) | undefined;
  return {
    schema: { $ref: `${components}${name}` },
    // compiled with the first answer: most nodes that are deployed are not asked at once
    issues: (value) => (check ??= ownContract(JSON.stringify({ $ref: `#/$defs/${name}`, $defs: checked }), 'answer').issues)(value),
  };
}

const components = '#/components/schemas/';

/** What of the operations' answers a document speaks of, and what that is made of, by name. */
export function resultSchemasIn(document: string): JsonObject {
  const named: JsonObject = {};
  const look = (text: string) => {
    for (const [name, schema] of Object.entries(described)) {
      if (name in named || !text.includes(`"${components}${name}"`)) continue;
      named[name] = schema;
      look(JSON.stringify(schema));
    }
  };
  look(document);
  return named;
}

/** `tsType` is for the types alone; where it names a canonical object, that object's contract is meant. */
function withContracts(refer: (contract: string) => string, text: string): JsonObject {
  const replaced = (_keyword: string, value: Json) => {
    if (!isObject(value) || value['tsType'] === undefined) return value;
    const { tsType, ...rest } = value;
    const contract = contractNames.find((name) => typeof tsType === 'string' && name === kebab(tsType));
    return contract === undefined ? rest : { $ref: refer(contract) };
  };
  return JSON.parse(text, replaced) as JsonObject;
}

const kebab = (name: string): string => name.replace(/\B[A-Z]/g, '-$&').toLowerCase();

const text = JSON.stringify(results);
const checked = withContracts((contract) => `urn:psconnect:contract:${contract}:1`, text);
const described = withContracts((contract) => `${components}${contract}`, text.replaceAll('#/$defs/', components));
