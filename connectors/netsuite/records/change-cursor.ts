import { isObject, type Json } from '../../../model/json.ts';
import { outsideInstant } from '../../../model/outside-number.ts';

/**
 * How far changes of records have been read, plain JSON. Stamps are NetSuite's own wall clock to the second, `2026-11-29 15:42:58`: SuiteQL shows
 * and compares them in the time zone of the user.
 */
export interface ChangeCursor {
  version: 1;
  /** the newest stamp that was read; absent = nothing yet */
  newest?: string;
  /** nothing from before this is told: where the first reading began */
  floor?: string;
  /** where the reading under way began; absent = at the beginning of all */
  from?: string;
  /** the last row of it: the next page begins behind it */
  after?: { stamp: string; id: string };
  /** rows that are read again because they are so young, by id, with the stamp at which they were read */
  seen: Record<string, string>;
}

/**
 * Each reading begins so long before the newest stamp: what commits late bears an earlier one, and where a clock is put back by an hour all of that hour
 * does.
 */
const overlapMs = 70 * 60_000;

/** With more of them, all young rows are read again: they make the same events. */
const mostSeen = 20_000;

/** No clock on earth is further behind UTC: what is said of an instant in UTC holds, and what comes from before it is no harm. */
const furthestBehindMs = 12 * 3_600_000;

/** `since`: an instant or a day of UTC. */
export function parseCursor(stored: Json | undefined, since: string | undefined): ChangeCursor {
  if (isObject(stored) && stored['version'] === 1 && isObject(stored['seen'])) return stored as unknown as ChangeCursor;
  const at = outsideInstant(since);
  const from = at === undefined ? undefined : wallClock(at - furthestBehindMs);
  return { version: 1, ...(from === undefined ? {} : { from, floor: from }), seen: {} };
}

export interface ChangedRow {
  id: string;
  stamp: string;
}

/** Rows of a page that were not read at this very stamp before. */
export const unread = <R extends ChangedRow>({ seen }: ChangeCursor, rows: readonly R[]): R[] =>
  rows.filter(({ id, stamp }) => seen[id] !== stamp);

/** The cursor after a page. At the end of a reading the next one begins a while before the newest stamp. */
export function advanced(cursor: ChangeCursor, rows: readonly ChangedRow[], more: boolean): ChangeCursor {
  const last = rows.at(-1);
  const newest = latest(cursor.newest, last?.stamp);
  const seen = { ...cursor.seen };
  for (const { id, stamp } of rows) seen[id] = stamp;
  if (more && last) return { ...cursor, ...(newest ? { newest } : {}), after: { stamp: last.stamp, id: last.id }, seen };
  const floor = cursor.floor === undefined ? {} : { floor: cursor.floor };
  if (newest === undefined) return { version: 1, ...floor, ...(cursor.from ? { from: cursor.from } : {}), seen: {} };
  const from = latest(cursor.floor, earlier(newest)) as string;
  const young = Object.entries(seen).filter(([, stamp]) => stamp >= from);
  return { version: 1, ...floor, newest, from, seen: young.length > mostSeen ? {} : Object.fromEntries(young) };
}

const latest = (one: string | undefined, other: string | undefined) => (one !== undefined && (other ?? '') < one ? one : other);

/** Wall clocks are counted as if they were UTC: only their distance is meant. */
function earlier(stamp: string): string {
  return wallClock(Date.parse(`${stamp.replace(' ', 'T')}Z`) - overlapMs);
}

const wallClock = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
