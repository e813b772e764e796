import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import type { Unmapped } from '../engine/store/crosswalk.ts';
import type { RunId } from '../engine/store/runs.ts';
import { Failure } from '../model/failure.ts';
import { logLine } from './log-line.ts';

/** So many go on in one commit, as where a person replays many. */
const together = 100;
/** Whoever has added an entry lets its runs go on at once; this is for those that became dead letters in that moment, or whose instance died. */
export const releasedEvery = 30_000;
/** so many values that are missing are told */
export const mostUnmapped = 500;

/**
 * Dead letters that lack no entry of a map any more are delivered again, in order of arrival; answers how many. What is looked for is what stands in the store, so that
 * nothing is forgotten over a restart, and it makes no difference which instance looks.
 */
export async function releaseMapped(engine: Engine): Promise<number> {
  const { store, clock } = engine;
  counted.delete(engine);
  let released = 0;
  for (let after: RunId | undefined; ;) {
    const runs = await store.mappedRuns(together, after);
    if (runs.length === 0) break;
    // where another instance does the same, one of both replays each
    const replayed = await Promise.all(runs.map(({ run, ...act }) => store.replay(run, act, clock.now())));
    released += replayed.filter(Boolean).length;
    after = runs.at(-1)?.run;
  }
  if (released > 0) {
    engine.wake();
    engine.emit('changed');
  }
  return released;
}

/** Of very many waiting runs a second goes by until they are counted: who looks again and again sees what was counted before, for two per cent of the time at most. */
const counted = new WeakMap<Engine, { until: number; found: Unmapped[] }>();

export async function unmappedSeen(engine: Engine, most: number): Promise<Unmapped[]> {
  const { store, clock } = engine;
  const begun = clock.now();
  const before = counted.get(engine);
  if (before && before.until > begun) return before.found.slice(0, most);
  const found = await store.unmapped(mostUnmapped);
  const took = clock.now() - begun;
  if (took > 50) counted.set(engine, { until: clock.now() + 50 * took, found });
  return found.slice(0, most);
}

/** Looks for them from now on. */
export async function keepReleasing(ports: { engine: Engine; clock: Clock; log: { warn(text: string): void } }): Promise<void> {
  const { engine, clock, log } = ports;
  try {
    await releaseMapped(engine);
  } catch (error) {
    logLine(log, 'warn', `[ps-connect] runs that waited for an entry of a map could not be let go on: ${Failure.from(error).message}`);
  }
  clock.after(releasedEvery, () => void keepReleasing(ports));
}
