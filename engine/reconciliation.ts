import type { TimeFact, TimeWindow } from '../model/operations.ts';
import { type ControlTotals, controlTotals } from './control-totals.ts';
import { type ComparedField, type Difference, differencesOf } from './time-differences.ts';

export type BreakKind = 'missing-in-erp' | 'missing-in-psa' | 'twice-in-psa' | 'twice-in-erp' | Difference['kind'];

/** What differs of one entry between the two sides. */
export interface Break {
  /** of several differences the first, in the order in which they are compared */
  kind: BreakKind;
  /** business id of the entry */
  key: string;
  psa?: TimeFact;
  erp?: TimeFact;
  /** what both sides say, in words */
  message: string;
  /** everything that differs, when both sides have the entry */
  differences?: Difference[];
  /** why, where the product knows: the run that was parked for it */
  explained?: { run: string; status: string; message: string };
}

export interface Reconciliation {
  window: TimeWindow;
  psa: ControlTotals;
  erp: ControlTotals;
  /** entries that are on both sides and differ in nothing that both tell */
  matched: number;
  breaks: Break[];
  /** of the entries on both sides, how many could not be compared in a field because a side does not tell it */
  notCompared: Partial<Record<ComparedField, number>>;
}

/** Compares approved time (PSA) with posted time (ERP) of one window, entry by entry and in total. */
export function reconcileTime(window: TimeWindow, psaFacts: TimeFact[], erpFacts: TimeFact[]): Reconciliation {
  const breaks: Break[] = [];
  const notCompared: Reconciliation['notCompared'] = {};
  const psa = index(psaFacts, (key, fact) => breaks.push({ kind: 'twice-in-psa', key, psa: fact, message: `${key} is twice in the PSA.` }));
  const erp = index(erpFacts, (key, fact) =>
    breaks.push({ kind: 'twice-in-erp', key, erp: fact, message: `${key} is twice in the ERP (second id ${fact.id}).` }),
  );
  let matched = 0;
  for (const [key, left] of psa) {
    const right = erp.get(key);
    if (!right) {
      breaks.push({
        kind: 'missing-in-erp',
        key,
        psa: left,
        message: `${key}: ${left.minutes} minutes on ${left.workDate} are approved but not posted.`,
      });
      continue;
    }
    const { differences, untold } = differencesOf(left, right);
    for (const field of untold) notCompared[field] = (notCompared[field] ?? 0) + 1;
    const [first] = differences;
    if (!first) {
      matched++;
      continue;
    }
    const message = `${key}: ${differences.map((one) => one.message).join('; ')}.`;
    breaks.push({ kind: first.kind, key, psa: left, erp: right, message, differences });
  }
  for (const [key, right] of erp) {
    if (!psa.has(key)) {
      breaks.push({
        kind: 'missing-in-psa',
        key,
        erp: right,
        message: `${key}: ${right.minutes} minutes on ${right.workDate} are posted but not approved in the PSA.`,
      });
    }
  }
  return { window, psa: controlTotals(psaFacts), erp: controlTotals(erpFacts), matched, breaks, notCompared };
}

function index(facts: TimeFact[], twice: (key: string, fact: TimeFact) => void): Map<string, TimeFact> {
  const byKey = new Map<string, TimeFact>();
  for (const fact of facts) {
    if (byKey.has(fact.key)) twice(fact.key, fact);
    else byKey.set(fact.key, fact);
  }
  return byKey;
}
