import { randomUUID } from 'node:crypto';
import { maskedReconciliation } from '../../../engine/kept-reconciliation.ts';
import { type Break, type Comparison, type Fact, type Reconciliation, reconcileSides } from '../../../engine/reconciliation.ts';
import type { Run } from '../../../engine/store/runs.ts';
import type { Store } from '../../../engine/store.ts';
import { mapTexts } from '../../../model/bounded-words.ts';
import { addDays, dateOf } from '../../../model/calendar-date.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Json } from '../../../model/json.ts';
import { redactText } from '../../../model/redact.ts';
import type { TellUnreadable, TimeWindow, UnreadableRow } from '../../../model/operations.ts';
import { explainingRuns } from './explaining-runs.ts';

/** One side's list, and whose it is. */
export interface Side<Told> {
  system: string;
  run(window: TimeWindow, signal: AbortSignal, unreadable?: TellUnreadable): AsyncIterable<Told>;
}

/** Reads both sides, compares them, explains each break by the run that was parked for it, unless a newer one of the record is done, and keeps the result, without e-mail addresses. */
export async function runReconciliation<Told extends Fact>(
  comparison: Comparison<Told>,
  ports: { psa: Side<Told>; erp: Side<Told>; store: Store; now: number; node: string },
  lookbackDays: number,
  signal: AbortSignal,
): Promise<Reconciliation & { id: string }> {
  const { psa, erp, store, now } = ports;
  const to = addDays(dateOf(new Date(now)), 1); // a day ahead: it is tomorrow already somewhere
  const window = { from: addDays(to, -lookbackDays - 1), to };
  const odd: Record<'psa' | 'erp', UnreadableRow[]> = { psa: [], erp: [] };
  const [approved, posted] = await Promise.all([
    collect(psa.run(window, signal, (row) => odd.psa.push(row))),
    collect(erp.run(window, signal, (row) => odd.erp.push(row))),
  ]);
  const isOwn = (key: string) => key.startsWith(`${psa.system}:`); // other sources post there too
  const result = reconcileSides(
    comparison,
    window,
    { psa: approved, erp: posted.filter(({ key }) => isOwn(key)) },
    { psa: odd.psa, erp: odd.erp.filter(({ key }) => key === undefined || isOwn(key)) },
  );
  const explaining = await explainingRuns(
    store,
    result.breaks.map(({ key }) => key),
  );
  for (const difference of result.breaks) {
    const run = explaining.get(difference.key);
    if (run) difference.explained = { run: run.id, status: run.status, ...reasonOf(run) };
  }
  const record = { id: randomUUID(), ...result };
  const kept = (await maskedReconciliation(result)) as unknown as Json;
  await store.saveReconciliation({ id: record.id, at: now, node: ports.node, subject: comparison.subject, result: kept });
  return record;
}

/** What the run failed for. Who reads a reconciliation need not see persons. */
function reasonOf({ failure, event }: Run): Pick<NonNullable<Break['explained']>, 'message' | 'words'> {
  if (!failure) {
    const { message, words } = inWords('TIME_BREAK.not-delivered');
    return { message, words };
  }
  const masked = (text: string) => redactText(text, event.data);
  return { message: masked(failure.message), ...(failure.words ? { words: mapTexts(failure.words, masked) } : {}) };
}

async function collect<Told>(facts: AsyncIterable<Told>): Promise<Told[]> {
  const all: Told[] = [];
  for await (const fact of facts) all.push(fact);
  return all;
}
