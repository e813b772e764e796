import { isSource, type OperationId, operations } from '../../declarations/operations.ts';
import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { Connector, LineOutcome, PollPage, SourceEvent, StreamPage, TimeFact } from '../../model/operations.ts';
import type { Delivery, Worker } from './mortal-engine.ts';

type Call = (...values: unknown[]) => unknown;

/** What a node does with an operation, by its shape alone. */
export class Operator implements Worker {
  /** what was answered for each event */
  readonly results = new Map<string, Json>();
  private readonly id: OperationId;
  private readonly connect: () => Connector;
  private connector: Connector | undefined;
  private readonly signal = new AbortController().signal;

  constructor(id: OperationId, connect: () => Connector) {
    this.id = id;
    this.connect = connect;
  }

  begin(): void {
    this.connector = this.connect();
  }

  end(): void {
    void this.connector?.close();
    this.connector = undefined;
  }

  /** The events by which a flow comes to ask for it: one for each line of a batch; a source has none. */
  eventsFor(input: unknown): SourceEvent[] {
    const inputs = operations[this.id].shape === 'batch' ? (input as unknown[]) : [input];
    return inputs.map((one, index) => ({
      id: `E${index + 1}`,
      source: '/conformance',
      type: 'com.psconnect.message.received',
      subject: `E${index + 1}`,
      time: '2026-11-23T08:00:00Z',
      key: `E${index + 1}`,
      data: one as Json,
    }));
  }

  page(cursor: Json | undefined, options: unknown): Promise<PollPage> {
    return this.call(cursor, options, this.signal) as Promise<PollPage>;
  }

  stream(cursor: Json | undefined, options: unknown, signal: AbortSignal): AsyncIterable<StreamPage> {
    return this.call(cursor, options, signal) as AsyncIterable<StreamPage>;
  }

  work(deliveries: Delivery[]): Promise<void>[] {
    const { shape } = operations[this.id];
    if (shape === 'batch') return this.batch(deliveries);
    return deliveries.map(async ({ event, effects }) => {
      if (isSource(shape)) return; // what a flow does with an event is no part of it
      const answer = shape === 'list' ? await this.list(event.data) : await this.call(event.data, { effects, signal: this.signal });
      const refused = Array.isArray(answer) ? answer.find((item: { failure?: unknown } | null) => Failure.is(item?.failure)) : undefined;
      if (refused) throw refused.failure;
      this.results.set(event.id, answer as Json);
    });
  }

  private batch(deliveries: Delivery[]): Promise<void>[] {
    const lines = deliveries.map(({ event, effects }) => ({ input: event.data, effects }));
    const outcomes = Promise.resolve(this.call(lines, this.signal)) as Promise<LineOutcome<Json>[]>;
    return deliveries.map(async ({ event }, index) => {
      const outcome = (await outcomes)[index];
      if (!outcome?.ok) throw outcome?.failure ?? new Error('There is no outcome for a line.');
      this.results.set(event.id, outcome.output);
    });
  }

  private async list(window: Json): Promise<Json> {
    const facts: TimeFact[] = [];
    for await (const fact of this.call(window, this.signal) as AsyncIterable<TimeFact>) facts.push(fact);
    return facts as unknown as Json;
  }

  private call(...values: unknown[]): unknown {
    const operation = this.connector?.operations[this.id] as Call | undefined;
    if (!operation) throw new Error(`The connector does not do ${this.id}.`);
    return operation(...values);
  }
}
