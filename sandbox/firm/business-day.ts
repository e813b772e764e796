import { instant } from './calendar-date.ts';
import { type DayScript, scriptDay } from './day-script.ts';
import type { DayStep } from './day-step.ts';
import type { Firm } from './firm.ts';
import { salesSteps } from './sales-steps.ts';
import { timeSteps } from './time-steps.ts';

/** The day's steps in order of time. */
export function businessDay(firm: Firm, script: DayScript = scriptDay(firm)): DayStep[] {
  const at = (time: string) => instant(firm.date, time);
  return [...salesSteps(script, at), ...timeSteps(script, at)].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
