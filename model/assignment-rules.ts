import { Decimal } from 'decimal.js';
import { daysFrom } from './calendar-date.ts';
import type { Issue } from './failure.ts';
import { inWords } from './failure-words.ts';
import type { Assignment } from './types.generated.ts';

const minutesOfDay = 1_440;

/**
 * What is wrong with the days and the effort of an assignment whose values are right. One that was released books nothing, so only its days are
 * looked at.
 */
export function assignmentIssues({ start, end, minutes, percent, status }: Assignment): Issue[] {
  if (end < start) return [{ field: 'end', value: end, ...inWords('ASSIGNMENT_DAYS', { start, end }) }];
  if (status === 'released') return [];
  if (minutes === undefined && percent === undefined) return [{ field: 'minutes', ...inWords('ASSIGNMENT_EFFORT') }];
  if (minutes === 0) return [{ field: 'minutes', value: '0', ...inWords('ASSIGNMENT_EFFORT.zero') }];
  if (minutes === undefined && new Decimal(percent!).isZero())
    return [{ field: 'percent', value: percent!, ...inWords('ASSIGNMENT_EFFORT.zero') }];
  const days = daysFrom(start, end);
  if (minutes !== undefined && minutes > days * minutesOfDay) {
    return [{ field: 'minutes', value: String(minutes), ...inWords('ASSIGNMENT_EFFORT.too-much', { minutes, days }) }];
  }
  return [];
}
