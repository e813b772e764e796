import { inWords } from '../../model/failure-words.ts';
import { says, type Schema, type Sentence, text } from './schema.ts';

/** So many characters a reason may have: it is in the journal, which keeps it for good. */
const longestReason = 4_000;
/** no character that a store or another program could not take: NUL, half of a pair */
const writable = '[^\\u0000\\p{Surrogate}]*$';

/** The field of a body that says why somebody does something. */
export const reason: Schema = {
  ...text('why, for the journal', { maxLength: longestReason, pattern: `^${writable}` }),
  type: ['string', 'null'],
  'x-says': {
    maxLength: says(inWords('API.reason-long', { most: longestReason })),
    pattern: says(inWords('API.reason-character')),
  },
};

/** A reason that must be given. */
export const neededReason = (description: string, whenMissing: Sentence): Schema => ({
  ...text(description, { maxLength: longestReason, pattern: `^(?=[^]*\\S)${writable}` }),
  'x-says': { ...(reason['x-says'] as object), required: whenMissing, type: whenMissing, pattern: whenMissing },
});

/** As the journal takes it: what is empty is none. */
export function reasonIn(body: { reason?: string | null }): { reason?: string } {
  return body.reason ? { reason: body.reason } : {};
}
