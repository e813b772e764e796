import { operationIds, operations, type SystemArea } from '../../declarations/operations.ts';
import { areasOf, type SystemDeclaration } from '../../declarations/system.ts';
import { inEnglish } from '../../model/failure-words.ts';
import { markdownTable } from '../../scripts/docs/markdown-table.ts';
import { type FaultId, faultIds, faultKinds } from './fault-kinds.ts';
import type { Verdict } from './hold-to-it.ts';

/** One row of a system's matrix. */
export interface Held {
  /** the operation, and the way of doing it where there are several */
  name: string;
  verdicts: Record<FaultId, Verdict>;
  /** where it does otherwise than its facts say */
  facts: readonly string[];
}

/** What is said of a system that is for something else. */
const isNone: Readonly<Record<SystemArea, string>> = { crm: 'is no CRM', erp: 'is no ERP', psa: 'is no PSA', business: 'takes no events' };

/** Operation by system: done, or cannot and why. */
export function operationMatrix(systems: readonly SystemDeclaration[]): string {
  const rows = operationIds.map((id) => [
    id,
    ...systems.map((system) => {
      if (system.does.includes(id)) return 'done';
      const why = system.cannot?.[id];
      if (why) return inEnglish(why);
      return areasOf(system).includes(operations[id].area) ? `cannot ${inEnglish(operations[id].words)}` : isNone[operations[id].area];
    }),
  ]);
  return markdownTable(['operation', ...systems.map(({ title }) => title)], rows);
}

/** Operation by kind of fault: at how many calls it was held, or — with a note below. */
export function faultMatrix(held: readonly Held[]): string {
  const notes: string[] = [];
  const noted = (text: string) => {
    if (!notes.includes(text)) notes.push(text);
    return notes.indexOf(text) + 1;
  };
  const cell = (verdict: Verdict) => {
    if ('held' in verdict) return `✓ ${verdict.held}`;
    return 'not' in verdict ? `— ${noted(verdict.not)}` : `✗ ${verdict.wrong.length}`;
  };
  const rows = held.map(({ name, verdicts }) => [name, ...faultIds.map((fault) => cell(verdicts[fault]))]);
  const table = markdownTable(['operation', ...faultIds.map((fault) => faultKinds[fault].short)], rows);
  return [table, '', ...notes.map((text, index) => `— ${index + 1}: ${text}`)].join('\n');
}

/** What was wrong, line by line. */
export function wrongIn(held: readonly Held[]): string[] {
  return held.flatMap(({ name, verdicts, facts }) => [
    ...facts.map((text) => `${name}: ${text}`),
    ...faultIds.flatMap((fault) => {
      const verdict = verdicts[fault];
      return 'wrong' in verdict ? verdict.wrong.map((text) => `${name}, ${faultKinds[fault].title}: ${text}`) : [];
    }),
  ]);
}
