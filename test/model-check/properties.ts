import { endOfTime } from '../../engine/store/runs.ts';
import { type JournalLine } from '../../engine/journal.ts';
import { ChainCheck } from '../../engine/verify-journal.ts';
import { suspectAfter } from '../../engine/suspects.ts';
import type { Run } from '../../engine/store/runs.ts';
import { mayDie } from './may-die.ts';
import { beatMs } from './memory-instances.ts';
import { brokenUndoAtEnd, brokenUndoNow } from './undo-properties.ts';
import { brokenWaitAtEnd, brokenWaitNow, brokenWaitWhenIdle } from './wait-properties.ts';
import type { World } from './world.ts';

export const openStates = ['ready', 'running', 'waiting'];

/** What must hold at every moment. Answers the first thing that does not. */
export function brokenNow(world: World): string | undefined {
  const { runs, effects } = world.view;
  const { created, complaints } = world.system;
  const [complaint] = [...complaints, ...world.ledger.complaints];
  if (complaint) return complaint;
  for (const [business, count] of created) if (count > 1) return `${business} was created ${count} times`;
  for (const effect of effects) {
    if (effect.status === 'done' && !effect.ofUndo && !created.get(effect.business))
      return `${effect.business} is said to be done and was never created`;
  }
  const events = new Set<string>();
  for (const run of runs) {
    if (events.has(run.event.id)) return `event ${run.event.id} has two runs`;
    events.add(run.event.id);
    const twin = runs.find((other) => other.seq > run.seq && other.event.key === run.event.key && other.status === 'running');
    if (twin && run.status === 'running') return `two runs of key ${run.event.key} are under way`;
  }
  return outOfOrder(world, runs) ?? tooOften(world) ?? brokenUndoNow(world) ?? brokenWaitNow(world);
}

/** What must hold when nothing is left to happen but that time passes. */
export function brokenWhenIdle(world: World): string | undefined {
  const { runs } = world.view;
  const { hosts } = world;
  if (!hosts.some(({ engine }) => engine.isRunning) || world.steps.frozen.size > 0) return undefined;
  const active = hosts.flatMap(({ engine }) => [...engine.active.values()]);
  for (const { id } of active) {
    const run = runs.find((one) => one.id === id);
    if (run?.status === 'cancelled') return `run ${run.event.id} was ended and goes on`;
  }
  for (const run of runs) {
    if ((run.status !== 'ready' && run.status !== 'waiting') || run.availableAt > world.steps.now) continue;
    const blocked = runs.some(
      (other) =>
        other.event.key === run.event.key && (other.status === 'running' || (other.seq < run.seq && openStates.includes(other.status))),
    );
    const room = (world.scenario.concurrency ?? 64) > active.length;
    // suspects wait a moment, and for one another
    const suspected = run.crashes >= suspectAfter;
    if (suspected && world.steps.timers.some((timer) => timer.at <= world.steps.now + 1_000)) continue;
    if (suspected && active.some((other) => other.run.crashes >= suspectAfter)) continue;
    const told = world.steps.timers.some((timer) => timer.at <= world.steps.now) || world.steps.now - world.storeFailedAt < 5_000;
    // what another instance has made due is found at the next beat
    const soon = world.scenario.instances !== undefined && world.steps.now - run.availableAt <= beatMs;
    if (!blocked && room && !told && !soon) return `run ${run.event.id} could be delivered and nobody does it`;
  }
  return brokenWaitWhenIdle(world);
}

/** True when every event has a run and every run has ended, or waits for somebody without end. */
export function allRest({ view: { runs }, scenario }: World): boolean {
  const first = (run: Run) => !runs.some((other) => other.event.key === run.event.key && other.seq < run.seq && waits(other));
  return runs.length >= scenario.events.length && runs.every((run) => !openStates.includes(run.status) || waits(run) || !first(run));
}

const waits = ({ status, availableAt }: Run) => status === 'waiting' && availableAt >= endOfTime;

/** What must hold when all has ended and nothing is under way any more. */
export async function brokenAtEnd(world: World): Promise<string | undefined> {
  const { runs, effects } = world.view;
  const journal = await world.place.journal();
  const { seq, hash } = journal.at(-1) ?? { seq: 0, hash: '' };
  const chain = new ChainCheck({ seq, hash });
  const broken = journal.map((line) => chain.next(line)).find((flaw) => flaw !== undefined);
  const { created } = world.system;
  if (broken) return `the journal is broken at line ${broken.line}`;
  for (const effect of effects) {
    const said = journal.some((line) => ['effect.done', 'effect.settled'].includes(line.action) && isAbout(line, effect));
    if (effect.status === 'done' && !said) return `${effect.business} is done and the journal does not say so`;
    if (effect.status === 'done' && !effect.ofUndo && created.get(effect.business) !== 1)
      return `${effect.business} was created ${created.get(effect.business)} times`;
    if (effect.status === 'not-made' && created.get(effect.business) && !world.scenario.byHand?.includes(effect.business))
      return `${effect.business} is said not to be made and was created`;
  }
  for (const run of runs) {
    const what = brokenEnding(world, run, journal);
    if (what) return what;
  }
  return undefined;
}

function brokenEnding(world: World, run: Run, journal: JournalLine[]): string | undefined {
  const { scenario, view } = world;
  const event = run.event.id;
  const mine = view.effects.filter((effect) => effect.run === run.id && !effect.ofUndo);
  const careless = scenario.shape === 'careless';
  if (run.status === 'done') {
    if (mine.length < wanted(world, run)) return `run ${event} is done and not all of its writes were asked for`;
    const open = mine.find((effect) => effect.status !== 'done');
    if (open && !careless) return `run ${event} is done and its write ${open.business} is ${open.status}`;
    if (scenario.shape === 'swallow' || scenario.fails) return `run ${event} is done although a node did not let it through`;
    if (scenario.deadly?.event === event && scenario.deadly.when === 'always')
      return `run ${event} is done although it makes the process die`;
  }
  if (run.status === 'dead' && !run.failure) return `run ${event} is dead without a reason`;
  if (run.status === 'dead' && !mayDie(world, run)) return `run ${event} is a dead letter without need (${run.failure?.code})`;
  if (run.status === 'cancelled') {
    const { ledger } = world;
    const lost = mine.find(({ status }) => status === 'intended');
    if (lost && ledger.crashes + ledger.freezes === 0) return `run ${event} was ended and nobody says what became of ${lost.business}`;
    const byWhom = journal.findLast(({ subject, action }) => subject === run.id && action.startsWith('run.'))?.action;
    if (byWhom === 'run.overtaken') {
      return world.newerOf(event).some((newer) => mayBeWritten(world, newer)) ? undefined : `run ${event} was overtaken by nothing`;
    }
    if (byWhom !== 'run.compensated' && byWhom !== 'run.cancelled' && byWhom !== 'run.discarded') return `run ${event} was ended by nobody`;
    if (byWhom === 'run.cancelled' && !ledger.ended.has(event)) return `run ${event} was cancelled by nobody`;
  }
  return brokenUndoAtEnd(world, run, journal) ?? brokenWaitAtEnd(world, run);
}

/** Whether something of an event was written, or nobody could tell for a while. */
function mayBeWritten({ view, system, ledger }: World, event: string): boolean {
  const of = (business: string) => business.includes(`${event}#`);
  if ([...system.created.keys(), ...system.unsure, ...system.doubtful].some(of) || ledger.crashes + ledger.freezes > 0) return true;
  return view.effects.some((effect) => of(effect.business) && ['intended', 'in-doubt', 'done'].includes(effect.status));
}

/** How many writes a run must have asked for when it is done. */
function wanted({ scenario, ledger, view }: World, run: Run): number {
  const { shape, writes, asks } = scenario;
  if (shape === 'same' || shape === 'careless') return 1;
  const question = view.approvals.find((approval) => approval.run === run.id);
  if (asks && (!question || ledger.decisions.get(question.id)?.status !== 'approved')) return asks.after;
  return writes;
}

function isAbout({ subject, detail }: JournalLine, effect: { run: string; business: string }): boolean {
  return subject === effect.run && (detail as { business?: string }).business === effect.business;
}

/** The first write of an event is sent only when all earlier events of its key have ended. */
function outOfOrder(world: World, runs: Run[]): string | undefined {
  if (world.scenario.faults.includes('replay') || world.scenario.faults.includes('settle')) return undefined; // a dead letter may go on after a later run
  const last = world.system.sent.at(-1);
  const mine = last && runs.find((run) => run.event.id === last.event);
  if (!last || mine?.status !== 'running' || world.ledger.unwanted.has(last.event)) return undefined;
  // a dead letter that a person has undone begins anew beside later runs
  const before = runs.find(
    (run) =>
      run.event.key === mine.event.key && run.seq < mine.seq && openStates.includes(run.status) && !world.ledger.unwanted.has(run.event.id),
  );
  return before && `${last.business} was sent while run ${before.event.id}, which came before it, was ${before.status}`;
}

function tooOften({ ledger }: World): string | undefined {
  for (const event of ledger.deliveries.keys()) {
    const counted = ledger.countedDeliveries(event);
    if (counted > 3) return `run ${event} was delivered ${counted} times, those cut short not counted`;
  }
  return undefined;
}
