import { addDays, instant } from '../calendar-date.ts';
import type { DayStep } from '../day-step.ts';
import type { Firm } from '../firm.ts';
import type { StaffingAct } from './staffing-script.ts';

/** What resource managers do over the weeks. */
export function staffingSteps(acts: readonly StaffingAct[], firm: Firm): DayStep[] {
  return acts.map((act) => ({
    at: instant(addDays(firm.week0, act.day), act.time),
    what: told(act),
    run: ({ staffing }) => staffing.carryOut(act),
  }));
}

function told(act: StaffingAct): string {
  const { person, project, start, end, certain } = act.booking;
  const who = `${person.firstName} ${person.lastName}`;
  if (act.kind === 'release') return `${who} is released from ${project}`;
  if (act.kind === 'fill') return `${who} fills the need ${act.need}`;
  if (act.kind === 'change') return `the booking of ${who} on ${project} is now ${start} to ${end}${certain ? '' : ', not certain'}`;
  return `${who} is ${certain ? 'booked' : 'held'} for ${project}, ${start} to ${end}`;
}
