import type { ActiveRun } from '../../engine/active-run.ts';
import { Engine } from '../../engine/engine.ts';
import { defaultPolicy, reactions } from '../../engine/retry-policy.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { Failure } from '../../model/failure.ts';
import { ManualClock } from './manual-clock.ts';
import { type CallFate, ModelSystem } from './model-system.ts';
import { deal } from './sample-events.ts';
import { quiet, type WatchedStore, watchStore } from './watched-store.ts';

export interface Schedule {
  events: { key: number; writes: number }[];
  calls: CallFate[];
  deaths: number[];
  delays: number[];
  toldTwice: boolean;
}

export interface Outcome {
  notEnded: string[];
  createdTwice: string[];
  missing: string[];
  outOfOrder: string[];
  sideBySide: string[];
  deaths: number;
  doubts: number;
  journalBroken: boolean;
}

/** Plays events through engines that die and are followed by the next over the same file, against systems that fail. */
export async function playSchedule(file: string, schedule: Schedule): Promise<Outcome> {
  const clock = new ManualClock();
  const system = new ModelSystem(clock, [...schedule.calls]);
  const deaths = [...schedule.deaths];
  const sideBySide: string[] = [];
  let died = 0;
  let turns = 0;
  const delay = () => schedule.delays[turns++ % schedule.delays.length] as number;

  const live = async (): Promise<{ engine: Engine; watched: WatchedStore; inner: SqliteStore; dead: () => boolean }> => {
    let left = deaths.shift() ?? Number.POSITIVE_INFINITY;
    let dead = false;
    let opened = false;
    const inner = new SqliteStore(file);
    const watched = watchStore(inner, {
      delay,
      before: () => {
        if (!opened || --left > 0 || dead) return;
        dead = true; // this call still happens; nobody hears of it
        watched.die();
      },
    });
    const engine = new Engine({ store: watched.store, clock, random: () => 0.5, concurrency: 3 });
    await engine.open();
    opened = true;
    engine.register({
      ...entry,
      deliver(active) {
        const key = active.run.event.key;
        for (const other of engine.active.values()) {
          if (other !== active && !other.over && other.run.event.key === key)
            sideBySide.push(`${key}: ${other.run.event.id}, ${active.run.event.id}`);
        }
        act(engine, active, system, () => dead);
      },
    });
    engine.start();
    return { engine, watched, inner, dead: () => dead };
  };

  const events = schedule.events.map(({ key, writes }, n) => ({ ...deal(`E${n}`, `K${key}`), data: { writes } }));
  let cursor = 0; // where the source has got to; a process that dies before it knows asks again
  let { engine, watched, inner, dead } = await live();
  for (let rounds = 0; rounds < 5_000; rounds++) {
    if (cursor < events.length && !dead()) {
      const page = events.slice(Math.max(0, cursor - (schedule.toldTwice ? 1 : 0)), cursor + 2);
      const upTo = cursor + 2;
      void engine.accept(entry, page).then(() => {
        cursor = Math.max(cursor, upTo);
      });
    }
    await quiet(() => watched.moves + system.moves);
    if (dead()) {
      died++;
      engine.pause();
      await inner.close();
      ({ engine, watched, inner, dead } = await live());
      continue;
    }
    const counts = await inner.counts();
    if (cursor >= events.length && counts.ready + counts.running + counts.waiting === 0) break;
    clock.step(clock.now() + 60_000);
  }

  const runs = await inner.runs({ limit: 500 });
  const effects = (await Promise.all(runs.map((run) => inner.effects(run.id)))).flat();
  const wanted = schedule.events.flatMap(({ writes }, n) => Array.from({ length: writes }, (_, w) => `E${n}/${w}`));
  const outcome: Outcome = {
    notEnded: runs.filter((run) => run.status !== 'done').map((run) => `${run.event.id} ${run.status} ${run.failure?.message ?? ''}`),
    createdTwice: system.createdTwice(),
    missing: wanted.filter((key) => !system.has(key)),
    outOfOrder: system.outOfOrder((key) => events[Number(key.slice(1).split('/')[0])]!.key),
    sideBySide,
    deaths: died,
    doubts: effects.filter((effect) => effect.found).length,
    journalBroken: (await inner.verifyJournal()) !== undefined,
  };
  engine.pause();
  await inner.close();
  return outcome;
}

const policy = { ...defaultPolicy, maxAttempts: 1_000, maxDelayMs: 30_000 };
const entry = { id: 'in', flow: 'tab', policy };

/** A node that makes one write after another for its run, and lets the class of a failure decide, as action nodes do. */
function act(engine: Engine, active: ActiveRun, system: ModelSystem, dead: () => boolean): void {
  const { writes } = active.run.event.data as { writes: number };
  active.enter('erp', engine.clock.now());
  active.working++;
  const effects = engine.effectsFor(active, 'erp', 'model');
  const work = async () => {
    for (let n = 0; n < writes; n++) await effects.write(system.write(`${active.run.event.id}/${n}`));
  };
  work()
    .catch((error: unknown) => {
      const failure = Failure.from(error);
      if (failure.code === 'RUN_TAKEN_OVER') return;
      if (reactions[failure.class] === 'park') active.fail(failure, 'erp');
      else active.retryLater(failure, 'erp');
    })
    .finally(() => {
      if (dead()) return;
      active.working--;
      active.leave('erp', engine.clock.now());
    });
}
