import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Failure } from '../../model/failure.ts';
import type { Param } from '../../model/failure-sentence.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { type Store, storeCalls } from '../store.ts';
import { storeRefusal } from '../store-refusal.ts';
import { pauses } from '../turns.ts';
import type { Answer, Call, Part, ThreadData } from './thread-calls.ts';

const methods = Object.keys(storeCalls) as (keyof Store)[];

/** The embedded store in a thread of its own: neither a commit nor a search through a million runs holds up a flow. */
export function threadedStore(file: string, anchor?: string): Store {
  let thread: StoreThread | undefined;
  const ask = (method: keyof Store, values: unknown[]): Promise<unknown> => {
    if (method === 'open' && !thread?.alive) thread = new StoreThread(file, anchor);
    if (thread?.alive) return thread.ask(method, values);
    return method === 'close' ? Promise.resolve() : Promise.reject(notOpen());
  };
  const asking = (method: keyof Store) => [method, (...values: unknown[]) => ask(method, values)];
  return Object.fromEntries(methods.map(asking));
}

/** From opening to closing. */
class StoreThread {
  alive = true;
  private readonly worker: Worker;
  private readonly closed = new Int32Array(new SharedArrayBuffer(4));
  private readonly waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  private calls: (Call | Part)[] = [];
  private lastId = 0;

  constructor(file: string, anchor: string | undefined) {
    this.worker = new Worker(threadFile(), {
      workerData: { file, anchor, closed: this.closed } satisfies ThreadData,
      name: 'ps-connect store',
    });
    this.worker.on('message', (answers: string) => this.hear(JSON.parse(answers) as Answer[]));
    this.worker.on('error', (error) => this.lose(error));
    this.worker.on('exit', () => this.lose(new Error('its thread has ended'), phrase('STORE_ERROR.thread-ended')));
    this.worker.unref(); // the process lives as long as it has something to do, not as long as it has a store
  }

  /** What is asked in one turn of the event loop goes over together, and is committed together. */
  ask(method: keyof Store, values: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.waiting.size === 0) this.worker.ref();
      const id = ++this.lastId;
      this.waiting.set(id, { resolve, reject });
      const [input] = values as [Accept];
      if (method === 'accept' && input.events.length > atOnce) void this.askInParts(id, input);
      else this.queue([id, method, values]);
      if (method === 'close') this.close();
    });
  }

  /** Very many events take their time to go over; the call is made, and all are committed together, when the last of them has. */
  private async askInParts(id: number, { events, ...input }: Accept): Promise<void> {
    const pause = pauses();
    let from = 0;
    for (let size = 25; from + size < events.length;) {
      const began = performance.now();
      this.post([[id, 'part', events.slice(from, from + size)]]);
      from += size;
      size = performance.now() - began > 2 ? Math.ceil(size / 2) : Math.min(size * 2, atOnce); // large ones take longer
      const turn = pause();
      if (turn) await turn;
      if (!this.alive) return this.settle(id, notOpen());
      if (!this.waiting.has(id)) return this.post([[id, 'none', []]]); // one part could not be handed over
    }
    this.queue([id, 'accept', [{ ...input, events: events.slice(from) }]]);
  }

  private queue(call: Call): void {
    if (this.calls.push(call) === 1) setImmediate(() => this.send());
  }

  private send(): void {
    const { calls } = this;
    this.calls = [];
    if (calls.length > 0) this.post(calls);
  }

  /** A call that cannot be handed over is refused, and it alone. */
  private post(calls: (Call | Part)[]): void {
    try {
      this.worker.postMessage(JSON.stringify(calls));
    } catch (error) {
      if (calls.length === 1) this.settle(calls[0]![0], storeRefusal(error) ?? Failure.from(error));
      else for (const call of calls) this.post([call]);
    }
  }

  private hear(answers: Answer[]): void {
    for (const [id, value, failure] of answers) this.settle(id, failure && new Failure(failure), value);
  }

  private settle(id: number, failure: Failure | undefined, value?: unknown): void {
    const one = this.waiting.get(id);
    if (!this.waiting.delete(id)) return;
    if (failure) one?.reject(failure);
    else one?.resolve(value);
    if (this.waiting.size > 0) return;
    if (this.alive) this.worker.unref();
    else void this.worker.terminate();
  }

  /** Holds the process until all that was asked for is on disk and the file is free: one that exits gets no more turns. */
  private close(): void {
    this.send();
    Atomics.wait(this.closed, 0, 0, 10_000);
    this.alive = false;
  }

  private lose(error: Error, said: Param = error.message): void {
    this.alive = false;
    const failure = new Failure({ class: 'transient.unavailable', ...inWords('STORE_ERROR.thread', { said }) }, { cause: error });
    for (const { reject } of this.waiting.values()) reject(failure);
    this.waiting.clear();
  }
}

type Accept = Parameters<Store['accept']>[0];

/** So many events are handed over at once. */
const atOnce = 200;

/** Beside the bundle in `dist/`; in the source tree, the source. */
const threadFile = () =>
  typeof __dirname === 'undefined' ? join(import.meta.dirname, 'store-thread.ts') : join(__dirname, 'store-thread.js');

function notOpen(): Failure {
  return new Failure({ class: 'transient.unavailable', ...inWords('STORE_CLOSED') });
}
