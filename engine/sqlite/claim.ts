import type { Run } from '../store/runs.ts';
import type { Store } from '../store.ts';
import type { Database, Row } from './database.ts';
import { withOvertaker } from './record-versions.ts';
import { claimedColumns, runOf } from './rows.ts';

const notUnderWay = `NOT EXISTS (SELECT 1 FROM runs e WHERE e.entry = r.entry AND e.key = r.key AND e.status = 'running')`;

/** Only heads of their keys are in these indexes: neither what waits for later nor what has ended is looked at. */
const ready = `SELECT seq, rank FROM runs r INDEXED BY runs_ready
  WHERE r.status = 'ready' AND r.head = 1 AND r.crashes < 2 AND r.entry = ? AND ${notUnderWay} ORDER BY r.rank, r.seq LIMIT ?`;
const suspect = `SELECT seq, crashes AS rank FROM runs r INDEXED BY runs_suspect
  WHERE r.status = 'ready' AND r.head = 1 AND r.crashes >= 2 AND r.entry = ? AND ${notUnderWay} ORDER BY r.crashes, r.seq LIMIT ?`;
const due = `SELECT seq, rank FROM runs r INDEXED BY runs_due
  WHERE r.status = 'waiting' AND r.head = 1 AND r.entry = ? AND r.available_at <= ? AND ${notUnderWay} ORDER BY r.available_at LIMIT ?`;
const take = `UPDATE runs SET status = 'running', token = token + 1, attempts = attempts + 1, revision = ?, waiting_for = NULL, nudged = 0, updated_at = ? WHERE seq = ? RETURNING ${claimedColumns.join(', ')}`;
const nextDue = `SELECT available_at AS due FROM runs INDEXED BY runs_due
  WHERE status = 'waiting' AND head = 1 AND entry = ? AND available_at > ? ORDER BY available_at LIMIT 1`;

/** Takes the next runs of these entry nodes, the most severe first and else in order of arrival, the first of each key. Only inside a write. */
export function claimRuns(db: Database, input: Parameters<Store['claim']>[0]): Run[] {
  const { entries, limit, upTo = Infinity, now, revision } = input;
  const found = entries.flatMap((entry): Row[] =>
    input.suspects ? db.all(suspect, entry, limit) : [...db.all(ready, entry, limit), ...db.all(due, entry, now, limit)],
  );
  found.sort((one, other) => Number(one['rank']) - Number(other['rank']) || Number(one['seq']) - Number(other['seq']));
  const runs: Run[] = [];
  let length = 0;
  for (const { seq } of found) {
    if (runs.length >= limit || length >= upTo) break;
    for (const row of db.all(take, revision, now, seq as number)) {
      const eventLength = String(row['event']).length;
      length += eventLength;
      runs.push(withOvertaker(db, Object.assign(runOf(row), { eventLength })));
    }
  }
  return runs;
}

/** When the next waiting run of these entries becomes due, after `now`. */
export function nextDueOf(db: Database, entries: string[], now: number): number | undefined {
  const times = entries.flatMap((entry) => db.all(nextDue, entry, now).map((row) => Number(row['due'])));
  return times.length > 0 ? Math.min(...times) : undefined;
}
