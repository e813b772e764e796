import { clockHours } from '../../../model/clock-hours.ts';
import type { StaffingDemand } from '../../../model/types.generated.ts';
import { targetRate } from '../records/titles.ts';
import type { Head } from './staffing-heads.ts';

const dot = ' · ';

/** What was asked for, whatever becomes of the allocation when somebody is found for it. */
export const askedOf = ({ start, end, role, skills = [] }: StaffingDemand, { minutes }: Pick<Head, 'minutes'>): string =>
  [`${start} to ${end}`, `${clockHours(minutes)} h`, role, ...skills].join(', ');

/** What an unnamed resource has no field for. */
export function notesOf(demand: StaffingDemand, head?: Head): string {
  return [
    `Staffing demand ${demand.code}`,
    demand.phase ? `Phase ${demand.phase}` : undefined,
    demand.region ? `Region ${demand.region}` : undefined,
    demand.targetRate ? `Target rate ${targetRate(demand.targetRate, demand.targetUnit)}` : undefined,
    head ? `Asked ${askedOf(demand, head)}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(dot);
}

/** What notes of this connector say behind a label. */
export function noted(notes: string | undefined, label: 'Phase' | 'Region' | 'Asked'): string | undefined {
  return notes
    ?.split(dot)
    .find((part) => part.startsWith(`${label} `))
    ?.slice(label.length + 1);
}

/** The notes of one that nobody asks for any more. */
export const notesWithoutAsked = (notes: string): string =>
  notes
    .split(dot)
    .filter((part) => !part.startsWith('Asked '))
    .join(dot);

const labels = ['Staffing demand ', 'Phase ', 'Region ', 'Target rate ', 'Asked '];

/** The notes as they shall be: what persons have added to them stays. */
export function notesWith(notes: string | undefined, demand: StaffingDemand, head: Head): string {
  const others = (notes ?? '').split(dot).filter((part) => part.trim() !== '' && !labels.some((label) => part.startsWith(label)));
  return [notesOf(demand, head), ...others].join(dot);
}
