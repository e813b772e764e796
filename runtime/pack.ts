import { createHash } from 'node:crypto';
import type { NodeAPI } from 'node-red';
import { type Clock, systemClock } from '../engine/clock.ts';
import { Engine } from '../engine/engine.ts';
import { Failure } from '../model/failure.ts';
import { canonicalJson } from '../model/json.ts';
import { certificateNotices } from './certificate-notice.ts';
import { emptyCollectingNodes } from './collecting-nodes.ts';
import { Departure } from './departure.ts';
import { JournalWatch } from './journal-watch.ts';
import { logLine } from './log-line.ts';
import { makeStore } from './make-store.ts';
import type { Message } from './message.ts';
import { OpenRunsAt } from './open-runs-at.ts';
import { takeRejections } from './rejections.ts';
import { RunTracking } from './run-tracking.ts';
import { readSettings, type Settings } from './settings.ts';
import { storableFlows } from './storable-flows.ts';
import { WebhookEndpoints } from './webhook/webhook-endpoints.ts';

interface FlowsEvent {
  config?: { flows?: Record<string, unknown>[] };
  type?: string;
  diff?: { changed?: string[]; removed?: string[]; rewired?: string[]; linked?: string[] } | null;
}

export interface SourceState {
  type: string;
  name: string;
  /** epoch ms of the last successful read */
  readAt?: number;
  /** events stored since the node was started */
  stored: number;
  /** it reads nothing, or refuses what it is sent: too many of its runs are open */
  backlog?: boolean;
  /** it is sent events, and so has nothing to read; `readAt` is when the last one was stored */
  listens?: true;
  /** requests since the node was started of which nothing was stored: the sender's doing */
  refused?: number;
  failure?: Failure;
}

/** The one instance that all nodes of a Node-RED share: engine, tracking, and the flows' comings and goings. */
export class Pack {
  readonly RED: NodeAPI;
  readonly settings: Settings;
  readonly engine: Engine;
  readonly tracking: RunTracking;
  readonly clock: Clock;
  readonly departure: Departure;
  readonly openRuns: OpenRunsAt;
  /** why nothing runs; shown by sources, console and sidebar */
  trouble: Failure | undefined;
  /** sources by node id: when each last read its system, and what went wrong if anything did */
  readonly sources = new Map<string, SourceState>();
  /** which nodes are sent events, by path */
  readonly webhooks: WebhookEndpoints;
  /** what cannot be stored of the messages that became runs (requests to be answered), by event id, until the run ends */
  readonly transients = new Map<string, Partial<Message>>();
  /** nodes that the deploy under way replaces or removes; absent = all */
  private replaced: Set<string> | undefined;
  private flowsRun = false;
  private isOpen = false;
  private forgetting: Promise<void> | undefined;
  private journalWatch: JournalWatch | undefined;
  private logged = { code: '', at: 0 };
  private readonly listeners = new Set<() => void>();

  constructor(RED: NodeAPI, clock: Clock = systemClock) {
    this.RED = RED;
    this.clock = clock;
    const userSettings = RED.settings as unknown as { userDir?: string; psConnect?: Record<string, unknown> };
    let settings: Settings;
    try {
      settings = readSettings(userSettings.psConnect, userSettings.userDir, process.env);
    } catch (error) {
      this.trouble = Failure.from(error);
      settings = {
        store: '',
        leaseMs: 15_000,
        concurrency: 1,
        drainMs: 10_000,
        maxBacklog: 10_000,
        anchor: '',
        retentionDays: 90,
        hosts: [],
      };
    }
    this.settings = settings;
    this.engine = new Engine({ ...makeStore(settings), clock, concurrency: settings.concurrency });
    this.tracking = new RunTracking(this.engine);
    this.webhooks = new WebhookEndpoints(RED);
    this.departure = new Departure(() => this.leave());
    this.openRuns = new OpenRunsAt(this);
  }

  /** Begins to follow the flows and opens the store; a store that cannot be opened is tried again, Node-RED starts anyway. */
  start(): void {
    if (this.RED.hooks) this.tracking.install(this.RED);
    this.webhooks.install();
    takeRejections(this.tracking);
    emptyCollectingNodes(this.RED, this.engine, this.tracking, (failure) => this.setTrouble(failure));
    this.departure.watch();
    // a process that exits without having been told to stop: what is asked for already is committed
    process.once('exit', () => void this.engine.store.close());
    const events = this.RED.events;
    events.on('flows:stopping', (event: FlowsEvent) => this.flowsStopping(event));
    events.on('flows:stopped', () => void this.flowsStopped());
    events.on('flows:started', (event: FlowsEvent) => this.flowsStarted(event));
    this.engine.on('storeFailed', (failure) => this.setTrouble(failure));
    this.engine.on('ended', ({ event }, status) => {
      if (status === 'done' || status === 'dead' || status === 'cancelled') this.transients.delete(event.id);
    });
    for (const { message, remedy } of certificateNotices()) logLine(this.RED.log, 'warn', `[ps-connect] ${message} ${remedy}`);
    if (this.trouble) this.logTrouble(this.trouble);
    else void this.openStore();
  }

  /** True when events can be stored; sources read nothing while it is false. */
  get ready(): boolean {
    return this.isOpen && this.flowsRun && !this.trouble;
  }

  /** Calls back whenever `ready` or `trouble` may have changed; the answer stops that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async openStore(): Promise<void> {
    try {
      const { recovered, remarks = [] } = await this.engine.open();
      this.isOpen = true;
      this.setTrouble(undefined);
      for (const remark of remarks) logLine(this.RED.log, 'warn', `[ps-connect] ${remark}`);
      if (recovered > 0) logLine(this.RED.log, 'info', `[ps-connect] ${recovered} runs that were under way are delivered again`);
      if (this.flowsRun) this.engine.start();
      this.changed();
      this.forgetting ??= this.forgetOldRuns();
      this.journalWatch ??= new JournalWatch(this.engine.store, this.clock, this.RED.log);
    } catch (error) {
      this.setTrouble(Failure.from(error));
      this.clock.after(3_000, () => void this.openStore());
    }
  }

  /** Keeps personal data no longer than the retention says; looks once an hour. */
  private async forgetOldRuns(): Promise<void> {
    const { store } = this.engine;
    try {
      while ((await store.forget(this.clock.now() - this.settings.retentionDays * 86_400_000, 500)) === 500);
    } catch (error) {
      logLine(this.RED.log, 'warn', `[ps-connect] old runs could not be cleared: ${Failure.from(error).message}`);
    }
    this.clock.after(3_600_000, () => void this.forgetOldRuns());
  }

  /** Flows that are too large to be kept are no reason not to run them. */
  private revisionNotSaved(failure: Failure): void {
    if (failure.class.startsWith('transient.')) this.setTrouble(failure);
    else logLine(this.RED.log, 'warn', `[ps-connect] the flows could not be kept with their runs: ${failure.message}`);
  }

  private setTrouble(failure: Failure | undefined): void {
    if (failure) this.logTrouble(failure);
    this.trouble = failure;
    this.changed();
  }

  /** Once a minute: a store that takes some writes and not others would fill the log. */
  private logTrouble({ code, message, remedy = '' }: Failure): void {
    const now = this.clock.now();
    if (code === this.logged.code && Math.abs(now - this.logged.at) < 60_000) return;
    this.logged = { code, at: now };
    logLine(this.RED.log, 'error', `[ps-connect] ${message} ${remedy}`);
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  /** A deploy or stop begins: deliver nothing new, and mark the runs that lose messages by it. */
  private flowsStopping({ type, diff }: FlowsEvent): void {
    this.flowsRun = false;
    this.tracking.stopping = true;
    this.engine.pause();
    this.replaced =
      type === 'nodes' && diff
        ? new Set([...(diff.changed ?? []), ...(diff.removed ?? []), ...(diff.rewired ?? []), ...(diff.linked ?? [])])
        : undefined;
    this.markInterrupted();
    this.changed();
  }

  private markInterrupted(): void {
    for (const active of this.engine.active.values()) {
      if (!this.replaced || active.at().some((node) => this.replaced?.has(node))) active.interrupted = true;
    }
  }

  /** All nodes are closed: what they still held is given back, to be delivered to the new flows. */
  private async flowsStopped(): Promise<void> {
    this.markInterrupted(); // messages may have come to a node after it was told to close
    await this.giveBack();
  }

  private async giveBack(): Promise<void> {
    await this.engine.release((active) => active.interrupted).catch((error) => this.setTrouble(Failure.from(error)));
  }

  /** Node-RED stops for good: all runs are given back, and the store is free for others. */
  private async leave(): Promise<void> {
    this.isOpen = false;
    await this.engine.close();
  }

  private flowsStarted({ config }: FlowsEvent): void {
    if (this.departure.stay()) void this.openStore();
    this.flowsRun = true;
    this.tracking.stopping = false;
    this.webhooks.sweep();
    const flows = storableFlows(config?.flows ?? []);
    this.engine.revision = createHash('sha256').update(canonicalJson(flows)).digest('hex').slice(0, 12);
    if (this.isOpen) {
      void this.engine.store
        .saveRevision(this.engine.revision, flows, this.clock.now())
        .catch((error) => this.revisionNotSaved(Failure.from(error)));
      // a deploy is often the remedy for what a run waits for
      void this.giveBack()
        .then(() =>
          this.engine.store.hasten(['auth.denied', 'auth.expired', 'transient.unavailable', 'transient.timeout'], this.engine.clock.now()),
        )
        .catch((error) => this.setTrouble(Failure.from(error)))
        .then(() => {
          if (this.flowsRun) this.engine.start(); // else the next deploy has begun meanwhile
        });
    }
    this.changed();
  }
}

let shared: Pack | undefined;

/** The pack of this Node-RED; made at the first call, which is the plugin's when it is loaded. */
export function packOf(RED: NodeAPI): Pack {
  if (!shared) {
    shared = new Pack(RED);
    shared.start();
  }
  return shared;
}
