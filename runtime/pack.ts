import { createHash } from 'node:crypto';
import type { NodeAPI } from 'node-red';
import { type Clock, systemClock } from '../engine/clock.ts';
import { Engine } from '../engine/engine.ts';
import type { Run } from '../engine/store/runs.ts';
import { Failure } from '../model/failure.ts';
import { canonicalJson } from '../model/json.ts';
import { certificateNotices } from './certificate-notice.ts';
import { emptyCollectingNodes } from './collecting-nodes.ts';
import { Departure } from './departure.ts';
import { type FlowsEvent, nodesReplacedBy } from './flows-event.ts';
import { logLine } from './log-line.ts';
import { makeStore } from './make-store.ts';
import type { Message } from './message.ts';
import { OpenRunsAt } from './open-runs-at.ts';
import { takeRejections } from './rejections.ts';
import { RunTracking } from './run-tracking.ts';
import { type Settings, usableSettings } from './settings.ts';
import type { SourceState } from './source-state.ts';
import { storableFlows } from './storable-flows.ts';
import { StoreOpening } from './store-opening.ts';
import { TroubleLog } from './trouble-log.ts';
import type { EventChannel } from './event-channels.ts';
import { ApprovalLinks } from './approval-links/approval-links.ts';
import { BusinessApis } from './business-api/business-apis.ts';
import { WebhookEndpoints } from './webhook/webhook-endpoints.ts';

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
  /** nodes that take in or tell events, by node id */
  readonly eventChannels = new Map<string, EventChannel>();
  /** operations that flows offer to callers */
  readonly businessApis: BusinessApis;
  /** questions that are answered by a link in a message */
  readonly approvalLinks: ApprovalLinks;
  /** what cannot be stored of the messages that became runs (requests to be answered), by event id, until the run ends */
  readonly transients = new Map<string, Partial<Message>>();
  /** nodes that the deploy under way replaces or removes; absent = all */
  private replaced: ReadonlySet<string> | undefined;
  private flowsRun = false;
  /** what is done last when Node-RED was told to stop */
  beforeLeaving: () => Promise<void> = () => Promise.resolve();
  private readonly opening: StoreOpening;
  private readonly troubleLog: TroubleLog;
  private readonly listeners = new Set<() => void>();

  constructor(RED: NodeAPI, clock: Clock = systemClock) {
    this.RED = RED;
    this.clock = clock;
    const userSettings = RED.settings as unknown as { userDir?: string; psConnect?: Record<string, unknown> };
    const { settings, trouble } = usableSettings(userSettings.psConnect, userSettings.userDir, process.env);
    this.settings = settings;
    this.trouble = trouble;
    this.engine = new Engine({ ...makeStore(settings), clock, concurrency: settings.concurrency });
    this.tracking = new RunTracking(this.engine);
    this.businessApis = new BusinessApis(RED, this.engine);
    this.approvalLinks = new ApprovalLinks(RED, this.engine);
    this.webhooks = new WebhookEndpoints(RED, [this.businessApis, this.approvalLinks]);
    this.departure = new Departure(async () => {
      await this.opening.end();
      await this.beforeLeaving();
    });
    this.openRuns = new OpenRunsAt(this);
    this.troubleLog = new TroubleLog(RED.log, clock);
    this.opening = new StoreOpening({
      engine: this.engine,
      clock,
      log: RED.log,
      retentionDays: settings.retentionDays,
      typeOf: (node) => RED.nodes.getNode(node)?.type,
      ready: () => this.ready,
      tell: (failure) => this.storeTold(failure),
    });
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
    for (const { message, remedy } of [...certificateNotices(), ...this.settings.remarks])
      logLine(this.RED.log, 'warn', `[ps-connect] ${message} ${remedy}`);
    if (this.trouble) this.troubleLog.say(this.trouble);
    else void this.opening.begin();
  }

  /** True when events can be stored; sources read nothing while it is false. */
  get ready(): boolean {
    return this.opening.isOpen && this.flowsRun && !this.trouble;
  }

  /** Calls back whenever `ready` or `trouble` may have changed; the answer stops that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Flows that are too large to be kept are no reason not to run them. */
  private revisionNotSaved(failure: Failure): void {
    if (failure.class.startsWith('transient.')) this.setTrouble(failure);
    else logLine(this.RED.log, 'warn', `[ps-connect] the flows could not be kept with their runs: ${failure.message}`);
  }

  private setTrouble(failure: Failure | undefined): void {
    if (failure) this.troubleLog.say(failure);
    this.trouble = failure;
    this.changed();
  }

  /** The store is open, or why it is not. */
  private storeTold(failure: Failure | undefined): void {
    this.setTrouble(failure);
    if (!failure && this.flowsRun) this.engine.start();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  /** A deploy or stop begins: deliver nothing new, and mark the runs that lose messages by it. */
  private flowsStopping(event: FlowsEvent): void {
    this.flowsRun = false;
    this.tracking.stopping = true;
    this.engine.pause();
    this.replaced = nodesReplacedBy(event);
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

  private flowsStarted({ config }: FlowsEvent): void {
    if (this.departure.stay()) void this.opening.begin();
    this.flowsRun = true;
    this.tracking.stopping = false;
    this.webhooks.sweep();
    this.businessApis.sweep();
    this.approvalLinks.sweep();
    const flows = storableFlows(config?.flows ?? []);
    this.engine.revision = createHash('sha256').update(canonicalJson(flows)).digest('hex').slice(0, 12);
    if (this.opening.isOpen) {
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

/** The run in whose context this is asked, wherever that is. */
export const currentRun = (): Run | undefined => shared?.tracking.current?.run;

/** The pack of this Node-RED; made at the first call, which is the plugin's when it is loaded. */
export function packOf(RED: NodeAPI): Pack {
  if (!shared) {
    shared = new Pack(RED);
    shared.start();
  }
  return shared;
}
