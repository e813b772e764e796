import type { Assignment } from '../../../model/types.generated.ts';
import { assignmentFields as f, type AssignmentReferences } from '../records/assignment-body.ts';
import type { CustomRecordType } from '../records/custom-record-type.ts';
import { keyOfExternalId } from '../records/external-id.ts';
import { dateLiteral, literal, type SuiteQl } from '../wire/suiteql.ts';

/** Other assignments of the person to the project on some of the same days. A planning tool may mean it so: they are told and left. */
export async function overlapping(
  suiteQl: SuiteQl,
  of: { type: CustomRecordType; assignment: Assignment; references: AssignmentReferences; id: string },
  signal: AbortSignal,
): Promise<string[]> {
  const { type, assignment, references, id } = of;
  const conditions = [
    `${f.employee} = ${literal(references.employee)}`,
    `${f.project} = ${literal(references.job)}`,
    `${f.state} = 'booked'`,
    `${f.start} <= ${dateLiteral(assignment.end)}`,
    `${f.end} >= ${dateLiteral(assignment.start)}`,
  ];
  const rows = await suiteQl.all(`SELECT id, externalid FROM ${type} WHERE ${conditions.join(' AND ')} ORDER BY id`, signal);
  return rows.filter((row) => row['id'] !== id).map((row) => (row['externalid'] ? keyOfExternalId(row['externalid']) : `id ${row['id']}`));
}
