import { isCalendarDate } from '../model/calendar-date.ts';
import type { Json } from '../model/json.ts';
import { logLine } from './log-line.ts';
import type { PackNode } from './pack-node.ts';

/** The form's "from" date as the start of that day, UTC; empty = from now on. */
export function sinceInstant(date: unknown): { since?: string } {
  return isCalendarDate(date) ? { since: `${date}T00:00:00Z` } : {};
}

/**
 * Where the first look of a source begins. A day begins at another instant in each zone, and here always in UTC, wherever the server stands: the log
 * says from which instant on.
 */
export function startFrom({ node, config }: PackNode): (cursor: Json | undefined) => { since?: string } {
  const since = sinceInstant(config['since']);
  let told = since.since === undefined;
  return (cursor) => {
    if (!told && cursor === undefined) {
      logLine(node, 'info', `takes what changed from ${since.since} on (midnight UTC of the day in "Start from", in no other zone)`);
    }
    told = true;
    return since;
  };
}
