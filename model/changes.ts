import type { Told } from './failure-sentence.ts';
import { Failure } from './failure.ts';
import { inEnglish, inWords, wordsOf } from './failure-words.ts';
import { type Difference, quotedText, shortText } from './found-record.ts';

/** What an amendment changes in a record: the field as it is there, and as it shall be. Without `there` the record is added, without `wanted` it is taken out. */
export type Change = Difference;

export function changed(record: Told, field: string, there: Told | undefined, wanted: Told | undefined): Change {
  const said = inWords('CHANGE.field', { record, field, there: quotedText(there), wanted: quotedText(wanted) });
  return changeOf(record, field, there, wanted, said);
}

export function added(record: Told, field: string, wanted: Told): Change {
  return changeOf(record, field, undefined, wanted, inWords('CHANGE.added', { record, wanted: quotedText(wanted) }));
}

export function takenOut(record: Told, field: string, there: Told): Change {
  return changeOf(record, field, there, undefined, inWords('CHANGE.taken-out', { record, there: quotedText(there) }));
}

function changeOf(
  record: Told,
  field: string,
  there: Told | undefined,
  wanted: Told | undefined,
  { message, words }: Pick<Change, 'message' | 'words'>,
): Change {
  return {
    record: inEnglish(record),
    field,
    ...(there === undefined ? {} : { there: shortText(inEnglish(there)) }),
    ...(wanted === undefined ? {} : { wanted: shortText(inEnglish(wanted)) }),
    message,
    ...(words ? { words } : {}),
  };
}

const same = (one: Change, other: Change) =>
  one.record === other.record && one.field === other.field && one.there === other.there && one.wanted === other.wanted;

/** Is this field of this record among the changes that were approved? */
export const isAmong = (changes: readonly Change[], record: Told, field: string): boolean =>
  changes.some((one) => one.record === inEnglish(record) && one.field === field);

/**
 * What is found now must be what was shown and approved. Less of it is right, too: a run that goes on has made a part of it already. Anything else was
 * changed by somebody since.
 */
export function mustBeApproved(found: readonly Change[], approved: readonly Change[], of: { system: string; systemName: string }): void {
  const other = found.find((one) => !approved.some((shown) => same(one, shown)));
  if (!other) return;
  throw new Failure({
    class: 'conflict.stale',
    ...inWords('CHANGE_NOT_APPROVED', { change: wordsOf(other), systemName: of.systemName }),
    system: of.system,
    record: other.record,
    field: other.field,
    value: other.there ?? '',
    outcome: 'not-made',
  });
}
