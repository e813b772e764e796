import { createHash } from 'node:crypto';

/** Makes an effect unique: run + node + business id. Never a clock or a random number. */
export type IdempotencyKey = string & { readonly idempotencyKey?: never };

export function idempotencyKey(run: string, node: string, business: string): IdempotencyKey {
  return createHash('sha256').update(`${run}\n${node}\n${business}`).digest('base64url').slice(0, 32);
}
