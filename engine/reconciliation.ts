import { equalMoney } from '../model/money.ts';
import type { TimeFact, TimeWindow } from '../model/operations.ts';
import { type ControlTotals, controlTotals } from './control-totals.ts';

export type BreakKind =
  'missing-in-erp' | 'missing-in-psa' | 'minutes-differ' | 'amount-differs' | 'date-differs' | 'twice-in-psa' | 'twice-in-erp';

/** One difference between the two sides. */
export interface Break {
  kind: BreakKind;
  /** business id of the entry */
  key: string;
  psa?: TimeFact;
  erp?: TimeFact;
  /** what both sides say, in words */
  message: string;
  /** why, where the product knows: the run that was parked for it */
  explained?: { run: string; status: string; message: string };
}

export interface Reconciliation {
  window: TimeWindow;
  psa: ControlTotals;
  erp: ControlTotals;
  matched: number;
  breaks: Break[];
}

/** Compares approved time (PSA) with posted time (ERP) of one window, entry by entry and in total. */
export function reconcileTime(window: TimeWindow, psaFacts: TimeFact[], erpFacts: TimeFact[]): Reconciliation {
  const breaks: Break[] = [];
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
    const difference = differenceOf(key, left, right);
    if (difference) breaks.push(difference);
    else matched++;
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
  return { window, psa: controlTotals(psaFacts), erp: controlTotals(erpFacts), matched, breaks };
}

function differenceOf(key: string, psa: TimeFact, erp: TimeFact): Break | undefined {
  if (psa.minutes !== erp.minutes) {
    return { kind: 'minutes-differ', key, psa, erp, message: `${key}: ${psa.minutes} minutes approved, ${erp.minutes} posted.` };
  }
  if (psa.workDate !== erp.workDate) {
    return { kind: 'date-differs', key, psa, erp, message: `${key}: worked on ${psa.workDate}, posted on ${erp.workDate}.` };
  }
  if (psa.amount && erp.amount && !equalMoney(psa.amount, erp.amount)) {
    return {
      kind: 'amount-differs',
      key,
      psa,
      erp,
      message: `${key}: ${psa.amount.amount} ${psa.amount.currency} approved, ${erp.amount.amount} ${erp.amount.currency} posted.`,
    };
  }
  return undefined;
}

function index(facts: TimeFact[], twice: (key: string, fact: TimeFact) => void): Map<string, TimeFact> {
  const byKey = new Map<string, TimeFact>();
  for (const fact of facts) {
    if (byKey.has(fact.key)) twice(fact.key, fact);
    else byKey.set(fact.key, fact);
  }
  return byKey;
}
