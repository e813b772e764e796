import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { LeftOut } from '../../model/left-out.ts';
import type { StaffingResult } from '../../model/operations.ts';
import type { StaffingDemand } from '../../model/types.generated.ts';
import { Catalog } from './staffing-request/catalog.ts';
import { ensureRecord, type Known, type Writer } from './records/ensure-record.ts';
import type { Lookup } from './records/lookup.ts';
import type { Difference } from '../../model/found-record.ts';
import { called } from '../../model/record-names.ts';
import { examineHead, headsLeftOver } from './staffing-request/examine-staffing.ts';
import { notesOf } from './staffing-request/allocation-notes.ts';
import { type Head, headsOf } from './staffing-request/staffing-heads.ts';
import { headsThere, type StaffingLookups, skillCode, staffingLookups } from './staffing-request/staffing-lookup.ts';
import { workspaceLookup } from './records/workspace-lookup.ts';

/**
 * For each head of a demand: an unnamed resource with the role, its skills, a soft allocation that carries the effort in
 * minutes, and last the request for approval, so that whoever is asked sees the whole demand.
 * https://developer.kantata.com/ "Workspace Resources", "Workspace Allocations", "Resource Requests".
 */
export async function requestStaffing(demands: StaffingDemand[], writer: Writer): Promise<StaffingResult> {
  const { api, context } = writer;
  const catalog = new Catalog(api, context.signal);
  const projects = workspaceLookup(api, [...new Set(demands.map((demand) => demand.projectCode))], context.signal);
  const resourceIds = new Set<string>();
  const heads = demands.flatMap(headsOf).map((head) => head.code);
  const lookups = staffingLookups(api, heads, resourceIds, context.signal);
  // everything that can be refused without a write is found out before the first one
  const planned = [];
  for (const demand of demands) planned.push(await plan(demand, catalog, projects, writer));
  const differences = new Map<string, Difference[]>();
  for (const entry of planned) differences.set(entry.demand.code, await examined(entry, lookups));
  for (const [workspaceId, entries] of Map.groupBy(planned, (entry) => entry.workspaceId)) {
    const asked = entries.map((entry) => entry.demand);
    const left = headsLeftOver(asked, await headsThere(api, workspaceId, context.signal));
    for (const [code, more] of left) differences.set(code, [...(differences.get(code) ?? []), ...more]);
  }
  const staffed: { head: Head; plan: Plan; resourceId: string }[] = [];
  for (const entry of planned) {
    for (const head of headsOf(entry.demand)) {
      const resourceId = await unnamedResource(head, entry, lookups, writer);
      resourceIds.add(resourceId);
      staffed.push({ head, plan: entry, resourceId });
    }
  }
  const result = new Map<string, string[]>(demands.map((demand) => [demand.code, []]));
  const left = new Map<string, LeftOut[]>(demands.map((demand) => [demand.code, []]));
  for (const { head, plan: entry, resourceId } of staffed) {
    for (const skill of entry.skills) await resourceSkill(head, skill, resourceId, lookups, writer);
    const leftOut = (fields: LeftOut[]) => void left.get(entry.demand.code)?.push(...fields);
    if (head.minutes > 0) await allocation(head, entry, resourceId, lookups, leftOut, writer);
    result.get(entry.demand.code)?.push(await resourceRequest(head, entry, resourceId, lookups, writer));
  }
  return {
    demands: demands.map(({ code }) => {
      const differing = differences.get(code) ?? [];
      const leftOut = left.get(code) ?? [];
      return {
        code,
        requestIds: result.get(code) ?? [],
        ...(differing.length > 0 ? { differences: differing } : {}),
        ...(leftOut.length > 0 ? { leftOut } : {}),
      };
    }),
  };
}

/** Looks at what is there of a demand already, before anything is written. */
async function examined(entry: Plan, lookups: StaffingLookups): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const head of headsOf(entry.demand)) {
    const resource = await lookups.resources.find(head.code);
    const allocation = head.minutes > 0 ? await lookups.allocations.find(head.code) : undefined;
    differences.push(...examineHead(head, entry, { resource, allocation }));
  }
  return differences;
}

interface Plan {
  demand: StaffingDemand;
  workspaceId: string;
  roleId: string;
  skills: { id: string; name: string }[];
  approverIds: string[];
}

async function plan(demand: StaffingDemand, catalog: Catalog, projects: Lookup<Known>, { api }: Writer): Promise<Plan> {
  const record = called.staffingDemand(demand.code);
  const workspace = await projects.find(demand.projectCode);
  if (!workspace) {
    throw new Failure({
      class: 'mapping.missing',
      ...inWords('PROJECT_UNKNOWN.kantata', { project: demand.projectCode }),
      system: 'kantata',
      record,
      field: 'projectCode',
      value: demand.projectCode,
    });
  }
  const skills: Plan['skills'] = [];
  for (const name of new Set(demand.skills ?? [])) {
    const id = await catalog.skill(name, record);
    // names that differ in case or blanks only are one skill
    if (!skills.some((skill) => skill.id === id)) skills.push({ name, id });
  }
  const approverIds = api.settings.approverIds ?? [await api.ownUserId()];
  return { demand, workspaceId: workspace.id, roleId: await catalog.role(demand.role, record), skills, approverIds };
}

function unnamedResource(head: Head, { demand, workspaceId, roleId }: Plan, lookups: StaffingLookups, writer: Writer): Promise<string> {
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

function allocation(
  head: Head,
  { demand }: Plan,
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
        notes: notesOf(demand),
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

function resourceRequest(head: Head, { approverIds }: Plan, resourceId: string, lookups: StaffingLookups, writer: Writer): Promise<string> {
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
