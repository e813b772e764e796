import { phrase } from '../../../model/failure-words.ts';
import type { LeftOut } from '../../../model/left-out.ts';
import { ensureRecord, type Writer } from '../records/ensure-record.ts';
import { notesOf } from './allocation-notes.ts';
import type { DemandPlan } from './demand-plan.ts';
import type { Head } from './staffing-heads.ts';
import { skillCode, type StaffingLookups } from './staffing-lookup.ts';

export interface PlannedHead {
  head: Head;
  plan: DemandPlan;
}

/** What there is of some heads. `resourceIds` grows with each resource that is made or found: skills and requests are looked up by them. */
export interface StaffingBooks {
  lookups: StaffingLookups;
  resourceIds: Set<string>;
}

/**
 * For each head an unnamed resource with the role, its skills, a soft allocation that carries the effort in minutes, and last the request for approval,
 * so that whoever is asked sees the whole demand. Answers the ids of the requests, in the order of the heads.
 */
export async function staffHeads(
  heads: readonly PlannedHead[],
  { lookups, resourceIds }: StaffingBooks,
  leftOut: (plan: DemandPlan, fields: LeftOut[]) => void,
  writer: Writer,
): Promise<string[]> {
  const staffed: (PlannedHead & { resourceId: string })[] = [];
  for (const { head, plan } of heads) {
    const resourceId = await unnamedResource(head, plan, lookups, writer);
    resourceIds.add(resourceId);
    staffed.push({ head, plan, resourceId });
  }
  const requests: string[] = [];
  for (const { head, plan, resourceId } of staffed) {
    for (const skill of plan.skills) await resourceSkill(head, skill, resourceId, lookups, writer);
    if (head.minutes > 0) await allocation(head, plan, resourceId, lookups, (fields) => leftOut(plan, fields), writer);
    requests.push(await resourceRequest(head, plan, resourceId, lookups, writer));
  }
  return requests;
}

function unnamedResource(
  head: Head,
  { demand, workspaceId, roleId }: DemandPlan,
  lookups: StaffingLookups,
  writer: Writer,
): Promise<string> {
  return ensureRecord(
    {
      key: `resource ${head.code}`,
      title: phrase('WRITE.kantata-unnamed', { role: demand.role, code: head.code }),
      collection: 'workspace_resources',
      singular: 'workspace_resource',
      subjectType: 'WorkspaceResource',
      attributes: { workspace_id: workspaceId, role_id: roleId },
      reference: { model: 'staffing', ref: head.code },
      code: head.code,
      lookup: lookups.resources,
    },
    writer,
  );
}

function resourceSkill(head: Head, skill: { id: string; name: string }, resourceId: string, lookups: StaffingLookups, writer: Writer) {
  return ensureRecord(
    {
      key: `skill ${head.code} ${skill.name}`,
      title: phrase('WRITE.kantata-skill', { skill: skill.name, code: head.code }),
      collection: 'workspace_resource_skills',
      singular: 'workspace_resource_skill',
      attributes: { workspace_resource_id: resourceId, skill_id: skill.id },
      code: skillCode(resourceId, skill.id),
      lookup: lookups.skills,
    },
    writer,
  );
}

export function allocation(
  head: Head,
  { demand }: DemandPlan,
  resourceId: string,
  lookups: StaffingLookups,
  leftOut: (fields: LeftOut[]) => void,
  writer: Writer,
): Promise<string> {
  return ensureRecord(
    {
      key: `allocation ${head.code}`,
      title: phrase('WRITE.kantata-allocation', { code: head.code }),
      collection: 'workspace_allocations',
      singular: 'workspace_allocation',
      subjectType: 'WorkspaceAllocation',
      attributes: {
        resource_id: resourceId,
        start_date: demand.start,
        end_date: demand.end,
        minutes: head.minutes,
        hard: false,
        notes: notesOf(demand, head),
      },
      reference: { model: 'allocation', ref: head.code },
      optional: { notes: 'notes' },
      leftOut,
      code: head.code,
      lookup: lookups.allocations,
    },
    writer,
  );
}

function resourceRequest(
  head: Head,
  { approverIds }: DemandPlan,
  resourceId: string,
  lookups: StaffingLookups,
  writer: Writer,
): Promise<string> {
  return ensureRecord(
    {
      key: `request ${head.code}`,
      title: phrase('WRITE.kantata-request', { code: head.code }),
      collection: 'resource_requests',
      singular: 'resource_request',
      // no workspace_allocation_percentage: it would make a second allocation beside the exact one
      attributes: { resource_id: resourceId, approver_ids: approverIds },
      code: resourceId,
      lookup: lookups.requests,
    },
    writer,
  );
}
