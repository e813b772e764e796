import { outsideInstant } from '../../../model/outside-number.ts';
import { chunks, type KantataApi } from '../wire.ts';
import type { Known } from '../records/ensure-record.ts';
import { idOf, ids, type Row, text } from '../wire/envelope.ts';
import { referenceOf, rowsByReference } from '../records/external-reference.ts';
import { Lookup } from '../records/lookup.ts';

/** Placeholders are left out of lists unless asked for: https://developer.kantata.com/ "Workspace Resources". */
const unnamedToo = { include_unnamed: true };

export interface StaffingLookups {
  resources: Lookup<Known>;
  allocations: Lookup<Known>;
  /** by `skillCode` */
  skills: Lookup<Known>;
  /** by resource id */
  requests: Lookup<Known>;
}

export const skillCode = (resourceId: string, skillId: string) => `${resourceId}:${skillId}`;

/** What exists already for some heads, each kind asked once for all of them. `resourceIds` grows while the call goes on. */
export function staffingLookups(api: KantataApi, heads: string[], resourceIds: Set<string>, signal?: AbortSignal): StaffingLookups {
  const byReference = (collection: string, model: 'staffing' | 'allocation', params: Record<string, boolean>) =>
    new Lookup<Known>(async () => {
      const found = new Map<string, Known>();
      for (const { ref, row } of await rowsByReference(api, collection, model, heads, params, signal)) {
        if (!found.has(ref)) found.set(ref, { id: idOf(row, 'workspace_resources'), referenced: true, row });
      }
      return found;
    });
  return {
    resources: byReference('workspace_resources', 'staffing', unnamedToo),
    allocations: byReference('workspace_allocations', 'allocation', {}),
    skills: new Lookup(() => skillsOf(api, [...resourceIds], signal)),
    requests: new Lookup(() => requestsOf(api, [...resourceIds], signal)),
  };
}

export interface HeadThere {
  code: string;
  row: Row;
  /** where details of heads are asked for */
  skills: { id: string; name: string }[];
}

/** Placeholders of a project that carry this connector's reference: every head that was ever asked for there. */
export async function headsThere(
  api: KantataApi,
  workspaceId: string,
  signal?: AbortSignal,
  include = 'external_references',
): Promise<HeadThere[]> {
  const heads: HeadThere[] = [];
  const params = { ...unnamedToo, workspace_id: workspaceId, include, order: 'created_at:asc' };
  for await (const envelope of api.pages('workspace_resources', params, signal)) {
    for (const row of envelope.results) {
      const reference = referenceOf(api, envelope, row);
      if (reference?.model !== 'staffing') continue;
      const skills = ids(row, 'skill_ids').map((id) => ({ id, name: text(envelope.row('skills', id), 'name') ?? id }));
      heads.push({ code: reference.ref, row, skills });
    }
  }
  return heads;
}

async function skillsOf(api: KantataApi, resourceIds: string[], signal?: AbortSignal): Promise<Map<string, Known>> {
  const found = new Map<string, Known>();
  for (const chunk of chunks(resourceIds)) {
    const params = { ...unnamedToo, only: chunk.join(','), include: 'workspace_resource_skills,skills' };
    for await (const envelope of api.pages('workspace_resources', params, signal)) {
      for (const row of envelope.results) {
        const resource = idOf(row, 'workspace_resources');
        // the skill's record does not say which skill it is unless asked for it; both lists of the resource are in hand
        for (const skill of ids(row, 'skill_ids')) found.set(skillCode(resource, skill), { id: skill, referenced: true, row });
      }
    }
  }
  return found;
}

/**
 * Requests by resource. They carry no external reference and no filter by resource is documented: the pending one is known
 * to its resource; one that was answered meanwhile is found among those made since the resource was.
 */
async function requestsOf(api: KantataApi, resourceIds: string[], signal?: AbortSignal): Promise<Map<string, Known>> {
  const found = new Map<string, Known>();
  const made: (number | undefined)[] = [];
  for (const chunk of chunks(resourceIds)) {
    const params = { ...unnamedToo, only: chunk.join(','), include: 'pending_resource_request' };
    for await (const envelope of api.pages('workspace_resources', params, signal)) {
      for (const row of envelope.results) {
        const pending = text(row, 'pending_resource_request_id');
        if (pending) found.set(idOf(row, 'workspace_resources'), { id: pending, referenced: true, row });
        else made.push(outsideInstant(row['created_at']));
      }
    }
  }
  if (made.length === 0) return found;
  // of a resource that does not say since when it is there, the request may be any of all
  const since = made.every((moment) => moment !== undefined) ? { created_after: new Date(Math.min(...made) - 1000).toISOString() } : {};
  const params = { ...since, include: 'resource', order: 'created_at:asc' };
  const wanted = new Set(resourceIds);
  for await (const envelope of api.pages('resource_requests', params, signal)) {
    for (const row of envelope.results) {
      const resource = text(row, 'resource_id');
      if (resource && wanted.has(resource) && !found.has(resource)) {
        found.set(resource, { id: idOf(row, 'resource_requests'), referenced: true, row });
      }
    }
  }
  return found;
}
