import type { Told } from '../../../model/failure-sentence.ts';
import type { Json } from '../../../model/json.ts';
import type { RecordAccess } from '../../kit/change-record.ts';
import type { KantataApi } from '../wire.ts';
import { idOf, ids, type Row, text } from '../wire/envelope.ts';
import { headDetails } from '../staffing-request/head-details.ts';
import { about, holdsValue } from '../records/held-value.ts';

/**
 * A placeholder with what hangs on it, as one record: its role, its skills (`skills`, ids in their order), and whether somebody is asked to staff it
 * (`requested`). A request that was cancelled cannot be opened again: it is made anew. https://developer.kantata.com/ "Resource Requests".
 */
export function headAccess(api: KantataApi, record: Told, id: string, signal: AbortSignal): RecordAccess<Row> {
  const asked = { include_unnamed: true, include: headDetails, only: id };
  const read = async () => (await about(record, () => api.page('workspace_resources', asked, signal))).results[0];
  return {
    ...{ system: 'kantata', systemName: 'Kantata', record, settleAfterMs: api.settings.settleAfterMs },
    read,
    holds(row, field, value) {
      if (field === 'skills') return String(sorted(ids(row, 'skill_ids'))) === String(sorted(textsOf(value)));
      if (field === 'requested') return (text(row, 'pending_resource_request_id') !== undefined) === value;
      return holdsValue(row, field, value);
    },
    write: (values) =>
      about(record, async () => {
        const { skills, requested, ...fields } = values;
        if (Object.keys(fields).length > 0) await api.change(`workspace_resources/${id}`, 'workspace_resource', fields, signal);
        if (skills !== undefined) await setSkills(api, id, textsOf(skills), signal);
        if (requested === true) {
          const approvers = api.settings.approverIds ?? [await api.ownUserId()];
          await api.create('resource_requests', 'resource_request', { resource_id: id, approver_ids: approvers }, {}, signal);
        }
        const pending = requested === false ? text(await read(), 'pending_resource_request_id') : undefined;
        const cancelled = { request_resolution_status: 'cancel' };
        if (pending !== undefined) await api.change(`resource_requests/${pending}`, 'resource_request', cancelled, signal);
      }),
  };
}

async function setSkills(api: KantataApi, resourceId: string, wanted: readonly string[], signal: AbortSignal): Promise<void> {
  const there = new Map<string, string>();
  const of = { workspace_resource_ids: resourceId, include: 'skill,workspace_resource' };
  for await (const { results } of api.pages('workspace_resource_skills', of, signal)) {
    for (const row of results) {
      const skill = text(row, 'skill_id');
      if (skill !== undefined && text(row, 'workspace_resource_id') === resourceId)
        there.set(skill, idOf(row, 'workspace_resource_skills'));
    }
  }
  for (const skill of wanted) {
    if (there.has(skill)) continue;
    const attributes = { workspace_resource_id: resourceId, skill_id: skill };
    await api.create('workspace_resource_skills', 'workspace_resource_skill', attributes, {}, signal);
  }
  for (const [skill, id] of there) if (!wanted.includes(skill)) await api.remove(`workspace_resource_skills/${id}`, signal);
}

const textsOf = (value: Json): string[] => (Array.isArray(value) ? value.map(String) : []);
const sorted = (values: string[]) => values.toSorted((one, other) => Number(one) - Number(other) || one.localeCompare(other, 'en'));
