import type { Offer } from '../../declarations/node-declaration.ts';
import { operations } from '../../declarations/operations.ts';
import type { JsonObject } from '../../model/json.ts';
import { partOfAccountIssues, wholeAccount } from '../../model/part-of-account.ts';
import { schemas } from '../../model/schemas.ts';
import { type BodyContract, contractOf } from './contract-of.ts';
import { partsOf } from './described-schemas.ts';

/** What the body of a call has to be: what the node takes of a message, too. */
export function offeredContract({ operation, takes = operations[operation].input as Offer['takes'] }: Offer): BodyContract | undefined {
  if (takes !== 'part-of-account') return contractOf(takes ?? 'none', '', false, 'payload');
  const { type, properties, additionalProperties } = schemas.account;
  const fields = JSON.stringify(properties).replaceAll('"#/$defs/', `"${partsOf(wholeAccount)}`);
  return {
    schema: { type, additionalProperties, required: ['code'], properties: JSON.parse(fields) as JsonObject },
    issues: partOfAccountIssues,
  };
}
