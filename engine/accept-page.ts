import { Failure } from '../model/failure.ts';
import type { SourceEvent } from '../model/operations.ts';
import { standIn } from '../model/storable-event.ts';
import { identified } from './acceptable.ts';
import type { RunId } from './store/runs.ts';
import type { Store } from './store.ts';

type Input = Parameters<Store['accept']>[0];
type Accepted = { accepted: RunId[]; duplicates: number };

/**
 * Stores a page that a source has read. An event that the store itself cannot take must neither stop the source nor be lost: it is found by halving
 * the page, and a dead letter that says why goes in its place. The cursor comes last, when all of the page is stored.
 */
export async function acceptPage(store: Pick<Store, 'accept'>, page: Input): Promise<Accepted> {
  try {
    return await store.accept(page);
  } catch (error) {
    const { cursor, ...events } = page;
    if (!cursor || page.events.length === 0 || !isRefused(error)) throw error;
    const stored = await acceptInParts(store, events, error);
    await store.accept({ ...page, events: [] });
    return stored;
  }
}

/** In order of arrival. */
async function acceptInParts(store: Pick<Store, 'accept'>, given: Input, refusal: Failure): Promise<Accepted> {
  const { events } = given;
  if (events.length === 1) return acceptStandIn(store, given, events[0]!, refusal);
  const half = Math.ceil(events.length / 2);
  const stored: Accepted = { accepted: [], duplicates: 0 };
  for (const part of [events.slice(0, half), events.slice(half)]) {
    const input = { ...given, events: part };
    const { accepted, duplicates } = await store.accept(input).catch((error: unknown) => {
      if (isRefused(error)) return acceptInParts(store, input, error);
      throw error;
    });
    stored.accepted.push(...accepted);
    stored.duplicates += duplicates;
  }
  return stored;
}

/** Its identity may be what cannot be stored, too. */
async function acceptStandIn(store: Pick<Store, 'accept'>, given: Input, event: SourceEvent, refusal: Failure): Promise<Accepted> {
  try {
    return await store.accept({ ...given, events: [refusedOne(event, refusal)] });
  } catch (error) {
    if (!isRefused(error)) throw error;
    const [id, subject, key] = [event.id, event.subject, event.key].map(identified) as [string, string, string];
    const { version: _version, ...unnamed } = event;
    return store.accept({ ...given, events: [refusedOne({ ...unnamed, id, subject, key }, refusal)] });
  }
}

function refusedOne(event: SourceEvent, refusal: Failure): SourceEvent {
  const is = 'was not taken by the store';
  const instead = standIn(event, { field: 'data', is, whole: is, remedy: refusal.remedy ?? '' }, identified);
  return { ...instead, refused: { ...instead.refused!, message: `${instead.refused!.message} ${refusal.message}`, words: undefined } };
}

const isRefused = (error: unknown): error is Failure => Failure.is(error) && error.code === 'DATA_NOT_STORABLE';
