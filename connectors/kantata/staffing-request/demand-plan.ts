import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { called } from '../../../model/record-names.ts';
import type { StaffingDemand } from '../../../model/types.generated.ts';
import type { Known, Writer } from '../records/ensure-record.ts';
import type { Lookup } from '../records/lookup.ts';
import type { Catalog } from './catalog.ts';

/** A demand, with what it refers to in the account. */
export interface DemandPlan {
  demand: StaffingDemand;
  workspaceId: string;
  roleId: string;
  skills: { id: string; name: string }[];
  approverIds: string[];
}

/** What cannot be found is told before anything is written. */
export async function planDemand(demand: StaffingDemand, catalog: Catalog, projects: Lookup<Known>, { api }: Writer): Promise<DemandPlan> {
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
  const skills: DemandPlan['skills'] = [];
  for (const name of new Set(demand.skills ?? [])) {
    const id = await catalog.skill(name, record);
    // names that differ in case or blanks only are one skill
    if (!skills.some((skill) => skill.id === id)) skills.push({ name, id });
  }
  const approverIds = api.settings.approverIds ?? [await api.ownUserId()];
  return { demand, workspaceId: workspace.id, roleId: await catalog.role(demand.role, record), skills, approverIds };
}
