import { userError } from '../netsuite-error.ts';
import type { RecordStore } from '../record-store.ts';
import type { StoredRecord } from '../state.ts';
import { textOf, type Write } from './write.ts';

export type Lock = 'arLocked' | 'apLocked';

export function periodOf(store: RecordStore, day: string): StoredRecord | undefined {
  return store.all('accountingPeriod').find((period) => {
    const { startDate, endDate, isQuarter, isYear } = period.fields;
    return !isQuarter && !isYear && String(startDate) <= day && day <= String(endDate);
  });
}

/** A closed period refuses everything, a locked one what belongs to its ledger; a day without a period is refused too. */
export function requireOpenPeriod(write: Write, lock?: Lock): void {
  for (const record of [write.before, write.record]) {
    const day = textOf(record, 'tranDate');
    if (day === undefined) continue;
    const fields = periodOf(write.store, day)?.fields;
    if (!fields || fields.closed || fields.allLocked || (lock && fields[lock])) {
      throw userError(write.state, 'periodClosed', [], { path: 'tranDate' });
    }
  }
}
