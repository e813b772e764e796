import type { ReconciliationRow } from '../answers.ts';

/** How many breaks one reconciliation found, whatever of them is still listed. */
export interface BreakCounts {
  all: number;
  /** no run explains them; of those that are kept no longer nobody knows */
  unexplained: number;
  /** not in this list */
  leftOut: number;
  /** kept no longer */
  forgotten: number;
}

export function breakCounts({ breaks, breaksLeftOut, breaksForgotten = 0 }: ReconciliationRow['result']): BreakCounts {
  const left = breaksLeftOut ?? { breaks: 0, unexplained: 0 };
  return {
    all: breaks.length + left.breaks + breaksForgotten,
    unexplained: breaks.filter((one) => !one.explained).length + left.unexplained,
    leftOut: left.breaks,
    forgotten: breaksForgotten,
  };
}

export function toneOf({ all, unexplained, forgotten }: BreakCounts): 'good' | 'warn' | 'bad' {
  if (all === 0) return 'good';
  return unexplained > 0 || forgotten > 0 ? 'bad' : 'warn';
}
