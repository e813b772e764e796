import type { Sandbox } from '../../../sandbox/server.ts';
import { keyOfErpId } from '../../../sandbox/netsuite/firm/erp-ids.ts';

/** Records of one deal that are there, by kind. What was taken back in Kantata is archived: its API has no deletion of a project. */
export function recordsOf({ netsuite, kantata }: Sandbox, code: string): Record<string, number> {
  const erp = (type: string, belongs: (id: string) => boolean) =>
    Object.values(netsuite.state.records[type] ?? {}).filter(
      ({ externalId, fields }) => externalId !== undefined && belongs(keyOfErpId(externalId)) && fields['isInactive'] !== true,
    ).length;
  const rows = (type: string) => Object.values(kantata.state.rows[type] ?? {});
  const account = code.replace(/^[A-Z]+/, 'ACC');
  const workspaces = rows('workspaces').filter((row) => String(row['title']).startsWith(`${code} `) && row['archived'] !== true);
  const ids = new Set(workspaces.map((row) => String(row['id'])));
  const inProject = (type: string) => rows(type).filter((row) => ids.has(String(row['workspace_id'])));
  const resources = new Set(inProject('workspace_resources').map((row) => String(row['id'])));
  return {
    customer: erp('customer', (id) => id.startsWith(`${account}@`)),
    job: erp('job', (id) => id === code),
    projectTask: erp('projectTask', (id) => id.startsWith(`${code}/`)),
    billingSchedule: erp('billingSchedule', (id) => id.startsWith(`${code}/`)),
    workspace: workspaces.length,
    story: inProject('stories').length,
    request: rows('resource_requests').filter((row) => resources.has(String(row['resource_id']))).length,
    resource: inProject('workspace_resources').filter((row) => !row['user_id']).length,
  };
}

/** A deal of one phase with one task, one milestone and one staffing need. */
export const recordsWanted: Record<string, number> = {
  ...{ customer: 1, job: 1, projectTask: 2, billingSchedule: 1 },
  ...{ workspace: 1, story: 3, request: 1, resource: 1 },
};
