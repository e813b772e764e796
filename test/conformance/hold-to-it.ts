import { isDeepStrictEqual } from 'node:util';
import { isSource, type OperationId, operations } from '../../declarations/operations.ts';
import type { Json } from '../../model/json.ts';
import type { ConformanceData, OperationSample, Refusal } from '../../sandbox/conformance.ts';
import { type FaultId, faultIds, faultKinds, retryAfterSeconds } from './fault-kinds.ts';
import type { Fault } from './fault-proxy.ts';
import { wrongWrites } from './hold-to-facts.ts';
import { wrongAnswers } from './wrong-answers.ts';
import { type Mishap, pathOf, play, type Played } from './play.ts';
import { nameOf, type Stage } from './stage.ts';

/** What came of one kind of fault: held so many times, cannot happen and why, or what was wrong. */
export type Verdict = { held: number } | { not: string } | { wrong: string[] };

/** Why this fault cannot happen to this operation; undefined = it can. */
export function notFor(fault: FaultId, id: OperationId, sample: OperationSample): string | undefined {
  const ofShape = faultKinds[fault].not[operations[id].shape];
  if (ofShape !== undefined) return ofShape;
  const refusal = fault === 'of-another' ? sample.others : fault === 'refused' ? sample.refused : undefined;
  return refusal && 'why' in refusal ? refusal.why : undefined;
}

/** Holds one sample of an operation to every kind of fault. */
export async function holdToIt(stage: Stage, id: OperationId, sample: OperationSample): Promise<Record<FaultId, Verdict>> {
  const verdicts = {} as Record<FaultId, Verdict>;
  const hold = await holder(stage, id, sample);
  for (const fault of faultIds) verdicts[fault] = await hold(fault);
  return verdicts;
}

const page = '<!DOCTYPE html><html><head><title>Maintenance</title></head><body>We will be back soon.</body></html>';

/** The faults that answer in the place of the system, or cut it off. */
function faultOf(id: FaultId, answers: ConformanceData['answers']): Fault | undefined {
  const status = (number: '401' | '429' | '503', headers: Record<string, string> = {}): Fault => {
    const own = answers?.[number];
    return { kind: 'answer', status: own?.status ?? Number(number), headers: { ...own?.headers, ...headers }, body: own?.body ?? '' };
  };
  switch (id) {
    case 'lost-before':
      return { kind: 'drop' };
    case 'status-401':
      return status('401');
    case 'status-429':
      return status('429', { 'Retry-After': String(retryAfterSeconds) });
    case 'status-503':
      return status('503');
    case 'web-page':
      return { kind: 'answer', status: 200, body: page };
    default:
      return undefined;
  }
}

/** Plays the sample undisturbed; then one kind of fault after the other, each at every call at which it can happen. */
export async function holder(stage: Stage, id: OperationId, sample: OperationSample): Promise<(fault: FaultId) => Promise<Verdict>> {
  const undisturbed = await fresh(stage, id, sample);
  const wrong = wrongUndisturbed(undisturbed, stage, sample, id);
  const writing = new Set(undisturbed.calls.filter(({ writes }) => writes > 0).map(pathOf));
  const places = undisturbed.calls.map(({ place }) => place);
  const writes = undisturbed.calls.filter((call) => call.writes > 0).map((_, index) => index + 1);
  return async (fault) => {
    if (wrong.length > 0) return { wrong };
    const not = notFor(fault, id, sample);
    return not === undefined ? verdictOn(fault) : { not };
  };

  async function verdictOn(fault: FaultId): Promise<Verdict> {
    switch (fault) {
      case 'there-already':
        return each(writes, (place) => thereAlready(place));
      case 'of-another':
      case 'refused': {
        const refusal = fault === 'refused' ? sample.refused : sample.others;
        return 'why' in refusal ? { not: refusal.why } : each([refusal], isRefused);
      }
      default:
        return each(mishapsOf(fault), (mishap) => goesWrong(fault, mishap));
    }
  }

  function mishapsOf(fault: FaultId): Mishap[] {
    if (fault === 'killed') {
      const { shape } = operations[id];
      // what writes nothing can be stopped at any of its calls
      const at = isSource(shape) ? ('page' as const) : shape === 'lookup' ? ('call' as const) : ('write' as const);
      const moments = at === 'page' ? [1] : at === 'call' ? places : writes;
      return moments.flatMap((place) => (['before', 'after'] as const).map((when) => ({ at, place, when, fault: 'kill' as const })));
    }
    if (fault === 'lost-after') return writes.map((place) => ({ at: 'write', place, when: 'after', fault: { kind: 'drop' } }));
    if (fault === 'cut-page') {
      return undisturbed.calls
        .filter(({ hasBody }) => hasBody)
        .map(({ place }) => ({ at: 'call', place, when: 'after', fault: { kind: 'cut' } }));
    }
    const played = faultOf(fault, stage.tried.data.answers);
    return played ? places.map((place) => ({ at: 'call', place, when: 'before', fault: played })) : [];
  }

  /** The run must end by itself, as if nothing had happened. */
  async function goesWrong(fault: FaultId, mishap: Mishap): Promise<string[]> {
    const played = await fresh(stage, id, sample, mishap, writing);
    const call = mishap.at === 'call' ? undisturbed.calls[mishap.place - 1] : undefined;
    const where = `${mishap.when} ${mishap.at} ${mishap.place}${call ? ` (${pathOf(call)})` : ''}`;
    return [
      ...(played.met ? [] : ['it was not met']),
      ...wrongEnd(played),
      ...wrongBooks(stage.made(), undisturbed.made),
      ...(isDeepStrictEqual(withoutMoment(played.results), withoutMoment(undisturbed.results))
        ? []
        : [`it answers ${JSON.stringify(played.results)} instead of ${JSON.stringify(undisturbed.results)}`]),
      ...wrongTroubles(played, fault),
      ...wrongWrites(played.effects, stage.tried.facts.operations[id] ?? {}),
      ...wrongAnswers(id, played.answers),
    ].map((text) => `${where}: ${text}`);
  }

  /** Another store's run was stopped after so many writes: what it made is used. */
  async function thereAlready(place: number): Promise<string[]> {
    await fresh(stage, id, sample, { at: 'write', place, when: 'after', fault: 'kill' }, writing, true);
    const played = await play(stage, { id, input: sample.input });
    return [...wrongEnd(played), ...wrongBooks(stage.made(), undisturbed.made)].map((text) => `after write ${place}: ${text}`);
  }

  /** A dead letter that says what is wrong with which record, and nothing is written. */
  async function isRefused({ after, given, rule, input = sample.input, leaves = [], failure }: Refusal): Promise<string[]> {
    await stage.prepare(sample);
    if (after) await play(stage, { id, input: sample.input });
    stage.load(given);
    if (rule) stage.sim.faults.add(rule);
    const before = stage.applied().length;
    const { runs } = await play(stage, { id, input });
    const changed = stage.applied().slice(before);
    const made = changed.filter(({ outcome }) => outcome === 'created').map(nameOf);
    return [
      ...runs.flatMap((run) => {
        if (run.status !== 'dead') return [`the run is ${run.status}`];
        const told = run.failure as unknown as Record<string, unknown>;
        return Object.entries(failure)
          .filter(([name, value]) => told[name] !== value)
          .map(([name, value]) => `${name} is ${String(told[name])} instead of ${value}: ${String(told['message'])}`);
      }),
      ...changed.filter(({ outcome }) => outcome !== 'created').map((entry) => `${nameOf(entry)} was ${entry.outcome}`),
      ...wrongBooks(made, leaves),
    ];
  }
}

type Undisturbed = Played & { made: string[] };

async function fresh(
  stage: Stage,
  id: OperationId,
  sample: OperationSample,
  mishap?: Mishap,
  writing: ReadonlySet<string> = new Set(),
  leave = false,
): Promise<Undisturbed> {
  await stage.prepare(sample);
  const played = await play(stage, { id, input: sample.input, sample, mishap, writing, leave });
  return { ...played, results: stage.named(played.results) as Json, made: stage.made() };
}

async function each<T>(these: readonly T[], hold: (one: T) => Promise<string[]>): Promise<Verdict> {
  const wrong: string[] = [];
  for (const one of these) wrong.push(...(await hold(one)));
  return wrong.length > 0 ? { wrong } : { held: these.length };
}

function wrongUndisturbed(played: Undisturbed, stage: Stage, { makes }: OperationSample, id: OperationId): string[] {
  const { shape } = operations[id];
  const reads = isSource(shape) || shape === 'list' || shape === 'lookup';
  const found = foundIn(played, id);
  return [
    ...wrongEnd(played),
    ...(played.troubles.length > 0 ? [`undisturbed, it failed: ${played.troubles[0]!.failure.message}`] : []),
    ...wrongBooks(found, [...makes].sort()),
    ...wrongAnswers(id, played.answers),
    ...(makes.length === 0 ? ['the sample makes nothing, so that nothing can be lost'] : []),
    ...(reads && stage.applied().length > 0 ? ['it writes'] : []),
  ].map((text) => `undisturbed: ${text}`);
}

/** The business ids of what was read, or what was made. */
function foundIn(played: Undisturbed, id: OperationId): string[] {
  switch (operations[id].shape) {
    case 'poll':
    case 'stream':
      return played.runs.map(({ event }) => event.subject ?? '').sort();
    case 'list':
      return keysIn(played);
    case 'lookup':
      // of each record, what stands in it first; of what has none, what was found
      return (played.results as { records?: object[]; key?: string; found?: boolean }[])
        .flatMap(({ records, key, found }) => records?.map((record) => String(Object.values(record)[0])) ?? (found ? [String(key)] : []))
        .sort();
    default:
      return played.made;
  }
}

function keysIn({ results }: Played): string[] {
  return (results as { key: string }[][])
    .flat()
    .map(({ key }) => key)
    .sort();
}

function wrongEnd({ runs, inDoubt }: Played): string[] {
  return [
    ...(runs.length === 0 ? ['there is no run'] : []),
    ...runs
      .filter(({ status }) => status !== 'done')
      .map(({ status, failure }) => `the run is ${status}: ${failure?.class} ${failure?.code} ${failure?.message}`),
    ...(inDoubt > 0 ? [`${inDoubt} writes are still in doubt`] : []),
  ];
}

/** Nothing lost, nothing twice, by the system's own journal. */
function wrongBooks(made: readonly string[], wanted: readonly string[]): string[] {
  const count = (list: readonly string[], name: string) => list.filter((one) => one === name).length;
  return [...new Set([...made, ...wanted])]
    .filter((name) => count(made, name) !== count(wanted, name))
    .map((name) => `${name} was made ${count(made, name)} times instead of ${count(wanted, name)}`);
}

function wrongTroubles({ troubles }: Played, fault: FaultId): string[] {
  const { classes, title } = faultKinds[fault];
  return troubles.flatMap(({ failure, at, againAt }) => {
    // a doubt that is looked into a while later is told as what it is
    if (failure.code === 'NOT_SETTLED_YET') return [];
    if (!classes.includes(failure.class)) return [`${title}, which is told as ${failure.class} ${failure.code}: ${failure.message}`];
    if (fault !== 'status-429') return [];
    const pause = retryAfterSeconds * 1000;
    if (failure.retryAfterMs !== pause) return [`the pause that is asked for is not told: ${failure.message}`];
    return againAt !== undefined && againAt - at < pause ? [`it was tried again after ${againAt - at} ms`] : [];
  });
}

/** Who made a record cannot always be told once the answer was lost, and what is told is as of its own moment; everything else of a result is the same. */
function withoutMoment(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutMoment);
  if (!value || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'created' && name !== 'asOf')
      .map(([name, inner]) => [name, withoutMoment(inner)]),
  );
}
