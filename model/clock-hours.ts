import type { Minutes } from './minutes.ts';

/** `H:MM`, as a clock shows a duration: 450 → `7:30`. */
export function clockHours(minutes: Minutes): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : ''}${Math.floor(size / 60)}:${String(size % 60).padStart(2, '0')}`;
}
