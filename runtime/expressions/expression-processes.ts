import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import { carried } from './carried.ts';
import type { NodeFunction } from './direct/direct-expression.ts';
import { abandoned } from './abandoned.ts';
import { type Limit, limitFailure, type Named } from './limit-failure.ts';
import { limits } from './limits.ts';
import { NotPlain } from './plain-result.ts';
import type { Answer, Question, Task } from './process-messages.ts';

export interface Job {
  named: Named;
  input: unknown;
  functions: Record<string, NodeFunction>;
  signal?: AbortSignal | undefined;
}

interface Waiting extends Job {
  task: Task;
  resolve(value: Json | undefined): void;
  reject(error: unknown): void;
}

const most = 2;
const idleMs = 30_000;
const waiting: Waiting[] = [];
const processes = new Set<ExpressionProcess>();

/**
 * Works an expression out in a process of its own: what runs out of memory or of time there ends that process and nothing else.
 * Others wait for their turn, and are not lost with it.
 */
export async function evaluateApart(job: Job): Promise<Json | undefined> {
  await othersTurn(); // it has been tried here before, and what follows copies the message
  if (job.signal?.aborted) throw abandoned();
  if (waiting.length >= limits.waiting) throw tooMany();
  let task: Task;
  try {
    task = { text: job.named.text, input: carried(job.input), functions: Object.keys(job.functions) };
  } catch (error) {
    throw error instanceof NotPlain ? limitFailure(job.named, error.limit) : error;
  }
  await othersTurn();
  if (job.signal?.aborted) throw abandoned();
  return new Promise((resolve, reject) => {
    const one: Waiting = { ...job, task, resolve, reject };
    const left = () => giveUp(one);
    job.signal?.addEventListener('abort', left, { once: true });
    one.resolve = (value) => {
      job.signal?.removeEventListener('abort', left);
      resolve(value);
    };
    one.reject = (error) => {
      job.signal?.removeEventListener('abort', left);
      reject(error);
    };
    waiting.push(one);
    next();
  });
}

const othersTurn = () => new Promise((resolve) => setImmediate(resolve));

function next(): void {
  for (const each of processes) if (waiting.length > 0 && each.idle) each.take(waiting.shift()!);
  if (waiting.length > 0 && processes.size < most) {
    const started = new ExpressionProcess();
    processes.add(started);
    started.take(waiting.shift()!);
  }
}

function giveUp(job: Waiting): void {
  const place = waiting.indexOf(job);
  if (place >= 0) waiting.splice(place, 1);
  for (const each of processes) if (each.job === job) each.end();
  job.reject(abandoned());
}

function tooMany(): Failure {
  return new Failure({ class: 'transient.unavailable', ...inWords('EXPRESSIONS_WAITING', { most: { count: limits.waiting } }) });
}

class ExpressionProcess {
  job: Waiting | undefined;
  private readonly child: ChildProcess;
  private ready = false;
  private ended = false;
  private timer: NodeJS.Timeout | undefined;

  constructor() {
    this.child = fork(processFile(), [], {
      execArgv: [`--max-old-space-size=${limits.memoryMb}`, '--no-warnings'],
      // nothing of Node-RED's environment, which holds secrets
      env: { ELECTRON_RUN_AS_NODE: '1', ...(process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {}) },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.child.on('message', (message: Answer | Question | { ready: true }) => this.hear(message));
    this.child.on('exit', () => this.lost());
    this.child.on('error', () => this.lost());
    this.hold(false);
  }

  get idle(): boolean {
    return this.job === undefined && !this.ended;
  }

  take(job: Waiting): void {
    clearTimeout(this.timer);
    this.job = job;
    this.hold(true);
    if (this.ready) this.begin();
  }

  /** Ends it now; whoever waits for what it does has been told. */
  end(): void {
    this.ended = true;
    this.job = undefined;
    clearTimeout(this.timer);
    processes.delete(this);
    this.child.kill('SIGKILL');
    this.hold(false);
    next();
  }

  private begin(): void {
    const job = this.job!;
    // jsonata looks at the clock itself; where it cannot, this does
    this.timer = setTimeout(() => this.fail({ kind: 'time' }), limits.timeMs + 200);
    this.send(job.task);
  }

  private fail(limit: Limit): void {
    const { job } = this;
    if (job) job.reject(limitFailure(job.named, limit));
    this.end();
  }

  private hear(message: Answer | Question | { ready: true }): void {
    if (this.ended) return;
    if ('ready' in message) {
      this.ready = true;
      if (this.job) this.begin();
    } else if ('ask' in message) void this.answer(message);
    else this.finish(message);
  }

  private finish(answer: Answer): void {
    const { job } = this;
    this.job = undefined;
    clearTimeout(this.timer);
    this.hold(false);
    this.timer = setTimeout(() => this.end(), idleMs).unref();
    if ('limit' in answer) job?.reject(limitFailure(job.named, answer.limit));
    else if ('error' in answer) job?.reject(new Error(answer.error));
    else job?.resolve(answer.value);
    next();
  }

  /** Of the context or the environment of the node whose expression it is. */
  private async answer({ ask, name, values }: Question): Promise<void> {
    const { job } = this;
    try {
      const value: unknown = await job?.functions[name]?.(...values);
      const { value: sent, missing } = carried({ value });
      if (missing.length > 0) throw new Error(`What $${name} gives cannot leave Node-RED's own process.`);
      this.send({ answered: ask, value: (sent as { value: unknown }).value });
    } catch (error) {
      this.send({ answered: ask, error: error instanceof Error ? error.message : String(error) });
    }
  }

  private send(message: unknown): void {
    if (this.child.connected) this.child.send(message as Task, () => undefined); // one that cannot be sent to has ended: see lost
  }

  private lost(): void {
    if (this.ended) return;
    if (this.ready) this.fail({ kind: 'memory' });
    else {
      this.job?.reject(notStarted());
      this.end();
    }
  }

  /** Node-RED ends when it has nothing else to do, whether this process is there or not. */
  private hold(busy: boolean): void {
    if (busy) {
      this.child.ref();
      this.child.channel?.ref();
    } else {
      this.child.unref();
      this.child.channel?.unref();
    }
  }
}

function notStarted(): Failure {
  return new Failure({ class: 'transient.unavailable', ...inWords('EXPRESSION_PROCESS') });
}

/** Beside the bundle in `dist/`; in the source tree, the source. */
const processFile = () =>
  typeof __dirname === 'undefined' ? join(import.meta.dirname, 'expression-process.ts') : join(__dirname, 'expression-process.js');
