import { ChainCheck } from '../../engine/journal.ts';
import { suspectAfter } from '../../engine/suspects.ts';
import type { Run } from '../../engine/store.ts';
import type { World } from './world.ts';

const openStates = ['ready', 'running', 'waiting'];

/** What must hold at every moment. Answers the first thing that does not. */
export async function brokenNow(world: World): Promise<string | undefined> {
  const { runs, effects } = await world.place.view();
  const { created, complaints } = world.system;
  const [complaint] = complaints;
  if (complaint) return complaint;
  for (const [business, count] of created) if (count > 1) return `${business} was created ${count} times`;
  for (const effect of effects) {
    if (effect.status === 'done' && !created.get(effect.business)) return `${effect.business} is said to be done and was never created`;
  }
  const events = new Set<string>();
  for (const run of runs) {
    if (events.has(run.event.id)) return `event ${run.event.id} has two runs`;
    events.add(run.event.id);
    const twin = runs.find((other) => other.seq > run.seq && other.event.key === run.event.key && other.status === 'running');
    if (twin && run.status === 'running') return `two runs of key ${run.event.key} are under way`;
  }
  return outOfOrder(world, runs) ?? tooOften(world);
}

/** What must hold when nothing is left to happen but that time passes. */
export async function brokenWhenIdle(world: World): Promise<string | undefined> {
  const { runs } = await world.place.view();
  const { hosts } = world;
  if (!hosts.some(({ engine }) => engine.isRunning) || world.steps.frozen.size > 0) return undefined;
  const active = hosts.reduce((sum, { engine }) => sum + engine.active.size, 0);
  for (const run of runs) {
    if ((run.status !== 'ready' && run.status !== 'waiting') || run.availableAt > world.steps.now) continue;
    const blocked = runs.some(
      (other) =>
        other.event.key === run.event.key && (other.status === 'running' || (other.seq < run.seq && openStates.includes(other.status))),
    );
    const room = (world.scenario.concurrency ?? 64) > active;
    // suspects wait a moment, and for one another
    if (run.crashes >= suspectAfter && world.steps.timers.some((timer) => timer.at <= world.steps.now + 1_000)) continue;
    const told = world.steps.timers.some((timer) => timer.at <= world.steps.now) || world.steps.now - world.storeFailedAt < 5_000;
    if (!blocked && room && !told) return `run ${run.event.id} could be delivered and nobody does it`;
  }
  return undefined;
}

/** True when every event has a run and every run has ended. */
export async function allEnded(world: World): Promise<boolean> {
  const { runs } = await world.place.view();
  return runs.length >= world.scenario.events.length && runs.every((run) => !openStates.includes(run.status));
}

/** What must hold when all has ended and nothing is under way any more. */
export async function brokenAtEnd(world: World): Promise<string | undefined> {
  const { runs, effects } = await world.place.view();
  const journal = await world.place.journal();
  const { seq, hash } = journal.at(-1) ?? { seq: 0, hash: '' };
  const journalBrokenAt = new ChainCheck({ seq, hash }).firstBroken(journal);
  const { created } = world.system;
  const { scenario } = world;
  if (journalBrokenAt !== undefined) return `the journal is broken at line ${journalBrokenAt}`;
  for (const effect of effects) {
    const lines = journal.filter(({ action, subject, detail }) => {
      return action === 'effect.done' && subject === effect.run && (detail as { business?: string }).business === effect.business;
    });
    if (effect.status === 'done' && lines.length === 0) return `${effect.business} is done and the journal does not say so`;
  }
  for (const run of runs) {
    const event = run.event.id;
    const mine = effects.filter((effect) => effect.run === run.id);
    if (run.status === 'done') {
      const careless = scenario.shape === 'careless';
      if (mine.length < (scenario.shape === 'same' || careless ? 1 : scenario.writes))
        return `run ${event} is done and not all of its writes were asked for`;
      const open = mine.find((effect) => effect.status !== 'done');
      if (open && !careless) return `run ${event} is done and its write ${open.business} is ${open.status}`;
      if (scenario.shape === 'swallow') return `run ${event} is done although a node swallowed its message`;
    }
    if (run.status === 'dead' && !run.failure) return `run ${event} is dead without a reason`;
    if (run.status === 'dead' && !mayDie(world, run)) return `run ${event} is a dead letter without need (${run.failure?.code})`;
    for (const effect of mine) {
      if (effect.status === 'done' && created.get(effect.business) !== 1)
        return `${effect.business} was created ${created.get(effect.business)} times`;
      if (effect.status === 'not-made' && created.get(effect.business) && !scenario.byHand?.includes(effect.business)) {
        return `${effect.business} is said not to be made and was created`;
      }
    }
  }
  return undefined;
}

/** A run may end as a dead letter only for a cause that this scenario can give. */
function mayDie({ scenario, deliveries, givenBack, crashes }: World, run: Run): boolean {
  const { shape, settle, faults } = scenario;
  if (shape === 'swallow') return run.failure?.code === 'STALLED';
  if (faults.includes('refused') && run.failure?.code === 'PERIOD_CLOSED') return true;
  if (settle === 'person' && run.failure?.code === 'IN_DOUBT') return true;
  // three tries can all fail only when the budget allows it
  // a process may die between taking a run and delivering it: that counts, too
  return without(deliveries.get(run.event.id), givenBack.get(run.event.id)) + crashes >= 3;
}

/** The first write of an event is sent only when all earlier events of its key have ended. */
function outOfOrder(world: World, runs: Run[]): string | undefined {
  if (world.scenario.faults.includes('replay')) return undefined; // a dead letter replayed may come after a later run
  const last = world.system.sent.at(-1);
  const mine = last && runs.find((run) => run.event.id === last.event);
  if (!last || mine?.status !== 'running') return undefined;
  const before = runs.find((run) => run.event.key === mine.event.key && run.seq < mine.seq && openStates.includes(run.status));
  return before && `${last.business} was sent while run ${before.event.id}, which came before it, was ${before.status}`;
}

function tooOften({ deliveries, excused }: World): string | undefined {
  for (const [event, tokens] of deliveries) {
    const counted = without(tokens, excused.get(event));
    if (counted > 3) return `run ${event} was delivered ${counted} times, those cut short not counted`;
  }
  return undefined;
}

/** Deliveries that are not among those left out, by token. */
function without(tokens: Set<number> = new Set(), left: Set<number> = new Set()): number {
  return [...tokens].filter((token) => !left.has(token)).length;
}
