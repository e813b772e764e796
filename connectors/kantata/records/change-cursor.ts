import type { Json } from '../../../model/json.ts';
import { isRow } from '../wire/envelope.ts';

/**
 * Where a poll of a list of changes stands, plain JSON.
 *
 * The list is read in order of `updated_at`, from a floor on. After each page the floor moves up to the last instant seen and
 * the list is asked anew from there, so that entries which change meanwhile (and so move to the end) shift nothing. Only
 * while a whole page shares one instant (a bulk approval) it goes on by offset, overlapping by one entry to notice a shift.
 */
export type ChangeCursor = {
  /** entries at or after this instant are read; absent = from the beginning */
  floor?: string;
  /** entries from the floor on that were read already */
  offset: number;
  /** the last one of them, with its instant: an entry that changed may come to the same place again */
  anchor?: string;
  /** how often the entries from this floor had to be read again */
  restarts: number;
  /** present while the list has not been read to its end: the floor and the moment (Kantata's clock) at which that began, and the latest instant seen */
  sweep?: { began?: string; at?: string; seen: string };
};

/** Approvals that were in the making while we read become visible late, with an earlier `updated_at`. */
export const overlapMs = 120_000;

/** Ties read by offset are read again so often when they shift; a list that shifts each time is not taken for whole. */
const mostRestarts = 3;
/** so often they have been read by then */
export const mostPasses = mostRestarts + 1;

export function parseCursor(cursor: Json | undefined, since: string | undefined): ChangeCursor {
  if (!isRow(cursor) || typeof cursor['offset'] !== 'number') return { offset: 0, restarts: 0, ...floorAt(instant(since)) };
  const anchor = cursor['anchor'];
  const sweep = cursor['sweep'];
  const seen = isRow(sweep) ? instant(sweep['seen']) : undefined;
  const began = isRow(sweep) ? instant(sweep['began']) : undefined;
  const at = isRow(sweep) ? instant(sweep['at']) : undefined;
  return {
    offset: cursor['offset'],
    restarts: typeof cursor['restarts'] === 'number' ? cursor['restarts'] : 0,
    ...floorAt(instant(cursor['floor'])),
    ...(typeof anchor === 'string' ? { anchor } : {}),
    ...(seen ? { sweep: { seen, ...(began ? { began } : {}), ...(at ? { at } : {}) } } : {}),
  };
}

/** What to ask for. `updated_after` (of what never changes, `created_after`) leaves out its own instant, and instants are shown to the second. */
export function questionOf(cursor: ChangeCursor, pageSize: number, by: 'updated' | 'created' = 'updated'): Question {
  return {
    ...(cursor.floor ? { [`${by}_after`]: new Date(Date.parse(cursor.floor) - 1).toISOString() } : {}),
    order: `${by}_at:asc`,
    limit: pageSize,
    offset: startOf(cursor),
  };
}

type Question = { [after in 'updated_after' | 'created_after']?: string } & { order: string; limit: number; offset: number };

export interface ChangePage {
  entries: { id: string; updatedAt: string }[];
  /** entries that the whole question has */
  count: number;
}

/** Its ties from the first on, as if they had not been read. */
export function begunAnew({ anchor: _read, ...cursor }: ChangeCursor): ChangeCursor {
  return { ...cursor, offset: 0, restarts: 0 };
}

/** The cursor after a page; `more` = another page can be read at once. `moved`: the list has moved at each reading, and none can be trusted. */
export function advance(cursor: ChangeCursor, page: ChangePage, serverNow: Date): { cursor: ChangeCursor; more: boolean; moved?: true } {
  const first = page.entries[0];
  const last = page.entries.at(-1);
  if (cursor.offset > 0 && markOf(first) !== cursor.anchor) {
    const anew = begunAnew(cursor);
    if (cursor.restarts >= mostRestarts) return { cursor: anew, more: false, moved: true };
    return { cursor: { ...anew, restarts: cursor.restarts + 1 }, more: true };
  }
  const began = cursor.sweep ? cursor.sweep.began : cursor.floor;
  const seen = latest(cursor.sweep?.seen, last?.updatedAt);
  const at = cursor.sweep?.at ?? serverNow.toISOString();
  const end = startOf(cursor) + page.entries.length;
  if (!first || !last || seen === undefined || end >= page.count) {
    return { cursor: { offset: 0, restarts: 0, ...floorAt(nextFloor(began, seen, at)) }, more: false };
  }
  const sweep = { seen, at, ...(began ? { began } : {}) };
  const passed = last.updatedAt > first.updatedAt && last.updatedAt > (cursor.floor ?? '');
  if (passed) return { cursor: { floor: last.updatedAt, offset: 0, restarts: 0, sweep }, more: true };
  return { cursor: { offset: end, restarts: cursor.restarts, ...floorAt(cursor.floor), anchor: markOf(last), sweep }, more: true };
}

/**
 * The list is read to its end. The next read begins at the latest instant seen, or so long before the moment at which this one
 * began (Kantata's own clock) that an approval still in the making then is met, whichever is earlier; but not before its floor.
 */
function nextFloor(began: string | undefined, seen: string | undefined, at: string): string | undefined {
  if (seen === undefined) return began;
  const bound = new Date(Date.parse(at) - overlapMs).toISOString();
  return latest(began, seen < bound ? seen : bound);
}

const markOf = (entry: ChangePage['entries'][number] | undefined) => (entry ? `${entry.id}@${entry.updatedAt}` : undefined);

const startOf = (cursor: ChangeCursor) => (cursor.offset > 0 ? cursor.offset - 1 : 0);

const floorAt = (floor: string | undefined) => (floor === undefined ? {} : { floor });

function latest(left: string | undefined, right: string | undefined): string | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  return right > left ? right : left;
}

/** Any ISO 8601 instant or day as an instant in UTC. */
function instant(text: unknown): string | undefined {
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
