import type { Json } from '../model/json.ts';
import { knownSecrets } from '../model/known-secrets.ts';
import { redact } from '../model/redact.ts';
import type { Break, Reconciliation } from './reconciliation.ts';
import { pauses } from './turns.ts';

/** What of a reconciliation is not listed, because there is too much. */
export interface BreaksLeftOut {
  breaks: number;
  /** of these, how many no run explains */
  unexplained: number;
}

/** As it is stored, and then listed. */
export type ListedReconciliation = Reconciliation & {
  breaksLeftOut?: BreaksLeftOut;
  /** so many there were: the single ones are kept no longer */
  breaksForgotten?: number;
};

/** Without e-mail addresses and persons' names: each break is masked by itself, so that none is left out, however many there are. */
export async function maskedReconciliation<T extends Partial<Reconciliation>>(result: T): Promise<T> {
  const { breaks, ...totals } = result;
  if (!Array.isArray(breaks)) return redact(result) as T;
  const masked: Break[] = [];
  for await (const one of maskedBreaks(breaks)) masked.push(one);
  return { ...(redact(totals) as T), breaks: masked };
}

/** One after another; in between others have their turn. */
export async function* maskedBreaks(breaks: readonly Break[]): AsyncGenerator<Break> {
  const pause = pauses();
  for (const one of breaks) {
    yield redact(knownSecrets.withoutIn(one)) as Break;
    const turn = pause();
    if (turn) await turn;
  }
}

/** With so many breaks at most; where there are more, those that no run explains come first, and what is left out is counted. */
export function withFirstBreaks(result: Json, most: number): Json {
  const { breaks } = result as Partial<Reconciliation>;
  if (!breaks || breaks.length <= most) return result;
  const [unexplained, explained] = [breaks.filter((one) => !one.explained), breaks.filter((one) => one.explained)];
  const breaksLeftOut = { breaks: breaks.length - most, unexplained: Math.max(0, unexplained.length - most) };
  return { ...(result as object), breaks: [...unexplained, ...explained].slice(0, most), breaksLeftOut } as unknown as Json;
}

/** How many breaks there were when it was made: those that are shown, left out of a list, and forgotten since. */
export function breakCount(result: Json): number {
  const { breaks = [], breaksLeftOut, breaksForgotten = 0 } = result as Partial<ListedReconciliation>;
  return breaks.length + (breaksLeftOut?.breaks ?? 0) + breaksForgotten;
}

/** A reconciliation keeps its totals, and how many breaks there were. */
export function forgottenReconciliation(result: string): string {
  const known = JSON.parse(result) as { breaks?: Json[] };
  return JSON.stringify({ ...known, breaks: [], breaksForgotten: known.breaks?.length ?? 0 });
}
