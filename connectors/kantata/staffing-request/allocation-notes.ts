import type { StaffingDemand } from '../../../model/types.generated.ts';
import { targetRate } from '../records/titles.ts';

const dot = ' · ';

/** What an unnamed resource has no field for. */
export function notesOf(demand: StaffingDemand): string {
  return [
    `Staffing demand ${demand.code}`,
    demand.phase ? `Phase ${demand.phase}` : undefined,
    demand.region ? `Region ${demand.region}` : undefined,
    demand.targetRate ? `Target rate ${targetRate(demand.targetRate, demand.targetUnit)}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(dot);
}

/** What notes of this connector say behind a label. */
export function noted(notes: string | undefined, label: 'Phase' | 'Region'): string | undefined {
  return notes
    ?.split(dot)
    .find((part) => part.startsWith(`${label} `))
    ?.slice(label.length + 1);
}
