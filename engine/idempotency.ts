import { createHash } from 'node:crypto';
import { boundedText } from '../model/bounded-text.ts';
import { timeOfId } from './time-ordered-id.ts';

/** Makes an effect unique: run + node + business id. Never a clock or a random number. */
export type IdempotencyKey = string & { readonly idempotencyKey?: never };

/** Begins as the run's id does, so that the effects of runs of one time lie together in a store's index. */
export function idempotencyKey(run: string, node: string, business: string): IdempotencyKey {
  const hash = createHash('sha256').update(`${run}\n${node}\n${business}`).digest('base64url').slice(0, 32);
  return timeOfId(run) + hash;
}

const longestShown = 500;

/** The business id as it is kept to be read. Of a very long one it is the beginning, with a mark of the whole: two that begin alike stay two. */
export function keptBusiness(business: string): string {
  if (business.length <= longestShown) return boundedText(business, longestShown);
  const mark = createHash('sha256').update(business).digest('base64url').slice(0, 16);
  return `${boundedText(business, longestShown - mark.length - 1)} ${mark}`;
}
