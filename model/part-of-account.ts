import { contractIssues } from './contract.ts';
import type { Issue } from './failure.ts';
import { isObject } from './json.ts';

/** What is wrong with an account of which some fields are said: all that is given keeps the contract, and nothing but the code has to be. */
export function partOfAccountIssues(value: unknown): Issue[] {
  return contractIssues('account', isObject(value) && value['name'] === undefined ? { ...value, name: '-' } : value);
}
