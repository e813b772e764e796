import type { Run, RunFilter } from '../../engine/store/runs.ts';
import { concerning, unseen } from '../../model/redact.ts';
import type { Pack } from '../pack.ts';

/** Characters of an event that is looked through for names when a list is shown. */
export const listedData = 64 * 1024;

/** What a list says of whom a run's event names. */
export const eventOf = (run: Run): unknown => (run.dataLeftOut ? unseen : run.event.data);

/** The runs that a list is about. */
export async function runsOf(pack: Pack, ids: Iterable<string | undefined>): Promise<ReadonlyMap<string, Run>> {
  const asked = [...new Set(ids)].filter((id) => id !== undefined);
  if (asked.length === 0) return new Map();
  const runs = await pack.engine.store.runs({ ids: asked, limit: asked.length, dataUpTo: listedData });
  return new Map(runs.map((run) => [run.id, run]));
}

/** Entries of an answer with the events of the runs that they are about, so that a sentence in them names nobody whom the event names. */
export async function aboutRuns<T extends object>(pack: Pack, entries: T[], runOf: (entry: T) => string | undefined): Promise<T[]> {
  const runs = await runsOf(pack, entries.map(runOf));
  return entries.map((entry) => {
    const run = runs.get(runOf(entry) ?? '');
    return run ? concerning(entry, eventOf(run)) : entry;
  });
}

/** What a connection or a source was told may be about any of the runs that were under way: their events, if there is something that was told. */
export async function aboutLateRuns<T extends object>(pack: Pack, answer: T, wasTold: boolean): Promise<T> {
  if (!wasTold || pack.trouble) return answer;
  // without a store it is still told how the connections are
  const late: RunFilter = { status: ['ready', 'running', 'waiting', 'dead'], limit: 100, dataUpTo: listedData };
  const runs = await pack.engine.store.runs(late).catch(() => []);
  return concerning(answer, runs.map(eventOf));
}
