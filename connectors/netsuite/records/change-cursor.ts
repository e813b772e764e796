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
  /** rows whose stamps are read again because they are so late, by id, with the stamp at which they were read; not those that may change within it still */
  seen: Record<string, string>;
}

/**
 * Each reading begins so long before the newest stamp: what commits late bears an earlier one, and where a clock is put back by an hour all of that hour
 * does.
 */
const overlapMs = 70 * 60_000;

/** With more of them, all young rows are read again: they make the same events. */
const mostSeen = 20_000;

/** So long after its stamp a row does not change any more without bearing another: the second itself, and what two clocks of NetSuite may differ. */
const settledMs = 5_000;
const quarterMs = 15 * 60_000;
const dayMs = 24 * 3_600_000;

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

/**
 * Whether a row may change again and bear the stamp at which it was read. In which zone the stamps are nobody tells, but zones are quarters of an hour apart:
 * what is left beside those is the age. A row that is taken for so young and is not makes the same event once more.
 */
function mayChange({ stamp }: ChangedRow, serverNow: number): boolean {
  const distance = serverNow - asUtc(stamp);
  const age = ((distance % quarterMs) + quarterMs) % quarterMs;
  return Math.abs(distance) < dayMs && (age < settledMs || age > quarterMs - settledMs);
}

/**
 * The cursor after a page. At the end of a reading the next one begins a while before the newest stamp.
 *
 * @param serverNow NetSuite's clock when the page was answered
 */
export function advanced(cursor: ChangeCursor, rows: readonly ChangedRow[], more: boolean, serverNow: number): ChangeCursor {
  const last = rows.at(-1);
  const newest = latest(cursor.newest, last?.stamp);
  const seen = { ...cursor.seen };
  for (const row of rows) if (!mayChange(row, serverNow)) seen[row.id] = row.stamp;
  if (more && last) return { ...cursor, ...(newest ? { newest } : {}), after: { stamp: last.stamp, id: last.id }, seen };
  const floor = cursor.floor === undefined ? {} : { floor: cursor.floor };
  if (newest === undefined) return { version: 1, ...floor, ...(cursor.from ? { from: cursor.from } : {}), seen: {} };
  const from = latest(cursor.floor, earlier(newest)) as string;
  const young = Object.entries(seen).filter(([, stamp]) => stamp >= from);
  return { version: 1, ...floor, newest, from, seen: young.length > mostSeen ? {} : Object.fromEntries(young) };
}

const latest = (one: string | undefined, other: string | undefined) => (one !== undefined && (other ?? '') < one ? one : other);

/** Wall clocks are counted as if they were UTC: only their distance is meant. */
const asUtc = (stamp: string) => Date.parse(`${stamp.replace(' ', 'T')}Z`);

const earlier = (stamp: string) => wallClock(asUtc(stamp) - overlapMs);

const wallClock = (ms: number) => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
