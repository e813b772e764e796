import { createHash } from 'node:crypto';
import type { SourceEvent } from '../model/operations.ts';
import { eventObstacle, identityObstacle, notStorable, standIn } from '../model/storable-event.ts';
import { pauses } from './turns.ts';

/**
 * The events as they can be stored. An event that cannot be is refused, and all with it, where somebody can be told: it was sent. One that was read from
 * a system (`read`) must neither stop its source nor be lost: in its place goes a dead letter that says why.
 *
 * @param looked their data has just been looked through
 */
export function acceptable(
  events: SourceEvent[],
  { read, looked = false }: { read: boolean; looked?: boolean },
): SourceEvent[] | Promise<SourceEvent[]> {
  const check = (event: SourceEvent, index: number): SourceEvent => {
    const obstacle = (looked ? identityObstacle : eventObstacle)(event, read || events.length === 1 ? '' : `[${index}].`);
    if (!obstacle) return event;
    if (read) return standIn(event, obstacle, identified);
    throw notStorable(obstacle);
  };
  return events.length <= few ? events.map(check) : inTurns(events, check);
}

/** So few are checked at once. */
const few = 16;

async function inTurns(events: SourceEvent[], check: (event: SourceEvent, index: number) => SourceEvent): Promise<SourceEvent[]> {
  const pause = pauses();
  const checked: SourceEvent[] = [];
  for (const [index, event] of events.entries()) {
    checked.push(check(event, index));
    const turn = pause();
    if (turn) await turn;
  }
  return checked;
}

/** A short text in the place of one that cannot be stored: equal where that was equal. */
export const identified = (text: string): string => `sha256:${createHash('sha256').update(JSON.stringify(text)).digest('hex')}`;
