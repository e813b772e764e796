import { concerning } from '../../model/redact.ts';
import type { Pack } from '../pack.ts';

/** Entries of an answer with the events of the runs that they are about, so that a sentence in them names nobody whom the event names. */
export async function aboutRuns<T extends object>(pack: Pack, entries: T[], runOf: (entry: T) => string | undefined): Promise<T[]> {
  const ids = new Set(entries.flatMap((entry) => runOf(entry) ?? []));
  const runs = await Promise.all([...ids].map(async (id) => [id, (await pack.engine.store.run(id))?.event.data] as const));
  const events = new Map(runs);
  return entries.map((entry) => {
    const event = events.get(runOf(entry) ?? '');
    return event === undefined ? entry : concerning(entry, event);
  });
}

/** What a connection or a source was told may be about any of the runs that were under way: their events, if there is something that was told. */
export async function aboutLateRuns<T extends object>(pack: Pack, answer: T, wasTold: boolean): Promise<T> {
  if (!wasTold || pack.trouble) return answer;
  // without a store it is still told how the connections are
  const runs = await pack.engine.store.runs({ status: ['ready', 'running', 'waiting', 'dead'], limit: 100 }).catch(() => []);
  return concerning(
    answer,
    runs.map((run) => run.event.data),
  );
}
