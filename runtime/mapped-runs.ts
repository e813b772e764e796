import type { Clock } from '../engine/clock.ts';
import type { Engine } from '../engine/engine.ts';
import { Failure } from '../model/failure.ts';
import { logLine } from './log-line.ts';

/** So many go on in one commit, as where a person replays many. */
const together = 100;
/** Whoever has added an entry lets its runs go on at once; this is for those that became dead letters in that moment, or whose instance died. */
const everyMs = 30_000;

/**
 * Dead letters that lack no entry of a map any more are delivered again, in order of arrival; answers how many. What is looked for is what stands in the store, so that
 * nothing is forgotten over a restart, and it makes no difference which instance looks.
 */
export async function releaseMapped(engine: Engine): Promise<number> {
  const { store, clock } = engine;
  let released = 0;
  for (;;) {
    const runs = await store.mappedRuns(together);
    const replayed = await Promise.all(runs.map(({ run, ...act }) => store.replay(run, act, clock.now())));
    const count = replayed.filter(Boolean).length;
    released += count;
    // where another instance does the same, nothing is left of what was found
    if (runs.length < together || count === 0) break;
  }
  if (released > 0) {
    engine.wake();
    engine.emit('changed');
  }
  return released;
}

/** Looks for them from now on. */
export async function keepReleasing(ports: { engine: Engine; clock: Clock; log: { warn(text: string): void } }): Promise<void> {
  const { engine, clock, log } = ports;
  try {
    await releaseMapped(engine);
  } catch (error) {
    logLine(log, 'warn', `[ps-connect] runs that waited for an entry of a map could not be let go on: ${Failure.from(error).message}`);
  }
  clock.after(everyMs, () => void keepReleasing(ports));
}
