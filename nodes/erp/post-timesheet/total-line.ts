import type { TotalLine } from '../../../engine/control-totals.ts';
import type { PostedTime } from '../../../model/operations.ts';
import type { TimeEntry } from '../../../model/types.generated.ts';

/** What a posted time entry counts towards its batch's control totals. */
export function totalLine(entry: TimeEntry, posted: PostedTime): TotalLine {
  return {
    key: entry.id,
    minutes: entry.minutes,
    ...(entry.amount ? { amount: entry.amount } : {}),
    ...(posted.legalEntity ? { legalEntity: posted.legalEntity } : {}),
  };
}
