import { contractIssues, type ContractName } from './contract.ts';
import type { Issue } from './failure.ts';
import { isObject } from './json.ts';

/** The contract that a part of it is held to. */
export const wholeAccount: ContractName = 'account';

/** What is wrong with an account of which some fields are said: all that is given keeps the contract, and nothing but the code has to be. */
export function partOfAccountIssues(value: unknown): Issue[] {
  return contractIssues(wholeAccount, isObject(value) && value['name'] === undefined ? { ...value, name: '-' } : value);
}
