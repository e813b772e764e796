import type { LeftOut } from '../../model/left-out.ts';
import type { StaffingResult } from '../../model/operations.ts';
import type { StaffingDemand } from '../../model/types.generated.ts';
import { Catalog } from './staffing-request/catalog.ts';
import type { Writer } from './records/ensure-record.ts';
import type { Difference } from '../../model/found-record.ts';
import { examineHead, headsLeftOver } from './staffing-request/examine-staffing.ts';
import { type DemandPlan, planDemand } from './staffing-request/demand-plan.ts';
import { staffHeads } from './staffing-request/staff-heads.ts';
import { headsOf } from './staffing-request/staffing-heads.ts';
import { headsThere, type StaffingLookups, staffingLookups } from './staffing-request/staffing-lookup.ts';
import { workspaceLookup } from './records/workspace-lookup.ts';

/**
 * Asks for people: what is there of a demand is examined, and what differs told, before anything is written.
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
  for (const demand of demands) planned.push(await planDemand(demand, catalog, projects, writer));
  const differences = new Map<string, Difference[]>();
  for (const entry of planned) differences.set(entry.demand.code, await examined(entry, lookups));
  for (const [workspaceId, entries] of Map.groupBy(planned, (entry) => entry.workspaceId)) {
    const asked = entries.map((entry) => entry.demand);
    const left = headsLeftOver(asked, await headsThere(api, workspaceId, context.signal));
    for (const [code, more] of left) differences.set(code, [...(differences.get(code) ?? []), ...more]);
  }
  const result = new Map<string, string[]>(demands.map((demand) => [demand.code, []]));
  const left = new Map<string, LeftOut[]>(demands.map((demand) => [demand.code, []]));
  const wanted = planned.flatMap((entry) => headsOf(entry.demand).map((head) => ({ head, plan: entry })));
  const leftOut = ({ demand }: DemandPlan, fields: LeftOut[]) => void left.get(demand.code)?.push(...fields);
  const requests = await staffHeads(wanted, { lookups, resourceIds }, leftOut, writer);
  for (const [index, { plan }] of wanted.entries()) result.get(plan.demand.code)?.push(requests[index]!);
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
async function examined(entry: DemandPlan, lookups: StaffingLookups): Promise<Difference[]> {
  const differences: Difference[] = [];
  for (const head of headsOf(entry.demand)) {
    const resource = await lookups.resources.find(head.code);
    const allocation = head.minutes > 0 ? await lookups.allocations.find(head.code) : undefined;
    differences.push(...examineHead(head, entry, { resource, allocation }));
  }
  return differences;
}
