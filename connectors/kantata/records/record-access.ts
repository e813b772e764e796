import type { Told } from '../../../model/failure-sentence.ts';
import type { RecordAccess } from '../../kit/change-record.ts';
import type { KantataApi } from '../wire.ts';
import type { Row } from '../wire/envelope.ts';
import { about, holdsValue } from './held-value.ts';

const singular = { workspaces: 'workspace', stories: 'story', workspace_allocations: 'workspace_allocation' } as const;
const hiddenToo = {
  workspaces: { include_archived: true },
  stories: { include_archived: true, archived: 'include' },
  workspace_allocations: {},
} as const;

/** How a project, a story or an allocation is looked at and changed. */
export function recordAccess(
  api: KantataApi,
  record: Told,
  { collection, id }: { collection: keyof typeof singular; id: string },
  signal: AbortSignal,
): RecordAccess<Row> {
  const also = hiddenToo[collection];
  return {
    ...{ system: 'kantata', systemName: 'Kantata', record, settleAfterMs: api.settings.settleAfterMs },
    read: async () => (await about(record, () => api.page(collection, { ...also, only: id }, signal))).results[0],
    holds: holdsValue,
    write: async (values) => void (await about(record, () => api.change(`${collection}/${id}`, singular[collection], values, signal))),
  };
}
