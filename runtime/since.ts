import { sinceField } from '../declarations/shared-fields.ts';
import { fieldValue } from '../declarations/typed-config.ts';
import { isCalendarDate } from '../model/calendar-date.ts';
import type { Json } from '../model/json.ts';
import { logLine } from './log-line.ts';
import type { PackNode } from './pack-node.ts';

/**
 * Where the first look of a source begins: at the beginning of the day in its form, or now. A day begins at another instant in each zone, and here always in UTC, wherever the server stands: the log
 * says from which instant on.
 */
export function startFrom({ node, config }: PackNode): (cursor: Json | undefined) => { since?: string } {
  const day = fieldValue(sinceField, config);
  const since = isCalendarDate(day) ? { since: `${day}T00:00:00Z` } : {};
  let told = since.since === undefined;
  return (cursor) => {
    if (!told && cursor === undefined) {
      logLine(node, 'info', `takes what changed from ${since.since} on (midnight UTC of the day in "Start from", in no other zone)`);
    }
    told = true;
    return since;
  };
}
