import type { Store } from '../../../engine/store.ts';
import type { CrosswalkRow } from '../../../engine/store/crosswalk.ts';
import type { CalendarDate } from '../../../model/calendar-date.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Owners } from '../../../model/owners.ts';
import { ownershipTable } from '../../../model/ownership-table.ts';
import { shorten } from '../../../model/shorten.ts';

/** What the ownership table says of an object, towards one system, on a day. */
export interface KeptOwners {
  owners: Owners;
  /** fields that are owned, but go to others only */
  elsewhere: ReadonlyMap<string, Elsewhere>;
  /** which entries in which state said so, by field */
  entries: ReadonlyMap<string, { entry: string; version: number }>;
}

export interface Elsewhere {
  owner: string;
  to: string;
}

const page = 500;

/**
 * Read for each message, so that a change counts from the next one on. A table that says nothing at all of the object is a mistake, not an object that
 * nobody owns: what comes would end without a word.
 *
 * @param told the system that gets what goes on; `*` = whoever: then only what everybody may be told goes on
 */
export async function keptOwners(
  store: Pick<Store, 'crosswalkRows'>,
  { object, told, day }: { object: string; told: string; day: CalendarDate },
): Promise<KeptOwners> {
  const rows: CrosswalkRow[] = [];
  for (let after: string | undefined; ;) {
    const filter = { table: ownershipTable, from: object, on: day, limit: page, ...(after === undefined ? {} : { after }) };
    const found = await store.crosswalkRows(filter);
    rows.push(...found);
    if (found.length < page) break;
    after = found.at(-1)?.id;
  }
  if (rows.length === 0) throw nothingKept(object, day);
  const owners = new Map<string, string>();
  const elsewhere = new Map<string, Elsewhere>();
  const entries = new Map<string, { entry: string; version: number }>();
  for (const { id, version, value: field, target: owner, to } of rows) {
    if (to !== '*' && to !== told) {
      elsewhere.set(field, { owner, to });
      continue;
    }
    if (owners.has(field)) throw twice({ object, field, told, day });
    owners.set(field, owner);
    entries.set(field, { entry: id, version });
  }
  return { owners, elsewhere, entries };
}

const nothingKept = (object: string, date: CalendarDate) =>
  new Failure({
    class: 'mapping.missing',
    ...inWords('OWNERSHIP_MISSING', { object, date }),
    field: 'object',
    value: object,
    outcome: 'not-made',
  });

/** The store was changed from outside: of two owners none is guessed. */
function twice({ object, field, told, day }: { object: string; field: string; told: string; day: CalendarDate }): Failure {
  const said = inWords('CROSSWALK_TWICE', { table: ownershipTable, from: object, value: shorten(field), to: told, date: day });
  return new Failure({ class: 'conflict.duplicate', ...said, field, outcome: 'not-made' });
}
