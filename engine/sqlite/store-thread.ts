import { parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../model/failure.ts';
import { SqliteStore } from './sqlite-store.ts';
import type { Answer, Call, ThreadData } from './thread-calls.ts';

/**
 * The thread that owns the file of the embedded store (threaded-store.ts starts it). Calls are begun in the order in which
 * they come; the writes of one message share a commit.
 */
const { file, anchor, closed } = workerData as ThreadData;
const port = parentPort as NonNullable<typeof parentPort>;
const store = new SqliteStore(file, anchor === undefined ? undefined : { file: anchor });
let answers: Answer[] = [];

port.on('message', (calls: Call[]) => {
  for (const call of calls) begin(call);
});

function begin([id, method, values]: Call): void {
  const refuse = (error: unknown) => answer([id, undefined, Failure.from(error).toJSON()]);
  try {
    const work = (store[method] as (...values: unknown[]) => Promise<unknown>).apply(store, values);
    work.then((value) => answer([id, value]), refuse);
  } catch (error) {
    refuse(error);
  }
  if (method !== 'close') return;
  Atomics.store(closed, 0, 1);
  Atomics.notify(closed, 0);
}

/** What one commit has settled goes back together. */
function answer(one: Answer): void {
  if (answers.push(one) > 1) return;
  queueMicrotask(() => {
    port.postMessage(answers);
    answers = [];
  });
}
