import { mapTexts } from './bounded-words.ts';
import type { Words } from './failure-sentence.ts';
import { Failure, type FailureClass } from './failure.ts';
import type { JsonObject } from './json.ts';

/**
 * An optional field that a system refused, and that was left out so that the record could be made. `field` says whose the value is, so that it is masked
 * like every other value of that name.
 */
export type LeftOut = {
  /** as the analyst knows it: `account.phone` */
  field: string;
  value?: string;
  /** what the system said */
  code: string;
  message: string;
  /** the message for every other language */
  words?: Words;
};

/** Optional fields of a body: the name there → what the analyst knows it by. */
export type OptionalFields = Readonly<Record<string, string>>;

/** Refusals that may be about one field. */
const aboutFields: ReadonlySet<FailureClass> = new Set([
  'business.rejected',
  'contract.invalid',
  'contract.drift',
  'mapping.missing',
  'auth.denied',
]);

/**
 * Sends a body; what is optional in it never stops what is not. A field that the refusal names is left out and the rest sent again. Where the system
 * refuses without naming a field (`unnamed`), all optional ones are left out once: if it takes the rest, one of them was the reason; if not, the first
 * refusal stands.
 */
export async function leavingOut<Made>(
  body: JsonObject,
  optional: OptionalFields,
  send: (body: JsonObject) => Promise<Made>,
  unnamed: (failure: Failure) => boolean = () => false,
): Promise<{ made: Made; leftOut: LeftOut[] }> {
  const leftOut: LeftOut[] = [];
  let rest = body;
  let first: Failure | undefined;
  for (;;) {
    try {
      return { made: await send(rest), leftOut };
    } catch (error) {
      const failure = Failure.from(error);
      if (!isRefusal(failure)) throw failure;
      const named = refusedFields(failure, rest, optional);
      const names = named.length === 0 && !first && unnamed(failure) ? Object.keys(optional).filter((name) => isGiven(rest[name])) : named;
      if (names.length === 0) throw first && !failure.field ? first : failure;
      if (named.length === 0) first = failure;
      for (const name of names) leftOut.push(noteOf(optional[name] ?? name, rest[name], failure));
      rest = Object.fromEntries(Object.entries(rest).filter(([name]) => !names.includes(name)));
    }
  }
}

/** An answer that the write was not made, and will not be as it is. */
const isRefusal = (failure: Failure) => failure.outcome === 'not-made' && aboutFields.has(failure.class);

const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '';

function refusedFields(failure: Failure, body: JsonObject, optional: OptionalFields): string[] {
  const paths = [failure.field, ...(failure.issues ?? []).map((issue) => issue.field)];
  const refused = new Set(paths.flatMap((path) => (path ? [firstStep(path)] : [])));
  return Object.keys(optional).filter((name) => name in body && refused.has(name.toLowerCase()));
}

/** `vatRegNumber`, `terms.id`, `currencyList.items[0]` → its first step, in lower case: systems name fields in their own spelling. */
function firstStep(path: string): string {
  return /^[^.[]*/.exec(path)?.[0].toLowerCase() ?? '';
}

/** A shorter value may be a part of any word. */
const shortest = 4;

/** What a system took and skipped, by its own words (a field that the account does not have). */
export function skippedFields(body: JsonObject, optional: OptionalFields, said: Said): LeftOut[] {
  const words = new Set(said.message.toLowerCase().split(/[^\w]+/));
  const names = Object.keys(optional).filter((name) => isGiven(body[name]) && words.has(name.toLowerCase()));
  return names.map((name) => noteOf(optional[name] ?? name, body[name], said));
}

type Said = Pick<LeftOut, 'code' | 'message' | 'words'>;

/** The value stands in one place only, where it is masked by the name of its field. */
function noteOf(field: string, given: unknown, { code, message, words }: Said): LeftOut {
  const value = isGiven(given) ? (typeof given === 'string' ? given : (idOf(given) ?? JSON.stringify(given))) : undefined;
  const without = (text: string) => (value === undefined || value.length < shortest ? text : text.replaceAll(value, '…'));
  return {
    field,
    ...(value === undefined ? {} : { value }),
    code,
    message: without(message),
    ...(words ? { words: mapTexts(words, without) } : {}),
  };
}

/** Of a reference its id. */
function idOf(value: unknown): string | undefined {
  const id = (value as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id : undefined;
}
