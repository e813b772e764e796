import { isSource, type OperationId, operations } from '../../declarations/operations.ts';
import type { Effect } from '../../engine/store/effects.ts';
import type { Run } from '../../engine/store/runs.ts';
import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { PollPage } from '../../model/operations.ts';
import type { OperationSample } from '../../sandbox/conformance.ts';
import type { Call, Fault, Plan } from './fault-proxy.ts';
import { MortalEngine, type Trouble } from './mortal-engine.ts';
import { Operator } from './operator.ts';
import { listen } from './listen.ts';
import type { Stage } from './stage.ts';

/** What came of an operation once everything had ended. */
export interface Played {
  runs: Run[];
  /** what was answered, or the ids of what came */
  results: Json;
  /** each thing that was answered: the result, of each line its own, each row, each page */
  answers: unknown[];
  /** writes of all runs, in the order of the runs and of their first intents */
  effects: Effect[];
  troubles: Trouble[];
  inDoubt: number;
  deaths: number;
  calls: PlayedCall[];
  /** the fault was met */
  met: boolean;
}

export interface PlayedCall extends Call {
  /** records that it changed there */
  writes: number;
  /** its answer has a body */
  hasBody: boolean;
}

/** What is to go wrong, and at which of the calls, or of those calls that write; from 1. */
export interface Mishap {
  at: 'call' | 'write' | 'page';
  place: number;
  when: 'before' | 'after';
  fault: Fault | 'kill';
}

/** What the suite does while it plays. */
export interface Playing {
  id: OperationId;
  input: OperationSample['input'];
  /** of a stream: what it is, and what comes meanwhile */
  sample?: Pick<OperationSample, 'makes' | 'meanwhile'>;
  mishap?: Mishap | undefined;
  /** paths that write, as an undisturbed play has shown */
  writing?: ReadonlySet<string>;
  /** nobody goes on after the death */
  leave?: boolean;
}

export const pathOf = ({ method, path }: Call) => `${method} ${path.split('?')[0]}`;

/** Plays an operation through the engine, against the system as it stands, until its runs have ended. */
export async function play(stage: Stage, { id, input, sample, mishap, writing, leave }: Playing): Promise<Played> {
  const operator = new Operator(id, () => stage.connect());
  const engine = new MortalEngine(operator);
  const calls: PlayedCall[] = [];
  const heard: string[] = [JSON.stringify(input)];
  let met = false;
  const meet = (fault: Fault | 'kill'): Fault => {
    met = true;
    if (fault !== 'kill') {
      if (fault.kind === 'answer') heard.push(textOf(fault.body));
      return fault;
    }
    engine.kill();
    return { kind: 'drop' };
  };
  let written = 0;
  let about = 0;
  let before = stage.applied().length;
  const plan: Plan = {
    before(call) {
      heard.push(pathOf(call));
      before = stage.applied().length;
      if (!mishap || met || mishap.when !== 'before') return undefined;
      if (mishap.at === 'write' && writing?.has(pathOf(call)) && ++about === mishap.place) return meet(mishap.fault);
      if (mishap.at === 'call' && call.place === mishap.place) return meet(mishap.fault);
      return undefined;
    },
    after(call, answer) {
      heard.push(answer.body.toString());
      const writes = stage.applied().length - before;
      calls.push({ ...call, writes, hasBody: answer.body.length > 1 });
      if (writes > 0) written++;
      if (!mishap || met || mishap.when !== 'after') return undefined;
      if (mishap.at === 'write' && writes > 0 && written === mishap.place) return meet(mishap.fault);
      if (mishap.at === 'call' && call.place === mishap.place) return meet(mishap.fault);
      return undefined;
    },
  };
  stage.proxy.play(plan);
  try {
    const ids: string[] = [];
    const pages: PollPage[] = [];
    if (isSource(operations[id].shape)) {
      const dies = mishap?.at === 'page' ? mishap : undefined;
      const moment = (page: number, when: 'before' | 'after') => {
        if (met || !dies || dies.place !== page || dies.when !== when) return;
        meet('kill');
      };
      if (operations[id].shape === 'poll') await poll(engine, operator, input, pages, moment);
      else await listen({ engine, operator, options: input, pages, moment, sample, load: (given) => stage.load(given) });
    } else {
      await engine.accept(operator.eventsFor(input));
    }
    if (leave) {
      await engine.killed();
      await stage.proxy.settled();
      return { runs: [], results: null, answers: [], effects: [], troubles: [], inDoubt: 0, deaths: engine.deaths, calls, met };
    }
    const runs = await engine.ended();
    ids.push(...runs.map(({ event }) => event.id).sort());
    const effects: Effect[] = [];
    for (const run of runs) effects.push(...(await engine.store.effects(run.id)).toSorted(byPlace));
    const told = {
      failures: runs.map(({ failure }) => failure),
      troubles: engine.troubles,
      effects,
      results: [...operator.results.values()],
    };
    stage.read({ told: JSON.parse(JSON.stringify(told)) as unknown, heard });
    return {
      runs,
      results: isSource(operations[id].shape) ? ids : [...operator.results].sort().map(([, result]) => result),
      answers: isSource(operations[id].shape) ? pages : [...operator.results.values()].flatMap((result) => eachIn(result, id)),
      effects,
      troubles: engine.troubles,
      inDoubt: (await engine.store.effectsInDoubt(10)).length,
      deaths: engine.deaths,
      calls,
      met,
    };
  } finally {
    stage.proxy.play({});
    await engine.remove();
  }
}

const textOf = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body ?? ''));

/** Of a list, its rows. */
const eachIn = (result: Json, id: OperationId): unknown[] => (operations[id].shape === 'list' ? (result as unknown[]) : [result]);

const byPlace = (one: Effect, other: Effect) => (one.place ?? 0) - (other.place ?? 0);

/** As a source reads: page after page, each stored with the cursor behind it. */
async function poll(
  engine: MortalEngine,
  operator: Operator,
  options: unknown,
  pages: PollPage[],
  moment: (page: number, when: 'before' | 'after') => void,
) {
  for (let page = 1, attempt = 1; ;) {
    const cursor = await engine.cursor();
    try {
      const read = await operator.page(cursor, options);
      pages.push(read);
      const deaths = engine.deaths;
      moment(page, 'before');
      if (engine.deaths === deaths) {
        await engine.accept(read.events, read.cursor);
        moment(page, 'after');
      }
      if (engine.deaths > deaths) continue;
      page++;
      if (!read.more) return;
    } catch (error) {
      const failure = Failure.from(error);
      engine.troubles.push({ event: 'poll', failure, at: engine.clock.now() });
      if (attempt > 8) throw failure;
      engine.pass(failure, attempt++);
    }
  }
}
