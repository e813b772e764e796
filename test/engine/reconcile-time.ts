import { type Reconciliation, reconcileSides, type Unreadable } from '../../engine/reconciliation.ts';
import { timeComparison } from '../../engine/time-comparison.ts';
import type { TimeFact, TimeWindow } from '../../model/operations.ts';

export const reconcileTime = (window: TimeWindow, psa: TimeFact[], erp: TimeFact[], unreadable?: Unreadable): Reconciliation =>
  reconcileSides(timeComparison, window, { psa, erp }, unreadable);
