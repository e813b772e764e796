import type { Clock } from '../../engine/clock.ts';
import type { JournalLine } from '../../engine/journal.ts';
import type { EngagementState } from '../../engine/store/engagements.ts';
import type { FigureGroup, Measurement } from '../../engine/store/measurements.ts';
import type { ReconciliationRecord } from '../../engine/store/reconciliations.ts';
import type { Run, RunId } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import { breakCount } from '../../engine/kept-reconciliation.ts';
import { Failure } from '../../model/failure.ts';
import { isObject } from '../../model/json.ts';
import { endedRuns, type KpiName } from '../../model/kpis.ts';
import { logLine } from '../log-line.ts';
import { type EngagementFacts, factsOfDeal, factsOfEnded, isOfDeal, merged } from './engagement-facts.ts';
import { figuresOf, groupOf, resolutionOf, staffedAfter } from './run-figures.ts';

/** How often what has happened is looked at, in ms. */
export const measuredEvery = 15_000;
const backlogEvery = 3_600_000;
/** runs that have written something and go on for long (an approval in their midst); of more the oldest are given up */
const mostOpen = 1_000;
const mostComparisons = 20;

/** How far what has happened was measured. A type, not an interface: it is kept as JSON. */
type Place = {
  /** last line of the journal that was looked at */
  seq: number;
  /** runs that have written something and had not ended when they were looked at last */
  open: string[];
  /** last comparison that was looked at, and those of the same moment */
  compared: { at: number; ids: string[] };
  /** when the backlog was counted last */
  counted: number;
  /** by entry node: when the first run came in that was looked at */
  firstHeard: { [entry: string]: number };
};

interface Touched {
  lines: readonly JournalLine[];
  touched: readonly string[];
  open: readonly string[];
}

interface Ports {
  store: Store;
  clock: Clock;
  log: { warn(text: string): void };
  /** type of a node in the flows that run; undefined = none of them has it */
  typeOf(node: string): string | undefined;
  /** false while the flows are not read, when nobody knows what a node is */
  ready(): boolean;
}

/**
 * Measures what happens, by following the journal: each line is there once and in order, so what was looked at needs one number. The figures and the
 * place are one commit: measured once, over restarts, and over several processes on one store, of which each looks.
 */
export class KpiKeeper {
  private readonly ports: Ports;
  private readonly pageLines: number;

  constructor(ports: Ports, pageLines = 200) {
    this.ports = ports;
    this.pageLines = pageLines;
    ports.clock.after(measuredEvery, () => void this.look());
  }

  private async look(): Promise<void> {
    let again = measuredEvery;
    try {
      if (this.ports.ready() && (await this.page())) again = 500;
    } catch (error) {
      logLine(this.ports.log, 'warn', `[ps-connect] figures were not measured and will be: ${Failure.from(error).message}`);
    }
    this.ports.clock.after(again, () => void this.look());
  }

  /** Measures what has happened since; true = there is more. */
  async page(): Promise<boolean> {
    const { store } = this.ports;
    const stored = await store.measuredTo();
    const place = (stored ?? { seq: 0, open: [], compared: { at: 0, ids: [] }, counted: 0, firstHeard: {} }) as unknown as Place;
    const lines = await store.journal({ after: place.seq, limit: this.pageLines });
    const comparisons = await store.reconciliationsAfter(place.compared, mostComparisons);
    const now = this.ports.clock.now();
    const isTimeToCount = now - place.counted >= backlogEvery;
    if (lines.length === 0 && place.open.length === 0 && comparisons.length === 0 && !isTimeToCount) return false;

    const seq = lines.at(-1)?.seq ?? place.seq;
    const said = new Set(lines.filter(isOfRun).map(({ subject }) => subject));
    const touched = [...new Set([...place.open, ...said])];
    const runs = await this.runsOf(
      [...said],
      place.open.filter((id) => !said.has(id)),
    );
    const add: Measurement[] = comparisons.flatMap(exceptionsOf);
    if (isTimeToCount) add.push({ ...nobodys, figure: 'synchronisation_backlog', at: now, value: await backlog(store) });
    for (const line of lines) add.push(...(await this.ofLine(line, runs)));
    const firstHeard = earliest(place.firstHeard, runs.values());
    const { ended, open } = await this.endedBy(seq, { lines, touched, open: place.open }, runs);
    const deals = [...said].flatMap((id) => runs.get(id) ?? []).filter(isOfDeal);
    const told = await this.told(deals, ended, firstHeard);
    add.push(...ended.map((run) => ({ ...groupOf(run), figure: endedRuns, at: run.updatedAt, value: 1 })), ...told.add);
    const to: Place = {
      seq,
      open: open.slice(-mostOpen),
      compared: comparedTo(place.compared, comparisons),
      counted: isTimeToCount ? now : place.counted,
      firstHeard,
    };
    // runs that wait, and go on waiting, are no reason to write
    const isNews = add.length > 0 || told.engagements.length > 0 || JSON.stringify(to) !== JSON.stringify(stored);
    if (isNews) await store.measure({ from: stored ?? null, to, add, engagements: told.engagements });
    return lines.length === this.pageLines;
  }

  /** Those that have ended well and are measured now, where their last line is; and those that have not ended. */
  private async endedBy(
    seq: number,
    { lines, touched, open: before }: Touched,
    runs: ReadonlyMap<string, Run>,
  ): Promise<{ ended: Run[]; open: string[] }> {
    const firstSaid = new Map<string, number>(lines.toReversed().map(({ subject, at }) => [subject, Date.parse(at)]));
    const last = await this.ports.store.lastLines(touched.filter((id) => runs.get(id)?.status === 'done'));
    const ended: Run[] = [];
    const open: string[] = [];
    for (const id of touched) {
      const run = runs.get(id);
      if (!run || run.status === 'dead' || run.status === 'cancelled') continue;
      if (run.status !== 'done' || (last[id] ?? 0) > seq) open.push(id);
      // what is said of a run after its end begins nothing anew
      else if (before.includes(id) || firstSaid.get(id)! <= run.updatedAt) ended.push(run);
    }
    return { ended, open };
  }

  /** What these runs say of durations, and how the engagements stand by which they are told. */
  private async told(
    deals: readonly Run[],
    ended: readonly Run[],
    firstHeard: Place['firstHeard'],
  ): Promise<{ add: Measurement[]; engagements: EngagementState[] }> {
    const { store, typeOf } = this.ports;
    const add: Measurement[] = [];
    const facts = new Map<Run, EngagementFacts>();
    for (const run of new Set([...deals, ...ended])) {
      const effects = isOfDeal(run) ? await store.effects(run.id) : [];
      const of = isOfDeal(run) ? factsOfDeal(run, effects, typeOf) : factsOfEnded(run);
      if (of) facts.set(run, of);
      const projects = effects.filter(({ status, node }) => status === 'done' && typeOf(node) === 'erp-project');
      // a deal is looked at before its end, too
      if (ended.includes(run)) add.push(...figuresOf(run, firstHeard[run.entry]!, projects));
    }
    const codes = [...new Set([...facts.values()].map(({ code }) => code))];
    const states = new Map((codes.length > 0 ? await store.engagements({ codes, limit: codes.length }) : []).map((one) => [one.code, one]));
    for (const [run, of] of facts) {
      const before = states.get(of.code);
      if (of.reached.staffed !== undefined) add.push(...staffedAfter(run, firstHeard[run.entry]!, before?.reached ?? {}));
      states.set(of.code, merged(before, of, Math.max(before?.updatedAt ?? 0, run.updatedAt)));
    }
    return { add, engagements: [...states.values()] };
  }

  /** What a person did, and how long a dead letter had stood when somebody acted on it. */
  private async ofLine({ actor, action, subject, at, seq }: JournalLine, runs: ReadonlyMap<string, Run>): Promise<Measurement[]> {
    if (isNobody.has(actor) || !actsOfPeople.has(action)) return [];
    const run = runs.get(subject);
    if (!run) return [];
    const now = Date.parse(at);
    const touch = { ...groupOf(run), figure: 'manual_touches' satisfies KpiName, at: now, value: 1 };
    if (!resolves.has(action)) return [touch];
    const before = (await this.ports.store.journal({ subject, limit: 100, newest: true })).filter((line) => line.seq < seq);
    const died = before.findLast((line) => line.action === 'run.dead');
    const acted = before.findLast((line) => resolves.has(line.action));
    const stood = died && !(acted && acted.seq > died.seq);
    return stood ? [touch, resolutionOf(run, Date.parse(died.at), now)] : [touch];
  }

  /** Those of which something was said; and of the others, of which most wait still, those that have ended. */
  private async runsOf(said: readonly string[], others: readonly string[]): Promise<ReadonlyMap<string, Run>> {
    const { store } = this.ports;
    const read = (ids: readonly string[], dataUpTo?: number) =>
      ids.length === 0 ? [] : store.runs({ ids: ids as RunId[], limit: ids.length, ...(dataUpTo === undefined ? {} : { dataUpTo }) });
    const quiet = await read(others, 0);
    const ended = quiet.filter(({ status }) => status === 'done').map(({ id }) => id);
    return new Map([...quiet, ...(await read([...said, ...ended]))].map((run) => [run.id, run]));
  }
}

const nobodys: FigureGroup = { flow: '', entity: '', region: '', practice: '' };

/** Runs that have not come to their end. */
export async function backlog(store: Pick<Store, 'counts'>): Promise<number> {
  const { ready, running, waiting } = await store.counts();
  return ready + running + waiting;
}

/** Actors that are no person. */
const isNobody = new Set(['engine', 'rule', 'expiry']);

const actsOfPeople = new Set([
  'approval.approved',
  'approval.rejected',
  'run.replayed',
  'run.discarded',
  'run.cancelled',
  'run.compensating',
  'effect.settled',
]);
const resolves = new Set(['run.replayed', 'run.discarded', 'run.compensating']);

const isOfRun = ({ action }: JournalLine) => action.startsWith('effect.') || action.startsWith('run.') || action.startsWith('approval.');

function earliest(before: Place['firstHeard'], runs: Iterable<Run>): Place['firstHeard'] {
  const known = { ...before };
  for (const { entry, createdAt } of runs) known[entry] = Math.min(known[entry] ?? createdAt, createdAt);
  return known;
}

function comparedTo(before: Place['compared'], seen: readonly ReconciliationRecord[]): Place['compared'] {
  const at = Math.max(before.at, ...seen.map((one) => one.at));
  return { at, ids: [...(at === before.at ? before.ids : []), ...seen.filter((one) => one.at === at).map(({ id }) => id)] };
}

/** Breaks by rows that were compared, in hundredths of a percent; of nothing that was compared nothing is said. */
function exceptionsOf({ at, result }: ReconciliationRecord): Measurement[] {
  const breaks = breakCount(result);
  const matched = isObject(result) && typeof result['matched'] === 'number' ? result['matched'] : 0;
  const rows = matched + breaks;
  if (rows === 0) return [];
  return [{ ...nobodys, figure: 'reconciliation_exception_rate', at, value: Math.round((10_000 * breaks) / rows) }];
}
