import { type CalendarDate, isCalendarDate } from './calendar-date.ts';
import type { Issue } from './failure-details.ts';
import { type FailureText, inWords } from './failure-words.ts';
import { masked } from './mask-text.ts';
import { ownershipColumns, ownershipTable } from './ownership-table.ts';
import { mostBytesOfText } from './storable.ts';

/** What a value of one system is in another, in days of work: both ends are days on which it holds. */
export interface CrosswalkEntry {
  /** `legal-entity`, `tax-code`, or the firm's own */
  table: string;
  /** system that says it; `*` = whichever */
  from: string;
  value: string;
  /** system that is told; `*` = whichever */
  to: string;
  /** what it is there */
  target: string;
  /** first day; absent = always has */
  validFrom?: CalendarDate;
  /** last day; absent = until further notice */
  validTo?: CalendarDate;
}

/** What is looked for: the words of one system for the other, on a day. */
export type CrosswalkQuestion = Pick<CrosswalkEntry, 'table' | 'from' | 'value' | 'to'> & { date: CalendarDate };

/** Tables that every firm has; it may have others. */
export const usualTables = ['legal-entity', 'tax-code', 'currency', 'region', 'practice'] as const;

const [firstDay, lastDay] = ['0000-01-01', '9999-12-31'];

/** Both days, so that any two can be compared as texts. */
export const validity = ({ validFrom = firstDay, validTo = lastDay }: Pick<CrosswalkEntry, 'validFrom' | 'validTo'>) => ({
  first: validFrom,
  last: validTo,
});

/** As `validity` had it; an end that is open is none. */
export const validityOf = (first: string, last: string): Pick<CrosswalkEntry, 'validFrom' | 'validTo'> => ({
  ...(first === firstDay ? {} : { validFrom: first }),
  ...(last === lastDay ? {} : { validTo: last }),
});

const meets = (one: string, other: string) => one === other || one === '*' || other === '*';

/** Whether both may be asked for by one question, as far as systems and value go. */
export const sameWords = (one: Omit<CrosswalkQuestion, 'date'>, other: Omit<CrosswalkQuestion, 'date'>): boolean =>
  one.table === other.table && one.value === other.value && sameSystems(one, other);

export const sameSystems = (one: Pick<CrosswalkEntry, 'from' | 'to'>, other: Pick<CrosswalkEntry, 'from' | 'to'>): boolean =>
  meets(one.from, other.from) && meets(one.to, other.to);

/** What two values have in common that a person takes for one. */
export const folded = (value: string): string => value.normalize('NFKC').toLowerCase().replace(/\s+/gu, ' ');

/** What cannot be seen, cannot be stored, or was lost where a file was read as what it is not: controls, marks of direction, halves of a pair, �. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffd]/u;

/** What is wrong with a value, as it comes or as it is written: nothing is trimmed or made alike, since nobody knows which was meant. */
export function codeTrouble(value: string, field: string): FailureText | undefined {
  if (value === '') return inWords('CROSSWALK_UNFIT.empty', { field });
  if (value.includes(masked)) return inWords('CROSSWALK_UNFIT.masked', { field });
  if (hidden.test(value)) return inWords('CROSSWALK_UNFIT.hidden', { field });
  if (value !== value.trim()) return inWords('CROSSWALK_UNFIT.space', { field });
  if (Buffer.byteLength(value) > mostBytesOfText) return inWords('CROSSWALK_UNFIT.long', { field, most: { count: mostBytesOfText } });
  return undefined;
}

/** A name of a table or a system: in one spelling, so that no two are alike. */
export const isCrosswalkName = (name: string): boolean => /^[a-z0-9][a-z0-9._-]{0,63}$/.test(name);

const ownerTrouble = (owner: string) =>
  isCrosswalkName(owner) ? undefined : inWords('CROSSWALK_UNFIT.one', { field: ownershipColumns.target });

/** All that is wrong with an entry by itself. */
export function entryIssues(entry: CrosswalkEntry): Issue[] {
  const { table, from, to, validFrom, validTo } = entry;
  const issues: Issue[] = [];
  const note = (field: keyof CrosswalkEntry, said: FailureText | undefined) => {
    if (said) issues.push({ ...said, remedy: said.remedy ?? '', field, value: entry[field] ?? '' });
  };
  if (!isCrosswalkName(table)) note('table', inWords('CROSSWALK_UNFIT.name', { field: 'table' }));
  const isOwnership = table === ownershipTable;
  const called = (field: 'from' | 'value' | 'to' | 'target') => (isOwnership ? ownershipColumns[field] : field);
  if (isOwnership && !isCrosswalkName(from)) note('from', inWords('CROSSWALK_UNFIT.one', { field: called('from') }));
  for (const [field, system] of Object.entries(isOwnership ? { to } : { from, to }))
    if (system !== '*' && !isCrosswalkName(system)) note(field as 'from' | 'to', inWords('CROSSWALK_UNFIT.system', { field }));
  note('value', codeTrouble(entry.value, called('value')));
  note('target', isOwnership ? ownerTrouble(entry.target) : codeTrouble(entry.target, 'target'));
  const days = (['validFrom', 'validTo'] as const).filter((field) => entry[field] !== undefined && !isDay(entry[field]));
  for (const field of days) note(field, inWords('CROSSWALK_UNFIT.day', { field }));
  if (days.length === 0 && validFrom !== undefined && validTo !== undefined && validTo < validFrom)
    note('validTo', inWords('CROSSWALK_UNFIT.order', { first: validFrom, last: validTo }));
  return issues;
}

/** One that is written for an open end is refused: what is said is read back. */
const isDay = (day: unknown) => isCalendarDate(day) && day > firstDay && day < lastDay;
