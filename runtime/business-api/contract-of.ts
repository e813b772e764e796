import { type ContractName, contractIssues } from '../../model/contract.ts';
import { ownContract } from '../../model/own-contract.ts';
import type { Issue } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';

/** What a body is held to, and how the description of the API says it. */
export interface BodyContract {
  issues(value: unknown): Issue[];
  schema: JsonObject;
}

/** @param text of an own schema */
export function contractOf(name: string, text: string, list: boolean, field: string): BodyContract | undefined {
  if (name === 'none') return undefined;
  const one = name === 'own' ? ownContract(text, field) : canonical(name as ContractName);
  if (!list) return one;
  return {
    schema: { type: 'array', items: one.schema },
    issues: (value) =>
      Array.isArray(value)
        ? value.flatMap((part, place) =>
            one
              .issues(part)
              .map((issue) => ({ ...issue, field: `[${place}]${issue.field && !issue.field.startsWith('[') ? '.' : ''}${issue.field}` })),
          )
        : notList(value),
  };
}

function canonical(name: ContractName): BodyContract {
  contractIssues(name, undefined); // a name that is not known is said now
  return { issues: (value) => contractIssues(name, value), schema: { $ref: `#/components/schemas/${name}` } };
}

const anyList = ownContract('{"type":"array"}', '');
const notList = (value: unknown) => anyList.issues(value);
