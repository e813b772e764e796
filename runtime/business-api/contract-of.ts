import { type ContractName, contractIssues } from '../../model/contract.ts';
import { ownContract } from '../../model/own-contract.ts';
import type { Issue } from '../../model/failure.ts';
import { componentOf } from './described-schemas.ts';
import { mostIssues } from '../webhook/answers.ts';
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
    issues: (value) => (Array.isArray(value) ? issuesOf(value, one) : notList(value)),
  };
}

/** A list in which much is wrong is not looked through to its end: whoever sent it is told enough. */
function issuesOf(list: unknown[], { issues: issuesIn }: BodyContract): Issue[] {
  const issues: Issue[] = [];
  for (const [place, part] of list.entries()) {
    if (issues.length >= mostIssues) break;
    for (const issue of issuesIn(part)) {
      const { field } = issue;
      issues.push({ ...issue, field: `[${place}]${field === '' || field.startsWith('[') ? '' : '.'}${field}` });
    }
  }
  return issues;
}

function canonical(name: ContractName): BodyContract {
  contractIssues(name, undefined); // a name that is not known is said now
  return { issues: (value) => contractIssues(name, value), schema: { $ref: componentOf(name) } };
}

let anyList: BodyContract | undefined;

function notList(value: unknown): Issue[] {
  anyList ??= ownContract('{"type":"array"}', '');
  return anyList.issues(value);
}
