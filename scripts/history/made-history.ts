import { createHash } from 'node:crypto';
import { forgottenReconciliation } from '../../engine/kept-reconciliation.ts';
import { idempotencyKey } from '../../engine/idempotency.ts';
import type { JournalHead, NewJournalLine } from '../../engine/journal.ts';
import type { Severity } from '../../engine/retry-policy.ts';
import type { Effect } from '../../engine/store/effects.ts';
import { dayOf } from '../../engine/store/measurements.ts';
import { endOfTime, type Run, type RunStatus } from '../../engine/store/runs.ts';
import { inEnglish, phrase } from '../../model/failure-words.ts';
import { addDays } from '../../model/calendar-date.ts';
import { groupOf } from '../../runtime/kpis/run-figures.ts';
import { generateFirm } from '../../sandbox/firm/firm.ts';
import { type Random, seededRandom } from '../../sandbox/firm/random.ts';
import { type Cause, causeOf, overtaken, passing } from './causes.ts';
import type { Happening, Kind, MadeWrite, Office } from './happening.ts';
import { dealsOf, workOf } from './happenings.ts';
import { PendingRows, type Rows, rowOfEffect, rowOfRun, rowOfSought, type Table, type Value } from './history-rows.ts';
import { PastFigures } from './past-figures.ts';
import { PastJournal } from './past-journal.ts';

export interface HistoryOptions {
  /** same seed, runs and end: the same history, to the byte */
  seed: number;
  runs: number;
  /** epoch ms of the last thing that happened */
  until: number;
  /** event data that is older is forgotten, as the product does */
  retentionDays: number;
  /** where the journal of the store ends already */
  head: JournalHead;
}

const hour = 3_600_000;
const day = 24 * hour;
/** of three weeks each: a firm knows three weeks of its time */
const periods = 17;
/** before anything is written, in rows */
const together = 5_000;

const placeOf: Record<Kind, { entry: string; flow: string; severity: Severity; types: Record<string, string> }> = {
  deal: {
    entry: 'psc-o-in',
    flow: 'psc-flow-opportunity',
    severity: 'high',
    types: { 'psc-o-customer': 'erp-customer', 'psc-o-erp': 'erp-project', 'psc-o-psa': 'psa-project' },
  },
  amendment: { entry: 'psc-m-in', flow: 'psc-flow-amendment', severity: 'critical', types: {} },
  assignment: { entry: 'psc-a-in', flow: 'psc-flow-assignment', severity: 'normal', types: {} },
  time: { entry: 'psc-t-in', flow: 'psc-flow-time', severity: 'normal', types: {} },
  expense: { entry: 'psc-x-in', flow: 'psc-flow-expenses', severity: 'low', types: {} },
  invoice: { entry: 'psc-v-in', flow: 'psc-flow-invoices', severity: 'high', types: {} },
};
const approvalNode = 'psc-m-approval';
const revision = '000000000000';
const people = ['anna.becker', 'gareth.lowe', 'lotte.smit', 'grace.kim'];

type Heard = Happening & { heardAt: number };

/** What of a history was made: where somebody wants to know it without counting. */
export type HistoryTotals = Record<RunStatus, number>;

/** A firm's past, part by part in the order in which it happened; the caller keeps what it is handed and no more. */
export class MadeHistory {
  readonly totals: HistoryTotals = { ready: 0, running: 0, waiting: 0, done: 0, dead: 0, cancelled: 0 };
  private readonly options: HistoryOptions;
  private readonly random: Random;
  private readonly pending = new PendingRows();
  private readonly journal: PastJournal;
  private readonly figures = new PastFigures();
  private readonly open: string[] = [];
  /** heard after the three weeks in which it was looked for */
  private readonly later: Heard[] = [];
  private lastDay = '';
  private compared = { at: 0, ids: [] as string[] };
  private readonly keptFrom: number;
  private runs = 0;
  private lastId = 0;
  private sameMs = 0;

  constructor(options: HistoryOptions) {
    this.options = options;
    this.random = seededRandom(options.seed);
    this.journal = new PastJournal(options.head);
    this.keptFrom = options.until - options.retentionDays * day;
  }

  *rows(): Generator<Rows> {
    let made = 0;
    for (let period = 0; period < periods; period++) {
      const wanted = Math.floor((this.options.runs * (period + 1)) / periods) - made;
      for (const happening of this.happenings(period, wanted)) {
        this.closeDaysBefore(dayOf(happening.heardAt));
        this.run(happening);
        made++;
        if (this.pending.size >= together) yield* this.pending.taken();
      }
    }
    this.closeDaysBefore('9999');
    this.end();
    yield* this.pending.taken();
  }

  /** As many as are wanted of what was heard in three weeks, in order: of offices enough. */
  private happenings(period: number, wanted: number): Heard[] {
    const end = period === periods - 1 ? this.options.until - hour : this.office(period + 1, 0).from;
    const found = this.later.splice(0);
    for (let office = 0; found.length < wanted || office === 0; office++) {
      for (const one of [...workOf(this.office(period, office)), ...dealsOf(this.office(period + 1, office))]) {
        const heard = { ...one, heardAt: one.at + this.random.between(1_000, 45_000) };
        (heard.heardAt < end ? found : this.later).push(heard);
      }
    }
    found.sort((one, other) => one.heardAt - other.heardAt || (one.event.id < other.event.id ? -1 : 1));
    // where there are more than are wanted, some of each hour, but of amendments all: there are few, and people are asked about them
    const rare = found.filter(({ kind }) => kind === 'amendment').slice(0, wanted);
    const others = found.filter(({ kind }) => kind !== 'amendment');
    const rest = wanted - rare.length;
    const chosen = others.filter(
      (_, index) => Math.floor(((index + 1) * rest) / others.length) > Math.floor((index * rest) / others.length),
    );
    return [...rare, ...chosen].sort((one, other) => one.heardAt - other.heardAt);
  }

  private office(period: number, office: number): Office {
    const number = office * (periods + 1) + period;
    const until = dayOf(this.options.until);
    const monday = addDays(until, -((new Date(until).getUTCDay() + 6) % 7));
    const date = addDays(monday, -21 * (periods - 1 - period));
    const seed = this.options.seed * 1_000_003 + number;
    return { firm: generateFirm({ seed, date }), number, from: Date.parse(date) - 21 * day, random: seededRandom(seed + 7) };
  }

  private run(happening: Heard): void {
    const { random } = this;
    const { entry, flow, severity, types } = placeOf[happening.kind];
    const { event, kind } = happening;
    const createdAt = happening.heardAt;
    this.figures.heard(entry, createdAt);
    const run: Run = {
      ...{
        id: this.idAt(createdAt),
        seq: 0,
        entry,
        flow,
        event,
        status: 'done',
        attempts: 1,
        crashes: 0,
        token: 1,
        availableAt: createdAt,
      },
      ...{ revision, severity, createdAt, updatedAt: createdAt + random.between(300, 9_000) },
    };
    const fate = random.between(1, 1_000);
    let [cause, replayed]: [Cause | undefined, number | undefined] = [undefined, undefined];
    const attempts: { cause: Cause; at: number }[] = [];
    if (fate <= 66 || happening.about.defect !== undefined) {
      cause = causeOf(happening, random);
      const died = run.updatedAt;
      attempts.push({ cause, at: died });
      const acted = died + random.between(10, 72 * 60) * 60_000;
      const isOpen = fate <= 55 || acted >= this.options.until - hour;
      if (isOpen) Object.assign(run, { status: 'dead', failure: cause.failure, failedNode: cause.node });
      else if (fate <= 59) this.discard(run, cause, acted);
      else [replayed, run.updatedAt] = [acted, acted + random.between(300, 9_000)];
    } else if (fate <= 70 && event.version) this.overtake(run, happening);
    else if (fate <= 94) {
      const failed = passing(happening);
      run.attempts = run.token = random.between(2, 4);
      for (let attempt = 1; attempt < run.attempts; attempt++) {
        attempts.push({ cause: failed, at: run.updatedAt });
        run.updatedAt += random.between(2_000, 240_000);
      }
    }
    const decision = kind === 'amendment' && run.status === 'done' ? this.ask(run, happening) : undefined;
    const effects = this.effects(run, happening, cause, {
      from: replayed ?? decision?.at ?? createdAt,
      isRefused: decision?.status === 'rejected',
    });
    if (cause) {
      const { class: failureClass, code } = cause.failure;
      this.line(attempts[0]!.at, 'engine', 'run.dead', run.id, { class: failureClass, code, node: cause.node });
      if (replayed !== undefined) {
        const actor = random.pick(people);
        this.line(replayed, actor, 'run.replayed', run.id, { reason: 'Corrected in the ERP', edited: false });
        this.figures.acted(run, attempts[0]!.at, replayed);
        Object.assign(run, { token: 2, renewedAt: replayed });
      }
      if (run.status === 'dead' && cause.unmapped) {
        const { table, from, value, to, date } = cause.unmapped;
        this.row('crosswalk_missing', [run.id, run.token, table, from, value, to, date, run.updatedAt]);
      }
    }
    this.figures.ofRun(run, effects, types);
    this.keep(run, effects, attempts);
  }

  private isForgotten({ status, updatedAt }: Run): boolean {
    return (status === 'done' || status === 'cancelled') && updatedAt < this.keptFrom;
  }

  private discard(run: Run, cause: Cause, at: number): void {
    Object.assign(run, { status: 'cancelled', token: 2, failure: cause.failure, failedNode: cause.node });
    this.line(at, this.random.pick(people), 'run.discarded', run.id, { reason: 'Settled by hand' });
    this.figures.acted(run, run.updatedAt, at);
    run.updatedAt = at;
  }

  private overtake(run: Run, happening: Happening): void {
    const newer = new Date(happening.at + this.random.between(1, 60) * 1_000).toISOString();
    Object.assign(run, { status: 'cancelled', failure: overtaken(happening, newer) });
    this.line(run.updatedAt, 'engine', 'run.overtaken', run.id, { newer });
  }

  /** An amendment is asked about; the newest wait for their answer: undefined. */
  private ask(run: Run, { about: { code }, event }: Happening): { at: number; status: 'approved' | 'rejected' } | undefined {
    const { random } = this;
    const requestedAt = run.createdAt + 500;
    const [id, actor] = [this.idAt(requestedAt), random.pick(people)];
    const title = `Amendment ${random.between(1, 3)} of ${code}: ${random.between(1, 9)} changes in ERP, ${random.between(1, 12)} in PSA`;
    const { Amendment_Reason__c: reason } = event.data as { Amendment_Reason__c: string };
    const at = requestedAt + random.between(30, 60 * 96) * 60_000;
    // of the last weeks many are not answered yet
    const isNew = requestedAt > this.options.until - 20 * day && random.chance(60);
    const decision =
      at < this.options.until - hour && !isNew
        ? { at, status: random.chance(88) ? ('approved' as const) : ('rejected' as const) }
        : undefined;
    this.line(requestedAt, 'engine', 'approval.requested', run.id, { approval: id, title, status: 'open' });
    if (decision) {
      this.line(at, actor, `approval.${decision.status}`, run.id, { approval: id, title, reason });
      this.figures.add({ ...groupOf(run), figure: 'manual_touches', at, value: 1 });
      Object.assign(run, { token: 2, updatedAt: at + random.between(300, 9_000) });
    } else {
      // without an end: when Node-RED starts, nothing of it is due
      const waitingFor = { reason: title, node: approvalNode };
      Object.assign(run, { status: 'waiting', attempts: 0, availableAt: endOfTime, waitingFor, updatedAt: requestedAt + 40 });
      this.open.push(run.id);
    }
    const isKept = !this.isForgotten(run);
    this.row('approvals', [
      ...[id, run.id, approvalNode, isKept ? title : '', isKept ? JSON.stringify({ engagement: code, reason }) : 'null', 'high'],
      ...[decision?.status ?? 'open', requestedAt, decision ? actor : null, decision && isKept ? reason : null, decision?.at ?? null],
      isKept ? JSON.stringify(['sales.lead@quarrow.example']) : null,
    ]);
    return decision;
  }

  private effects(
    run: Run,
    happening: Happening,
    cause: Cause | undefined,
    { from, isRefused }: { from: number; isRefused: boolean },
  ): Effect[] {
    // that a newer one goes before it is seen before anything is written
    if (run.status === 'waiting' || (run.status === 'cancelled' && !cause)) return [];
    const all = happening.writes();
    const writes = isRefused ? all.slice(-1).map((write) => ({ ...write, node: 'psc-m-refused' })) : all;
    const step = Math.max(1, Math.floor((run.updatedAt - from) / (writes.length + 1)));
    const effects: Effect[] = [];
    for (const [place, write] of writes.entries()) {
      const wasMade = run.status === 'done' || place < cause!.made;
      if (!wasMade && (place > cause!.made || write.node !== cause!.node)) break;
      const [intendedAt, finishedAt] = [from + step * place, from + step * place + Math.min(step, 900)];
      const effect = this.effect(run, write, place, intendedAt, finishedAt);
      if (!wasMade) Object.assign(effect, { status: cause!.inDoubt ? 'in-doubt' : 'rejected', failure: cause!.failure, result: undefined });
      effects.push(effect);
      const code = effect.failure ? { code: effect.failure.code } : {};
      const { system, business, result = null } = effect;
      this.line(finishedAt, 'engine', `effect.${effect.status}`, run.id, { system, business, result, ...code });
    }
    return effects;
  }

  private effect(
    run: Run,
    { node, system, business, record, request, result }: MadeWrite,
    place: number,
    intendedAt: number,
    finishedAt: number,
  ): Effect {
    const words =
      system === 'salesforce'
        ? phrase('WRITE.salesforce', { record })
        : phrase('WRITE.in', { record, systemName: system === 'netsuite' ? 'NetSuite' : 'Kantata' });
    return {
      ...{ key: idempotencyKey(run.id, node, business), run: run.id, node, business, title: inEnglish(words), titleWords: words },
      ...{ system, settle: 'probe', status: 'done', request, result, attempts: 1, intendedAt, finishedAt, place },
    };
  }

  private keep(run: Run, effects: readonly Effect[], attempts: readonly { cause: Cause; at: number }[]): void {
    const forgotten = this.isForgotten(run);
    this.totals[run.status]++;
    this.row('runs', rowOfRun(run, forgotten));
    this.row('sought_runs', rowOfSought(run, ++this.runs, forgotten));
    for (const effect of effects) this.row('effects', rowOfEffect(effect, forgotten));
    if (forgotten) return;
    for (const [index, { cause, at }] of attempts.entries())
      this.row('failed_attempts', [run.id, index + 1, cause.node, JSON.stringify(cause.failure), at]);
  }

  /** What both systems said of each other in the evening of a day. */
  private compare(day: string): void {
    const at = Date.parse(`${day}T19:00:00Z`);
    if (at > this.options.until) return;
    for (const [node, subject] of [
      ['psc-t-reconcile', 'time'],
      ['psc-x-reconcile', 'expenses'],
    ] as const) {
      const [id, matched] = [this.idAt(at), this.random.between(200, 900)];
      const breaks = Array.from({ length: this.random.pick([0, 0, 0, 1, 2, 5, 12]) }, (_, index) => {
        const key = `kantata:${subject === 'time' ? '' : 'expense-'}${7_000_000 + this.random.between(1, 99_999)}`;
        return {
          kind: index % 3 === 2 ? 'missing-in-psa' : 'missing-in-erp',
          key,
          message: `${key} is in one of the systems only (${day}).`,
        };
      });
      const totals = {
        entries: matched,
        amounts: {},
        withoutAmount: 0,
        hashTotal: createHash('sha256').update(`${day}${subject}`).digest('hex').slice(0, 12).replace(/\D/g, '1'),
      };
      const window = { from: addDays(day, -7), to: day };
      const result = JSON.stringify({
        window,
        psa: totals,
        erp: { ...totals, entries: matched - breaks.length },
        matched,
        breaks,
        notCompared: {},
      });
      this.row('reconciliations', [id, at, node, subject, at < this.keptFrom ? forgottenReconciliation(result) : result]);
      const rate = Math.round((10_000 * breaks.length) / (matched + breaks.length));
      this.figures.add({ flow: '', entity: '', region: '', practice: '', figure: 'reconciliation_exception_rate', at, value: rate });
      this.compared = { at, ids: [...(this.compared.at === at ? this.compared.ids : []), id] };
    }
    this.figures.add({
      flow: '',
      entity: '',
      region: '',
      practice: '',
      figure: 'synchronisation_backlog',
      at,
      value: this.random.between(0, 140),
    });
    if (new Date(at).getUTCDay() === 1)
      this.figures.add({
        flow: '',
        entity: '',
        region: '',
        practice: '',
        figure: 'utilization',
        at,
        value: this.random.between(6_200, 8_100),
      });
  }

  private line(at: number, actor: string, action: string, subject: string, detail: NewJournalLine['detail']): void {
    this.journal.add({ at, actor, action, subject, detail });
  }

  /** Nothing more comes of these days. */
  private closeDaysBefore(day: string): void {
    if (this.lastDay === day) return;
    this.lastDay = day;
    for (const { day: over, rows } of this.journal.takeBefore(day)) {
      for (const row of rows) this.row('journal', row);
      this.compare(over);
    }
  }

  private end(): void {
    for (const row of this.figures.rows()) this.row('figures', row);
    for (const row of this.figures.engagementsSince(this.keptFrom)) this.row('engagements', row);
    const place = {
      seq: this.journal.head.seq,
      open: this.open.slice(-1_000),
      compared: this.compared,
      counted: this.options.until,
      firstHeard: this.figures.heardFirst,
    };
    this.row('measured_to', [1, JSON.stringify(place)]);
    this.row('journal_head', [this.journal.head.seq, this.journal.head.hash]);
  }

  private row(table: Table, values: Value[]): void {
    this.pending.add(table, values);
  }

  /** As the product makes ids (engine/time-ordered-id.ts), with nothing that chance has a part in but the seed. */
  private idAt(at: number): string {
    this.sameMs = at === this.lastId ? this.sameMs + 1 : 0;
    this.lastId = at;
    const hex = (value: number, length: number) => value.toString(16).padStart(length, '0').slice(-length);
    const time = hex(at, 12);
    const [one, other, third] = [this.random.between(0, 0xfff), this.random.between(0, 0xffffff), this.random.between(0, 0xffffff)];
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(this.sameMs, 3)}-8${hex(one, 3)}-${hex(other, 6)}${hex(third, 6)}`;
  }
}
