import type { ActiveRun } from '../../engine/active-run.ts';
import type { BatchPosted, EngineEvents, WriteMade } from '../../engine/engine-contract.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { Failure } from '../../model/failure.ts';
import { type TraceContext, traceContextIn } from '../../model/trace-context.ts';
import type { Pack } from '../pack.ts';
import { type Place, placesOf } from '../places.ts';
import type { OtlpExporter } from './otlp-exporter.ts';
import type { OtlpSettings } from './otlp-settings.ts';
import { type Span, spanIdOf, traceIdOf } from './span.ts';

type Sampling = Pick<OtlpSettings, 'ratio' | 'followsParent'>;

/** A delivery that is under way in this process. */
interface UnderWay {
  /** absent while it is undone */
  active?: ActiveRun;
  beganAt: number;
}

/**
 * The work of this Node-RED as spans, by the conventions for messaging
 * (https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/): a run is a message that its flow processes.
 *
 * Everything of a run is in one trace: that of the event, where it brought one (`traceparent`), else one that is made of the run's id. So a trace goes on over
 * restarts, replays and instances, and nothing has to be kept for it. In it are the run itself, from its arrival to its end, each of its deliveries, linked to
 * the one before, and in these each write. A batch is a span of its own, with a link to each run that is in it. No span names a record, a person or an address.
 */
export class Traces {
  private readonly pack: Pack;
  private readonly sampling: Sampling;
  private readonly exporter: Pick<OtlpExporter, 'add'>;
  private readonly underWay = new Map<string, UnderWay>();
  /** name and flow of each node and tab; absent = to be read anew */
  private places: Map<string, Place> | undefined;

  constructor(pack: Pack, sampling: Sampling, exporter: Traces['exporter']) {
    this.pack = pack;
    this.sampling = sampling;
    this.exporter = exporter;
    const { engine } = pack;
    engine.on('delivered', (active) => this.underWay.set(active.id, { active, beganAt: pack.clock.now() }));
    engine.on('ended', (run, status) => this.ended(run, status));
    engine.on('wrote', (write) => this.wrote(write));
    engine.on('posted', (batch) => this.posted(batch));
    pack.RED.events.on('flows:started', () => (this.places = undefined));
  }

  private ended(run: Run, status: EngineEvents['ended'][1]): void {
    const delivery = this.underWay.get(run.id);
    if (delivery) this.underWay.delete(run.id);
    if (!this.isKept(run)) return;
    const now = this.pack.clock.now();
    const { failed, retry } = delivery?.active ?? {};
    const failure = status === 'done' ? undefined : (failed ?? retry)?.failure;
    if (delivery) this.delivered(run, status, delivery.beganAt, now, failure);
    if (status === 'done' || status === 'dead' || status === 'cancelled') this.runEnded(run, status, now, failure);
  }

  private delivered(run: Run, status: string, beganAt: number, endedAt: number, failure: Failure | undefined): void {
    const flow = this.nameOf(run.flow);
    this.add(run, {
      ...{ spanId: deliverySpan(run), parentSpanId: runSpan(run), name: `deliver ${flow}`, kind: 'internal', beganAt, endedAt },
      attributes: {
        ...{ 'psconnect.flow': flow, 'psconnect.run': run.id, 'psconnect.outcome': status, 'psconnect.attempt': run.attempts },
        ...(failure ? { 'psconnect.failure.code': failure.code } : {}),
      },
      error: failure?.class,
      // of a run that is delivered again: however long ago that was, and by whatever process
      ...(run.token > 1 ? { links: [{ traceId: contextOf(run).traceId, spanId: deliverySpan({ ...run, token: run.token - 1 }) }] } : {}),
    });
  }

  private runEnded(run: Run, status: string, endedAt: number, failure: Failure | undefined): void {
    const flow = this.nameOf(run.flow);
    const { event } = run;
    this.add(run, {
      ...{ spanId: runSpan(run), name: `process ${flow}`, kind: 'consumer', beganAt: run.renewedAt ?? run.createdAt, endedAt },
      ...(contextOf(run).parent ? { parentSpanId: contextOf(run).parent } : {}),
      attributes: {
        ...{ 'messaging.system': 'ps_connect', 'messaging.operation.name': 'process', 'messaging.operation.type': 'process' },
        ...{ 'messaging.destination.name': flow, 'messaging.message.id': run.id, 'cloudevents.event_type': event.type },
        ...{ 'psconnect.outcome': status, 'psconnect.severity': run.severity },
        ...(failure ? { 'psconnect.failure.code': failure.code } : {}),
      },
      error: status === 'dead' ? (failure?.class ?? '_OTHER') : undefined,
    });
  }

  private wrote({ run, node, system, beganAt, endedAt, failure }: WriteMade): void {
    // what is undone is not delivered, but it is work of the run all the same
    if (!this.underWay.has(run.id)) this.underWay.set(run.id, { beganAt });
    if (!this.isKept(run)) return;
    this.add(run, {
      ...{ spanId: spanIdOf(run.id, run.token, node, system, beganAt, Math.random()), parentSpanId: deliverySpan(run) },
      ...{ name: `write ${system}`, kind: 'client', beganAt, endedAt },
      attributes: {
        ...{ 'psconnect.system': system, 'psconnect.node': this.nameOf(node) },
        ...(failure ? { 'psconnect.failure.code': failure.code, 'psconnect.write.outcome': failure.outcome } : {}),
      },
      error: failure?.class,
    });
  }

  private posted({ node, system, runs, refused, beganAt, endedAt }: BatchPosted): void {
    const kept = runs.filter((run) => this.isKept(run));
    const [first] = kept;
    if (!first) return;
    const name = this.nameOf(node);
    this.exporter.add({
      ...{ traceId: traceIdOf(spanIdOf('batch', node, first.id, beganAt)), spanId: spanIdOf('batch', node, first.id, beganAt) },
      ...{ name: `process ${name}`, kind: 'consumer', beganAt, endedAt },
      attributes: {
        ...{ 'messaging.system': 'ps_connect', 'messaging.operation.name': 'process', 'messaging.operation.type': 'process' },
        ...{ 'messaging.destination.name': name, 'messaging.batch.message_count': runs.length },
        ...{ 'psconnect.system': system, 'psconnect.refused': refused },
      },
      links: kept.slice(0, mostLinks).map((run) => ({ traceId: contextOf(run).traceId, spanId: deliverySpan(run) })),
    });
  }

  private add(run: Run, span: Omit<Span, 'traceId'>): void {
    this.exporter.add({ traceId: contextOf(run).traceId, ...span });
  }

  /** The same for everything of a run, wherever it is asked: who has begun a trace says so, else its id does. */
  private isKept(run: Run): boolean {
    const given = traceOf(run);
    if (given && this.sampling.followsParent) return given.sampled;
    const { ratio } = this.sampling;
    return ratio >= 1 || Number.parseInt(contextOf(run).traceId.slice(-12), 16) < ratio * 2 ** 48;
  }

  private nameOf(id: string): string {
    this.places ??= placesOf(this.pack.RED);
    return this.places.get(id)?.name ?? 'removed';
  }
}

/** as many as collectors take of one span */
const mostLinks = 128;

const traceOf = ({ event }: Run): TraceContext | undefined => traceContextIn(event.attributes?.['traceparent']);

function contextOf(run: Run): { traceId: string; parent?: string } {
  const given = traceOf(run);
  return given ? { traceId: given.traceId, parent: given.spanId } : { traceId: traceIdOf(run.id) };
}

/** The trace that everything of a run is in. */
export const traceOfRun = (run: Run): string => contextOf(run).traceId;

/** A run that a person lets begin anew has a span for each time. */
const runSpan = ({ id, renewedAt = 0 }: Run): string => spanIdOf(id, 'run', renewedAt);
const deliverySpan = ({ id, token }: Run): string => spanIdOf(id, 'delivery', token);
