import type { Minutes } from '../../../model/minutes.ts';
import type { StaffingDemand } from '../../../model/types.generated.ts';

/** One person wanted: Kantata's unnamed resource stands for exactly one. */
export interface Head {
  /** `ENG-0001/S1` for the first, `ENG-0001/S1#2` for the second */
  code: string;
  minutes: Minutes;
}

/**
 * A demand's effort shared among its heads in whole minutes; the parts add up to the effort, and the minutes that do not
 * divide go one each to the first heads.
 */
export function headsOf(demand: StaffingDemand): Head[] {
  const count = Math.max(1, demand.headcount);
  const share = Math.floor(demand.effortMinutes / count);
  const left = demand.effortMinutes - share * count;
  return Array.from({ length: count }, (_, index) => ({
    code: index === 0 ? demand.code : `${demand.code}#${index + 1}`,
    minutes: share + (index < left ? 1 : 0),
  }));
}
