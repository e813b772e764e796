import type { Param, Told, Words } from './failure-sentence.ts';
import { Failure } from './failure.ts';
import { inEnglish, inWords, phrase, wordsOf } from './failure-words.ts';

/** A field of a record that had been there before and does not hold what the deal says, in English. Nothing of it is changed. */
export interface Difference {
  /** what a person calls the record: `project ENG-0001` */
  record: string;
  /** the system's name of the field; of a line in a text, with what the line begins with: `description (Billing)` */
  field: string;
  /** what it holds; absent = nothing */
  there?: string;
  /** what the deal says; absent = nothing */
  wanted?: string;
  /** all of it in one sentence */
  message: string;
  /** the sentence for every other language */
  words?: Words;
}

/** What differs from the deal: money and terms, which a person has to settle, and the plan, which is told and left. */
export interface Differences {
  money: Difference[];
  plan: Difference[];
}

/** Compares a record that was found with what would have been written, field by field. */
export class Comparison {
  readonly differences: Difference[] = [];
  private readonly record: Told;

  constructor(record: Told) {
    this.record = record;
  }

  /** Texts are equal when only blanks at their ends differ; nothing is not the same as something. */
  text(field: string, there: string | undefined, wanted: string | undefined): this {
    return this.told(field, plain(there), plain(wanted), plain(there) === plain(wanted));
  }

  told(field: string, there: Told | undefined, wanted: Told | undefined, same: boolean): this {
    if (!same) this.differences.push(difference(this.record, field, there, wanted));
    return this;
  }
}

function difference(record: Told, field: string, there: Told | undefined, wanted: Told | undefined): Difference {
  const { message, words } = inWords('RECORD_DIFFERS.field', { record, field, there: quotedText(there), wanted: quotedText(wanted) });
  return {
    record: inEnglish(record),
    field,
    ...(there === undefined ? {} : { there: shortText(inEnglish(there)) }),
    ...(wanted === undefined ? {} : { wanted: shortText(inEnglish(wanted)) }),
    message,
    words,
  };
}

/** Where a record was found: the system as data knows it, and as a person calls it. */
export interface FoundIn {
  system: string;
  systemName: string;
  /** `project ENG-0001` */
  record: Told;
  id: string;
}

/** The record that carries the key is somebody else's: neither used nor changed. */
export function recordOfAnother(found: FoundIn, of: { field: string; there: Told; wanted: Told; what: Param }): Failure {
  const { systemName } = found;
  const { what, there, wanted } = of;
  return new Failure({
    class: 'conflict.duplicate',
    ...(of.field === 'currency'
      ? inWords('RECORD_OF_ANOTHER.currency', { found: named(found), what, there, wanted, systemName })
      : inWords('RECORD_OF_ANOTHER', { found: named(found), what, there, wanted, systemName })),
    system: found.system,
    record: found.record,
    field: of.field,
    value: inEnglish(there),
    outcome: 'not-made',
  });
}

/** Money and terms of the record are not those of the deal: a person decides which are right. */
export function recordDiffers(found: FoundIn, differences: readonly Difference[]): Failure {
  const [first] = differences;
  const { systemName } = found;
  const listed = { join: 'LIST_SEMICOLON', parts: differences.slice(0, 3).map(wordsOf) };
  const more = differences.length - 3;
  return new Failure({
    class: 'business.rejected',
    ...(more > 0
      ? inWords('RECORD_DIFFERS.more', { found: named(found), listed, more, systemName })
      : inWords('RECORD_DIFFERS', { found: named(found), listed, systemName })),
    system: found.system,
    record: found.record,
    field: first?.field ?? '',
    value: first?.there ?? '',
    issues: differences.map((one) => ({
      field: one.field,
      value: one.there ?? '',
      ...inWords('RECORD_DIFFERS.issue', { difference: wordsOf(one), systemName }),
    })),
    outcome: 'not-made',
  });
}

/** Nothing can be done with a record that was put aside. */
export function recordPutAside(found: FoundIn, field: string, state: Param): Failure {
  return new Failure({
    class: 'business.rejected',
    ...inWords('RECORD_PUT_ASIDE', { found: named(found), state, systemName: found.systemName }),
    system: found.system,
    record: found.record,
    field,
    value: 'true',
    outcome: 'not-made',
  });
}

const named = ({ systemName, record, id }: FoundIn) => phrase('RECORD_FOUND', { record, systemName, id });
const plain = (text: string | undefined) => text?.trim() || undefined;
export const shortText = (text: string) => (text.length > 200 ? `${text.slice(0, 199)}…` : text);
export const quotedText = (text: Told | undefined) =>
  text === undefined ? phrase('TEXT_EMPTY') : phrase('TEXT_QUOTED', { text: typeof text === 'string' ? shortText(text) : text });

/**
 * Marks a record with the id that the CRM gave its deal or client, since codes may be used twice: `CRM id 006000000000001AAA`, a line of the
 * record's comments or description.
 */
export function crmMark(id: string): string {
  return `CRM id ${id}`;
}

/** Is this id among those that a text is marked with? A person may write before, below and, behind an id of 15 or 18 characters, beside the mark. */
export function bearsCrmId(text: string | undefined, id: string): boolean {
  return marksOf(text).some((mark) => mark === id.trim() || sameCrmId(idOf(mark) ?? '', id));
}

/** The id of another that a text is marked with instead of this one; `undefined` too when a person took the mark out, or there never was one. */
export function anotherCrmId(text: string | undefined, id: string): string | undefined {
  return bearsCrmId(text, id) ? undefined : marksOf(text).flatMap((mark) => idOf(mark) ?? [])[0];
}

/** The one id that a text is marked with; `undefined` where there is none, or more than one. */
export function crmIdIn(text: string | undefined): string | undefined {
  const ids = new Set(marksOf(text).flatMap((mark) => idOf(mark) ?? []));
  return ids.size === 1 ? [...ids][0] : undefined;
}

/** Does a text name this id, be it within a sentence? That is no mark, and may have been one before a person wrote in its line. */
export function mentionsCrmId(text: string, id: string): boolean {
  return [...text.matchAll(/CRM id (\S{1,255})/g)].some(([, word = '']) => sameCrmId(idOf(word) ?? '', id));
}

/** What stands behind each mark of a text; one within a sentence is none. */
function marksOf(text = ''): string[] {
  return [...text.matchAll(/^[ \t]*CRM id (\S.{0,300}?)[ \t]*\r?$/gm)].flatMap((match) => match[1] ?? []);
}

/** The id of a mark: one of 15 or 18 characters, whatever is written behind it, else the one word that stands there. */
function idOf(mark: string): string | undefined {
  return (/^([A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?)(?=[.,;:)]*(?:\s|$))/.exec(mark) ?? /^(\S{1,255})$/.exec(mark))?.[1];
}

/** A CRM may write an id of 15 characters in 18, too: the last three say which letters are large. */
export function sameCrmId(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length === 15 && long.length === 18 && long.startsWith(short);
}
