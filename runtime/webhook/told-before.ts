import { isDeepStrictEqual } from 'node:util';
import type { Store } from '../../engine/store.ts';
import { pauses } from '../../engine/turns.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import type { SourceEvent } from '../../model/operations.ts';

/** so many are asked for at once: each may be as large as an event may be */
const atOnce = 10;

/**
 * Places in the request of events whose source and id were taken before with other content. An id is one event for ever, so nothing of them is
 * stored; a sender that gives a new version no new id would never learn of it.
 */
export async function otherThanBefore(store: Pick<Store, 'keptEvents'>, entry: string, events: readonly SourceEvent[]): Promise<number[]> {
  const others: number[] = [];
  const pause = pauses(1);
  for (let from = 0; from < events.length; from += atOnce) {
    const these = events.slice(from, from + atOnce);
    const known = new Map((await store.keptEvents(entry, these)).map((event) => [identity(event), event]));
    for (const [index, event] of these.entries()) {
      const before = known.get(identity(event));
      if (before && saysOther(knownSecrets.withoutIn(event), before)) others.push(from + index);
      const turn = pause();
      if (turn) await turn;
    }
  }
  return others;
}

const identity = ({ source, id }: SourceEvent) => JSON.stringify([source, id]);

/** What was forgotten, or could not be stored, is not known any more. */
function saysOther(event: SourceEvent, before: SourceEvent): boolean {
  if (before.data === null || before.refused) return false;
  return event.type !== before.type || event.subject !== before.subject || !isDeepStrictEqual(asKept(event.data), before.data);
}

/** As it comes out of a store: `-0` is `0` there. */
const asKept = (data: unknown): unknown => (data === undefined ? null : JSON.parse(JSON.stringify(data)));
