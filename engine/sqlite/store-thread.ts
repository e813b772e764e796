import { parentPort, workerData } from 'node:worker_threads';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { storeRefusal } from '../store-refusal.ts';
import { SqliteStore } from './sqlite-store.ts';
import { type Answer, type Call, deepestAnswer, type Part, type ThreadData } from './thread-calls.ts';

/**
 * The thread that owns the file of the embedded store (threaded-store.ts starts it). Calls are begun in the order in which
 * they come; the writes of one message share a commit.
 */
const { file, anchor, closed } = workerData as ThreadData;
const port = parentPort as NonNullable<typeof parentPort>;
const store = new SqliteStore(file, anchor === undefined ? undefined : { file: anchor });
let answers: string[] = [];
/** events that came before their call */
const parts = new Map<number, SourceEvent[]>();

port.on('message', (calls: string) => {
  for (const call of JSON.parse(calls) as (Call | Part)[]) {
    if (isPart(call)) collect(call);
    else begin(call);
  }
});

const isPart = (call: Call | Part): call is Part => call[1] === 'part' || call[1] === 'none';

function collect([id, method, events]: Part): void {
  const before = parts.get(id);
  if (method === 'none') parts.delete(id);
  else if (before) before.push(...events);
  else parts.set(id, events);
}

function begin([id, method, values]: Call): void {
  const refuse = (error: unknown) => answer([id, undefined, (storeRefusal(error) ?? Failure.from(error)).toJSON()]);
  const before = parts.get(id);
  if (before) {
    parts.delete(id);
    const [input] = values as [{ events: SourceEvent[] }];
    before.push(...input.events);
    values = [{ ...input, events: before }];
  }
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
  if (answers.push(textOf(one)) > 1) return;
  queueMicrotask(() => {
    port.postMessage(`[${answers.join(',')}]`);
    answers = [];
  });
}

/** An answer that cannot be handed over concerns the one who asked, and not the store. */
function textOf(one: Answer): string {
  const [id, value, failure] = one;
  try {
    const text = JSON.stringify(value === undefined && !failure ? [id] : one);
    // each level has two brackets
    return text.length < 2 * deepestAnswer || goesBack(value, deepestAnswer) ? text : JSON.stringify(tooDeep(id));
  } catch (error) {
    return JSON.stringify([id, null, (storeRefusal(error) ?? Failure.from(error)).toJSON()] satisfies Answer);
  }
}

/** What the thread can hand over but the other side could not take is noticed here: there nobody would know whose it was. */
function goesBack(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  for (const part of Object.values(value)) if (!goesBack(part, levels - 1)) return false;
  return true;
}

function tooDeep(id: number): Answer {
  const said = inWords('DATA_NOT_STORABLE.stored-too-deep', { levels: deepestAnswer });
  return [id, undefined, new Failure({ class: 'contract.invalid', ...said, field: 'what is stored' }).toJSON()];
}
