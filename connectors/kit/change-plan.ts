import { added, type Change, changed, takenOut } from '../../model/changes.ts';
import type { Told, Words } from '../../model/failure-sentence.ts';
import { inEnglish } from '../../model/failure-words.ts';
import type { ChangedFields } from './change-record.ts';

/** One thing that an amendment says of a record that is there: how a person sees it, and which fields it sets. */
export interface Aspect {
  /** as it is shown: the system's name of the field, of a line in a text with what the line begins with */
  field: string;
  there: Told | undefined;
  wanted: Told | undefined;
  differs: boolean;
  /** the record goes, or comes back, as a whole */
  whole?: true;
  sets: ChangedFields;
}

/** What an amendment says of one record that is there. */
export interface RecordPlan<Place> {
  record: Words;
  place: Place;
  aspects: Aspect[];
}

/** A field that is shown as it is set. */
export const aspect = (
  field: string,
  { there, wanted, differs, was, set }: { there: Told | undefined; wanted: Told | undefined; differs: boolean } & ChangedFields[string],
): Aspect => ({ field, there, wanted, differs, sets: { [field]: { was, set } } });

/** A text that is equal when only blanks at its ends differ. */
export function textAspect(field: string, there: string | undefined, wanted: string | undefined): Aspect {
  const [was, set] = [there?.trim() || undefined, wanted?.trim() || undefined];
  return aspect(field, { there: was, wanted: set, differs: was !== set, was: was ?? null, set: set ?? null });
}

/** What of this differs, as it is shown. */
export function changesOf({ record, aspects }: RecordPlan<unknown>): Change[] {
  return aspects.flatMap(({ field, there, wanted, differs, whole }) => {
    if (!differs) return [];
    if (whole && wanted === undefined && there !== undefined) return [takenOut(record, field, there)];
    return [changed(record, field, there, wanted)];
  });
}

export const additionOf = (record: Words, name: string): Change => added(record, 'title', name);

/** The fields to be set, of those that were approved for this record. */
export function approvedFields({ record, aspects }: RecordPlan<unknown>, approved: readonly Change[]): ChangedFields {
  const name = inEnglish(record);
  const shown = new Set(approved.filter((one) => one.record === name).map(({ field }) => field));
  return Object.assign({}, ...aspects.filter(({ field }) => shown.has(field)).map(({ sets }) => sets)) as ChangedFields;
}

/** Was it approved that this record is made? */
export const isApprovedAddition = (record: Words, approved: readonly Change[]): boolean =>
  approved.some((one) => one.record === inEnglish(record) && one.field === 'title' && one.there === undefined);
