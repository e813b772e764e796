import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { breakCount } from '../../engine/kept-reconciliation.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { EngineEvents } from '../../engine/engine-contract.ts';
import { connectionsSeen } from '../admin-api/connections-seen.ts';
import { lineOf } from '../log-line.ts';
import type { Pack } from '../pack.ts';
import { type Place, placesOf } from '../places.ts';

/** From what a person waits for at a screen to what waits for a person over a weekend, in seconds. */
const buckets = [0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200, 28_800, 86_400, 259_200];

/** told apart by name */
const mostConsumers = 50;

type SetValue<L extends string> = (labels: Partial<Record<L, string>>, value: number) => void;
type Figures = Awaited<ReturnType<typeof figuresOf>>;

async function figuresOf({ engine: { store } }: Pack) {
  const [counts, standing, open, compared] = await Promise.all([
    store.counts(),
    store.standing(),
    store.openFigures(),
    store.lastReconciliations(0),
  ]);
  return { counts, standing, open, compared };
}

/**
 * What this Node-RED and its store do, as Prometheus reads it. Names and units: https://prometheus.io/docs/practices/naming/. No label is an
 * id of a record, an address or a person. What cannot be asked is left out, never 0: the store's figures while the store is away.
 */
export class Metrics {
  private readonly pack: Pack;
  private readonly registry = new Registry();
  private readonly accepted: Counter<'flow'>;
  private readonly deliveries: Counter<'flow' | 'outcome'>;
  private readonly seconds: Histogram<'flow'>;
  /** name and flow of each node and tab; absent = to be read anew */
  private places: Map<string, Place> | undefined;
  /** what the store holds, as it was read for the scrape under way; absent = it could not be read */
  private figures: Figures | undefined;

  constructor(pack: Pack, version: string) {
    this.pack = pack;
    this.accepted = this.counter('runs_accepted_total', 'Runs that were stored by this process, by the flow that they enter.', ['flow']);
    this.deliveries = this.counter(
      'deliveries_total',
      'Deliveries of runs to their flow that have ended in this process, by what became of the run.',
      ['flow', 'outcome'],
    );
    this.seconds = new Histogram({
      ...{ name: 'psconnect_run_duration_seconds', help: 'From the arrival of an event until its run was done, waiting included.' },
      ...{ labelNames: ['flow'], buckets, registers: [this.registry] },
    });
    this.ofBusinessApis();
    this.gauge('build_info', 'Version of the pack.', ['version'], (set) => set({ version }, 1));
    this.gauge('ready', '1 while events are stored and delivered.', [], (set) => set({}, pack.ready ? 1 : 0));
    this.ofSources();
    this.ofConnections();
    this.ofStore();
    pack.engine.on('accepted', (runs, entry) => this.accepted.inc({ flow: this.flowOf(entry) }, runs.length));
    pack.engine.on('ended', (run, status) => this.ended(run, status));
    pack.RED.events.on('flows:started', () => (this.places = undefined));
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  async text(): Promise<string> {
    // a store that fails just now is told by `psconnect_ready`
    this.figures = this.pack.trouble ? undefined : await figuresOf(this.pack).catch(() => undefined);
    return this.registry.metrics();
  }

  private ended({ flow, createdAt }: Run, status: EngineEvents['ended'][1]): void {
    const name = this.nameOf(flow);
    // `ready`: given back by a deploy or another instance, or to be undone
    this.deliveries.inc({ flow: name, outcome: status });
    if (status === 'done') this.seconds.observe({ flow: name }, Math.max(0, this.pack.clock.now() - createdAt) / 1_000);
  }

  /** Consumers are named by the firm, or by whoever issues tokens: of more than can be told apart in a diagram, the rest is one. */
  private ofBusinessApis(): void {
    const calls = this.counter('business_api_calls_total', 'Calls of business APIs by what they were answered.', [
      'api',
      'consumer',
      'status',
    ]);
    const seconds = new Histogram({
      ...{ name: 'psconnect_business_api_duration_seconds', help: 'From a call until its answer.' },
      ...{ labelNames: ['api'], buckets: buckets.slice(0, 6), registers: [this.registry] },
    });
    const consumers = new Set<string>();
    this.pack.businessApis.answered = ({ api, consumer, status, seconds: took }) => {
      const name = consumer === '' ? 'none' : lineOf(consumer);
      const isTold = consumers.has(name) || (consumers.size < mostConsumers && consumers.add(name).size > 0);
      calls.inc({ api, consumer: isTold ? name : 'others', status: String(status) });
      seconds.observe({ api }, Math.max(0, took));
    };
  }

  private ofSources(): void {
    const of = (id: string, { name }: { name: string }) => ({ source: lineOf(name), flow: this.flowOf(id) });
    this.gauge(
      'source_read_timestamp_seconds',
      'When a source last read its system, or was last sent an event.',
      ['source', 'flow'],
      (set) => {
        for (const [id, source] of this.pack.sources) if (source.readAt !== undefined) set(of(id, source), source.readAt / 1_000);
      },
    );
    this.gauge('source_failing', '1 while a source cannot read its system.', ['source', 'flow'], (set) => {
      for (const [id, source] of this.pack.sources) set(of(id, source), source.failure ? 1 : 0);
    });
    this.gauge('source_full', '1 while a source reads nothing because too many of its runs are open.', ['source', 'flow'], (set) => {
      for (const [id, source] of this.pack.sources) set(of(id, source), source.backlog ? 1 : 0);
    });
  }

  private ofConnections(): void {
    this.gauge('connection_up', '0 while a connection rests, or cannot be set up.', ['connection', 'system'], (set) => {
      for (const { name, id, system, failure, circuit } of connectionsSeen())
        set({ connection: lineOf(name || id), ...(system ? { system } : {}) }, failure || circuit?.['state'] === 'open' ? 0 : 1);
    });
  }

  /** The same from each instance over one store. */
  private ofStore(): void {
    const { engine } = this.pack;
    this.gauge('instances', 'Node-REDs that are alive on the store, this one included.', [], (set) => set({}, engine.instancesAlive));
    this.ofStoreGauge('runs', 'Runs in the store by status.', ['status'], ({ counts }, set) => {
      for (const [status, runs] of Object.entries(counts)) set({ status }, runs);
    });
    const place = ['status', 'flow', 'class', 'severity'] as const;
    this.ofStoreGauge(
      'standing_runs',
      'Dead letters, and runs that wait, by flow, error class and severity.',
      place,
      ({ standing }, set) => {
        const sums = new Map<string, number>();
        for (const { status, flow, class: cause = 'none', severity, runs } of standing) {
          const labels = JSON.stringify({ status, flow: this.nameOf(flow), class: cause, severity });
          sums.set(labels, (sums.get(labels) ?? 0) + runs);
        }
        for (const [labels, runs] of sums) set(JSON.parse(labels) as Record<(typeof place)[number], string>, runs);
      },
    );
    this.ofStoreGauge('oldest_open_run_age_seconds', 'Age of the oldest run that has not ended; 0 = none is open.', [], ({ open }, set) =>
      set({}, open.oldestOpenAt === undefined ? 0 : Math.max(0, this.pack.clock.now() - open.oldestOpenAt) / 1_000),
    );
    this.ofStoreGauge('effects_in_doubt', 'Writes of which nobody knows whether they were made.', [], ({ open }, set) =>
      set({}, open.effectsInDoubt),
    );
    this.ofStoreGauge('approvals_waiting', 'Questions that wait for a person.', [], ({ open }, set) => set({}, open.approvals));
    this.ofStoreGauge('reconciliation_breaks', 'Differences in the newest comparison of each kind.', ['subject'], ({ compared }, set) => {
      for (const { subject, result } of compared) set({ subject }, breakCount(result));
    });
    this.ofStoreGauge('reconciliation_timestamp_seconds', 'When was compared last, by kind.', ['subject'], ({ compared }, set) => {
      for (const { subject, at } of compared) set({ subject }, at / 1_000);
    });
  }

  private counter<L extends string>(name: string, help: string, labelNames: L[]): Counter<L> {
    return new Counter({ name: `psconnect_${name}`, help, labelNames, registers: [this.registry] });
  }

  private gauge<L extends string>(name: string, help: string, labelNames: readonly L[], look: (set: SetValue<L>) => void): void {
    new Gauge<L>({
      ...{ name: `psconnect_${name}`, help, labelNames: [...labelNames], registers: [this.registry] },
      collect() {
        this.reset();
        if (labelNames.length === 0) this.remove(); // else it would be 0 where nothing is known
        look((labels, value) => this.set(labels, value));
      },
    });
  }

  private ofStoreGauge<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    look: (figures: Figures, set: SetValue<L>) => void,
  ): void {
    this.gauge(name, help, labelNames, (set) => {
      if (this.figures) look(this.figures, set);
    });
  }

  private nameOf(id: string): string {
    this.places ??= placesOf(this.pack.RED);
    return this.places.get(id)?.name ?? 'removed';
  }

  private flowOf(node: string): string {
    this.places ??= placesOf(this.pack.RED);
    return this.nameOf(this.places.get(node)?.flow ?? '');
  }
}
