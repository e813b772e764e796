import { Worker } from 'node:worker_threads';
import jsonata from 'jsonata';
import type { Answer, Carried, Question, Task } from './process-messages.ts';
import { jsonataOptions } from './jsonata-options.ts';
import type { LimitKind } from './limit-failure.ts';
import { limits } from './limits.ts';
import { NotPlain, plainResult } from './plain-result.ts';

/**
 * The process in which expressions are worked out that may take long (expression-processes.ts starts it, and ends it at its limits).
 * One at a time, by jsonata itself. It has no secrets: an empty environment, and of the message what it is sent.
 */
const compiled = new Map<string, jsonata.Expression>();
const asked = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
let lastQuestion = 0;
const options = jsonataOptions({ timeout: limits.timeMs, stack: limits.depth, sequence: limits.sequence }, (regex) => regex);

process.on('message', (message: Task | { answered: number; value?: unknown; error?: string }) => {
  if ('answered' in message) {
    const question = asked.get(message.answered);
    asked.delete(message.answered);
    if (message.error === undefined) question?.resolve(message.value);
    else question?.reject(new Error(message.error));
    return;
  }
  void work(message).then(send);
});
process.on('disconnect', () => process.exit());
process.on('SIGINT', () => undefined); // the terminal sends it to all; the parent decides

// one that is busy does not notice that its parent is gone
const watch = `const parent = ${process.ppid};
setInterval(() => {
  try { if (process.ppid === parent && process.kill(parent, 0)) return; } catch {}
  process.kill(process.pid, 'SIGKILL');
}, 1000);`;
new Worker(watch, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2 } }).unref();
send({ ready: true });

async function work({ text, input, functions }: Task): Promise<Answer> {
  try {
    const result: unknown = await expressionOf(text, functions).evaluate(openedUp(input));
    return { value: plainResult(result) };
  } catch (error) {
    return said(error);
  }
}

function expressionOf(text: string, functions: readonly string[]): jsonata.Expression {
  const known = compiled.get(text);
  if (known) return known;
  if (compiled.size >= 100) compiled.clear();
  const expression = jsonata(text, options);
  for (const name of functions) expression.assign(name, (...values: unknown[]) => ask(name, values));
  compiled.set(text, expression);
  return expression;
}

/** Asks the node for what only Node-RED knows. */
function ask(name: string, values: unknown[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const id = ++lastQuestion;
    asked.set(id, { resolve, reject });
    send({ ask: id, name, values: JSON.parse(JSON.stringify(values)) as unknown[] });
  });
}

/** What could not be carried here says so when it is read. */
function openedUp({ value, missing }: Carried): unknown {
  for (const path of missing) {
    const name = path.at(-1)!;
    const parent = path.slice(0, -1).reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], value);
    const get = () => {
      throw new NotPlain({ kind: 'message-part', named: path.join('.') });
    };
    Object.defineProperty(parent, name, { get, enumerable: true });
  }
  return value;
}

const limitOf: Record<string, LimitKind> = { D1012: 'time', D1011: 'depth', D2014: 'sequence', D2015: 'sequence' };

function said(error: unknown): Answer {
  if (error instanceof NotPlain) return { limit: error.limit };
  if (error instanceof RangeError) return { limit: { kind: 'size', named: error.message } };
  const { code, message, error: inner } = error as { code?: string; message?: string; error?: unknown };
  if (inner !== undefined) {
    const below = said(inner); // of $eval
    if ('limit' in below) return below;
  }
  const kind = code === undefined ? undefined : limitOf[code];
  return kind === undefined ? { error: String(message ?? code).slice(0, 2_000) } : { limit: { kind } };
}

function send(message: Answer | Question | { ready: true }): void {
  process.send?.(message);
}
