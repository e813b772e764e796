import { randomUUID } from 'node:crypto';
import type { RunId } from './store.ts';

/** UUID version 7 (RFC 9562 §5.7): ids grow with time, so that new rows lie together in a store's indexes however many there are. */
export function newRunId(now = Date.now()): RunId {
  const time = now.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** The part of an id that grows with time; nothing of an id of another version, which earlier releases gave. */
export function timeOfRunId(run: RunId): string {
  return run[14] === '7' && run.length === 36 ? run.slice(0, 8) + run.slice(9, 13) : '';
}
