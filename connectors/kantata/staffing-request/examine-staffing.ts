import { Comparison, type Difference, recordOfAnother } from '../../../model/found-record.ts';
import type { StaffingDemand } from '../../../model/types.generated.ts';
import type { Known } from '../records/ensure-record.ts';
import { text } from '../wire/envelope.ts';
import type { Head } from './staffing-heads.ts';
import { targetRate } from '../records/titles.ts';

/** Refuses a placeholder that stands in another project. Answers what differs from the demand: who staffs works on with what is there. */
export function examineHead(
  head: Head,
  { demand, workspaceId }: { demand: StaffingDemand; workspaceId: string },
  there: { resource: Known | undefined; allocation: Known | undefined },
): Difference[] {
  const { resource, allocation } = there;
  const record = `staffing demand ${head.code}`;
  const project = text(resource?.row, 'workspace_id');
  if (resource && project !== undefined && project !== workspaceId) {
    throw recordOfAnother(
      { system: 'kantata', systemName: 'Kantata', record, id: resource.id },
      { field: 'workspace_id', there: `id ${project}`, wanted: `${demand.projectCode} (id ${workspaceId})`, what: 'project' },
    );
  }
  const compared = new Comparison(record);
  const role = text(resource?.row, 'role_name');
  if (role !== undefined) compared.told('role', role, demand.role, folded(role) === folded(demand.role));
  if (allocation) {
    compared
      .text('minutes', text(allocation.row, 'minutes'), String(head.minutes))
      .text('start_date', text(allocation.row, 'start_date'), demand.start)
      .text('end_date', text(allocation.row, 'end_date'), demand.end);
    const rate = /Target rate (.+? per (?:hour|day))/.exec(text(allocation.row, 'notes') ?? '')?.[1];
    if (demand.targetRate) compared.text('target rate in notes', rate, targetRate(demand.targetRate, demand.targetUnit));
  }
  return compared.differences;
}

/** Names that differ in case or blanks only are the same to a person. */
const folded = (name: string) => name.trim().replace(/\s+/g, ' ').toLowerCase();
