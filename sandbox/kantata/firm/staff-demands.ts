import { KantataDesk, type KantataObject } from './kantata-desk.ts';
import type { SystemAccess } from '../../system-access.ts';

export interface Staffed {
  request: string;
  workspace: string;
  user: string;
}

/**
 * A resource manager goes through the open resource requests and names somebody of the wanted role for each, whoever has been named least.
 * Not a step of the business day: requests arrive only when an integration runs. Calling it again finds nothing open.
 */
export async function staffDemands(access: SystemAccess): Promise<Staffed[]> {
  const kantata = new KantataDesk(access);
  const users = (await kantata.list('users', { include: 'role' })).filter((user) => user['role_id']).toSorted(byId);
  const named = new Map<string, number>();
  const staffed: Staffed[] = [];
  for (const request of (await kantata.list('resource_requests', { pending_requests_only: 'true', include: 'resource' })).toSorted(byId)) {
    const [resource] = await kantata.list('workspace_resources', {
      only: String(request['resource_id']),
      // a placeholder has no user: lists leave it out unless asked
      include_unnamed: 'true',
      include: 'role,workspace',
    });
    const able = users.filter((user) => user['role_id'] === resource?.['role_id']);
    const [user] = able.toSorted((a, b) => (named.get(a.id) ?? 0) - (named.get(b.id) ?? 0));
    if (!resource || !user) continue;
    named.set(user.id, (named.get(user.id) ?? 0) + 1);
    await kantata.update(`resource_requests/${request.id}`, {
      resource_request: { request_resolution_status: 'approve', user_id: user.id },
    });
    staffed.push({ request: request.id, workspace: String(resource['workspace_id']), user: user.id });
  }
  return staffed;
}

function byId(a: KantataObject, b: KantataObject): number {
  return Number(a.id) - Number(b.id);
}
