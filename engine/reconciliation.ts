import type { Words } from '../model/failure-sentence.ts';
import { type FailureText, inWords, wordsOf } from '../model/failure-words.ts';
import type { ExpenseFact, TimeFact, TimeWindow, UnreadableRow } from '../model/operations.ts';
import type { ControlTotals } from './control-totals.ts';
import type { ComparedField, Difference, Differences } from './said-differences.ts';

export type BreakKind =
  'missing-in-erp' | 'missing-in-psa' | 'twice-in-psa' | 'twice-in-erp' | 'unreadable-in-psa' | 'unreadable-in-erp' | Difference['kind'];

/** What one side says of one record. */
export type Fact = TimeFact | ExpenseFact;

/** How records of one kind are compared. */
export interface Comparison<Told extends Fact> {
  subject: 'time' | 'expenses';
  missingInErp(key: string, fact: Told): FailureText;
  missingInPsa(key: string, fact: Told): FailureText;
  differencesOf(psa: Told, erp: Told): Differences;
  totals(facts: Told[]): SideTotals;
}

/** Expenses have no minutes. */
export type SideTotals = Omit<ControlTotals, 'minutes'> & { minutes?: number };

/** What differs of one record between the two sides. */
export interface Break {
  /** of several differences the first, in the order in which they are compared */
  kind: BreakKind;
  /** business id of the record; of a row that does not say it, `#` and the row's id */
  key: string;
  /** the row that cannot be read, with the field that is the reason */
  unreadable?: UnreadableRow;
  psa?: Fact;
  erp?: Fact;
  /** what both sides say, in words */
  message: string;
  /** everything that differs, when both sides have the record */
  differences?: Difference[];
  /** why, where the product knows: the run that was parked for it */
  explained?: { run: string; status: string; message: string; words?: Words };
}

export interface Reconciliation {
  window: TimeWindow;
  psa: SideTotals;
  erp: SideTotals;
  /** records that are on both sides and differ in nothing that both tell */
  matched: number;
  breaks: Break[];
  /** of the records on both sides, how many could not be compared in a field because a side does not tell it */
  notCompared: Partial<Record<ComparedField, number>>;
}

/** Rows of each side that cannot be read. */
export interface Unreadable {
  psa: readonly UnreadableRow[];
  erp: readonly UnreadableRow[];
}

/**
 * Compares what is approved (PSA) with what is posted (ERP) in one window, record by record and in total. One whose row cannot be read on a side is a
 * break of its own: it is neither equal nor missing there, and in no total of that side.
 */
export function reconcileSides<Told extends Fact>(
  comparison: Comparison<Told>,
  window: TimeWindow,
  { psa: psaFacts, erp: erpFacts }: { psa: Told[]; erp: Told[] },
  unreadable: Unreadable = { psa: [], erp: [] },
): Reconciliation {
  const breaks: Break[] = [];
  const notCompared: Reconciliation['notCompared'] = {};
  const psa = index(psaFacts, (key, fact) =>
    breaks.push({ kind: 'twice-in-psa', key, psa: fact, message: inWords('TIME_BREAK.twice-in-psa', { key }).message }),
  );
  const erp = index(erpFacts, (key, fact) =>
    breaks.push({ kind: 'twice-in-erp', key, erp: fact, message: inWords('TIME_BREAK.twice-in-erp', { key, id: fact.id }).message }),
  );
  breaks.push(
    ...unreadable.psa.map((row) => cannotBeRead('psa', row, erp.get(row.key ?? ''))),
    ...unreadable.erp.map((row) => cannotBeRead('erp', row, psa.get(row.key ?? ''))),
  );
  const unread = { psa: keysOf(unreadable.psa), erp: keysOf(unreadable.erp) };
  let matched = 0;
  for (const [key, left] of psa) {
    const right = erp.get(key);
    if (!right) {
      if (unread.erp.has(key)) continue;
      breaks.push({
        kind: 'missing-in-erp',
        key,
        psa: left,
        message: comparison.missingInErp(key, left).message,
      });
      continue;
    }
    const { differences, untold } = comparison.differencesOf(left, right);
    for (const field of untold) notCompared[field] = (notCompared[field] ?? 0) + 1;
    const [first] = differences;
    if (!first) {
      matched++;
      continue;
    }
    const all = { join: 'LIST_SEMICOLON', parts: differences.map(wordsOf) };
    const { message } = inWords('TIME_BREAK.differs', { key, differences: all });
    breaks.push({ kind: first.kind, key, psa: left, erp: right, message, differences });
  }
  for (const [key, right] of erp) {
    if (!psa.has(key) && !unread.psa.has(key)) {
      breaks.push({
        kind: 'missing-in-psa',
        key,
        erp: right,
        message: comparison.missingInPsa(key, right).message,
      });
    }
  }
  return { window, psa: comparison.totals(psaFacts), erp: comparison.totals(erpFacts), matched, breaks, notCompared };
}

const keysOf = (rows: readonly UnreadableRow[]) => new Set(rows.flatMap(({ key }) => key ?? []));

function cannotBeRead(side: 'psa' | 'erp', row: UnreadableRow, other: Fact | undefined): Break {
  const key = row.key ?? `#${row.id}`;
  return {
    kind: `unreadable-in-${side}`,
    key,
    unreadable: row,
    ...(other ? { [side === 'psa' ? 'erp' : 'psa']: other } : {}),
    message: unreadableIn(side, key, row).message,
  };
}

function unreadableIn(side: 'psa' | 'erp', key: string, { id, field, value }: UnreadableRow) {
  if (side === 'psa') {
    return value === undefined
      ? inWords('TIME_BREAK.empty-in-psa', { key, id, field })
      : inWords('TIME_BREAK.unreadable-in-psa', { key, id, field, value });
  }
  return value === undefined
    ? inWords('TIME_BREAK.empty-in-erp', { key, id, field })
    : inWords('TIME_BREAK.unreadable-in-erp', { key, id, field, value });
}

function index<Told extends Fact>(facts: Told[], twice: (key: string, fact: Told) => void): Map<string, Told> {
  const byKey = new Map<string, Told>();
  for (const fact of facts) {
    if (byKey.has(fact.key)) twice(fact.key, fact);
    else byKey.set(fact.key, fact);
  }
  return byKey;
}
