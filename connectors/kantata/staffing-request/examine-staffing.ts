import { phrase } from '../../../model/failure-words.ts';
import { foldedName } from '../../../model/folded-name.ts';
import { Comparison, type Difference, recordOfAnother } from '../../../model/found-record.ts';
import type { StaffingDemand } from '../../../model/types.generated.ts';
import { called, withId } from '../../../model/record-names.ts';
import type { Known } from '../records/ensure-record.ts';
import { type Row, text } from '../wire/envelope.ts';
import { noted, notesOf } from './allocation-notes.ts';
import { type Head, headsOf } from './staffing-heads.ts';
import { targetRate } from '../records/titles.ts';

/** Refuses a placeholder that stands in another project. Answers what differs from the demand: who staffs works on with what is there. */
export function examineHead(
  head: Head,
  { demand, workspaceId }: { demand: StaffingDemand; workspaceId: string },
  there: { resource: Known | undefined; allocation: Known | undefined },
): Difference[] {
  const { resource, allocation } = there;
  const record = called.staffingDemand(head.code);
  const project = text(resource?.row, 'workspace_id');
  if (resource && project !== undefined && project !== workspaceId) {
    throw recordOfAnother(
      { system: 'kantata', systemName: 'Kantata', record, id: resource.id },
      {
        field: 'workspace_id',
        there: withId(project),
        wanted: withId(workspaceId, demand.projectCode),
        what: phrase('KANTATA.of-project'),
      },
    );
  }
  const compared = new Comparison(record);
  const role = text(resource?.row, 'role_name');
  if (role !== undefined) compared.told('role', role, demand.role, foldedName(role) === foldedName(demand.role));
  if (allocation) {
    compared
      .text('minutes', text(allocation.row, 'minutes'), String(head.minutes))
      .text('start_date', text(allocation.row, 'start_date'), demand.start)
      .text('end_date', text(allocation.row, 'end_date'), demand.end);
    const notes = text(allocation.row, 'notes');
    if (notes?.startsWith('Staffing demand ')) {
      for (const label of ['Phase', 'Region'] as const)
        compared.text(`notes (${label})`, noted(notes, label), noted(notesOf(demand), label));
    }
    const rate = /Target rate (.+? per (?:hour|day))/.exec(notes ?? '')?.[1];
    if (demand.targetRate) compared.text('notes (Target rate)', rate, targetRate(demand.targetRate, demand.targetUnit));
  }
  return compared.differences;
}

/** Heads that a project has and the deal asks for no more: whoever staffs would go on looking for them. By the demand that tells of them. */
export function headsLeftOver(demands: readonly StaffingDemand[], there: readonly { code: string; row: Row }[]): Map<string, Difference[]> {
  const wanted = new Set(demands.flatMap(headsOf).map(({ code }) => code));
  const left = new Map<string, Difference[]>();
  for (const { code, row } of there) {
    if (wanted.has(code)) continue;
    const of = demands.find((demand) => code.startsWith(`${demand.code}#`)) ?? demands[0];
    const resource = text(row, 'full_name') ?? text(row, 'role_name') ?? withId(text(row, 'id') ?? '');
    const { differences } = new Comparison(called.staffingDemand(code)).told('resource', resource, undefined, false);
    if (of) left.set(of.code, [...(left.get(of.code) ?? []), ...differences]);
  }
  return left;
}
