import type { JsonObject } from '../../../model/json.ts';
import type { Assignment } from '../../../model/types.generated.ts';
import { comparableVersion } from '../../../model/comparable-version.ts';
import { externalIdOf } from './external-id.ts';
import { fieldText, referredId } from './record-field.ts';

/** Script ids of the fields of the record type, as docs/netsuite-setup.md has them set up. */
export const assignmentFields = {
  project: 'custrecord_psc_project',
  employee: 'custrecord_psc_employee',
  role: 'custrecord_psc_role',
  phase: 'custrecord_psc_phase',
  start: 'custrecord_psc_start',
  end: 'custrecord_psc_end',
  minutes: 'custrecord_psc_minutes',
  percent: 'custrecord_psc_percent',
  booking: 'custrecord_psc_booking',
  state: 'custrecord_psc_state',
  version: 'custrecord_psc_version',
  versionAt: 'custrecord_psc_version_at',
} as const;

const f = assignmentFields;

/** Internal ids of what an assignment refers to. */
export interface AssignmentReferences {
  employee: string;
  job: string;
}

/** The whole record; null clears what an earlier version said. The days are plain dates. */
export function bookedBody(assignment: Assignment, { employee, job }: AssignmentReferences): JsonObject {
  return {
    externalId: externalIdOf(assignment.id),
    name: assignment.id,
    [f.project]: { id: job },
    [f.employee]: { id: employee },
    [f.role]: assignment.role ?? null,
    [f.phase]: assignment.phase ?? null,
    [f.start]: assignment.start,
    [f.end]: assignment.end,
    [f.minutes]: assignment.minutes ?? null,
    [f.percent]: assignment.percent ?? null,
    [f.booking]: assignment.booking,
    [f.state]: 'booked',
    ...versionOf(assignment),
  };
}

/** Who was booked, and for which days, stays to be read. */
export function releasedBody(assignment: Assignment): JsonObject {
  return { [f.state]: 'released', ...versionOf(assignment) };
}

function versionOf({ version, sourceUpdatedAt }: Assignment): JsonObject {
  return { [f.version]: version, [f.versionAt]: sourceUpdatedAt ?? null };
}

/** Does the record say all that is to be written? */
export function says(record: JsonObject, body: JsonObject): boolean {
  return Object.entries(body).every(([field, wanted]) => {
    if (field === 'externalId') return true;
    const there = record[field];
    if (typeof wanted === 'object' && wanted !== null) return referredId(record, field) === referredId(body, field);
    return (there === null || there === '' ? undefined : there) === undefined
      ? wanted === null
      : fieldText(record, field) === String(wanted);
  });
}

/** The record tells of a later state than this one: `undefined` where the two cannot be compared. */
export function isNewer(record: JsonObject, { sourceUpdatedAt }: Assignment): boolean | undefined {
  const there = comparableVersion(record[f.versionAt]);
  const here = comparableVersion(sourceUpdatedAt);
  return there && here && there.kind === here.kind ? there.at > here.at : undefined;
}
