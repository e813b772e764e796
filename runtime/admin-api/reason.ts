import { type Schema, text } from './schema.ts';

/** So many characters a reason may have: it is in the journal, which keeps it for good. */
const longestReason = 4_000;
/** no character that a store or another program could not take: NUL, half of a pair */
const writable = '[^\\u0000\\p{Surrogate}]*$';

/** The field of a body that says why somebody does something. */
export const reason: Schema = {
  ...text('why, for the journal', { maxLength: longestReason, pattern: `^${writable}` }),
  type: ['string', 'null'],
  'x-says': {
    maxLength: `reason is longer than ${longestReason} characters. Give a short one.`,
    pattern: 'reason has a character that no text may have.',
  },
};

/** A reason that must be given. */
export const neededReason = (description: string, whenMissing: string): Schema => ({
  ...text(description, { maxLength: longestReason, pattern: `^(?=[^]*\\S)${writable}` }),
  'x-says': { ...(reason['x-says'] as object), required: whenMissing, type: whenMissing, pattern: whenMissing },
});

/** As the journal takes it: what is empty is none. */
export function reasonIn(body: { reason?: string | null }): { reason?: string } {
  return body.reason ? { reason: body.reason } : {};
}
