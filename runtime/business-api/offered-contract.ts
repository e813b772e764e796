import type { Offer } from '../../declarations/offer.ts';
import { operations } from '../../declarations/operations.ts';
import { partOfAccountIssues } from '../../model/part-of-account.ts';
import { schemas } from '../../model/schemas.ts';
import { type BodyContract, contractOf } from './contract-of.ts';

/** What the body of a call has to be: what the node takes of a message, too. */
export function offeredContract({ operation, takes = operations[operation].input as Offer['takes'] }: Offer): BodyContract | undefined {
  if (takes !== 'part-of-account') return contractOf(takes ?? 'none', '', false, 'payload');
  const { $id: _id, required, ...account } = schemas.account;
  return { schema: { ...account, required: required.filter((name) => name !== 'name') }, issues: partOfAccountIssues };
}
