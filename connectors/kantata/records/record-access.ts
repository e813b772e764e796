import type { Told } from '../../../model/failure-sentence.ts';
import { Failure } from '../../../model/failure.ts';
import type { Json } from '../../../model/json.ts';
import type { RecordAccess } from '../../kit/change-record.ts';
import type { KantataApi } from '../wire.ts';
import { type Row, text } from '../wire/envelope.ts';

const singular = { workspaces: 'workspace', stories: 'story' } as const;
const hiddenToo = { include_archived: true, archived: 'include' };

/** How a project or a story is looked at and changed. */
export function recordAccess(
  api: KantataApi,
  record: Told,
  { collection, id }: { collection: keyof typeof singular; id: string },
  signal: AbortSignal,
): RecordAccess<Row> {
  const also = collection === 'stories' ? hiddenToo : { include_archived: true };
  return {
    ...{ system: 'kantata', systemName: 'Kantata', record, settleAfterMs: api.settings.settleAfterMs },
    read: async () => (await about(record, () => api.page(collection, { ...also, only: id }, signal))).results[0],
    holds: holdsValue,
    write: async (values) => void (await about(record, () => api.change(`${collection}/${id}`, singular[collection], values, signal))),
  };
}

function holdsValue(row: Row, field: string, value: Json): boolean {
  if (typeof value === 'boolean') return (row[field] === true) === value;
  return plain(text(row, field)) === plain(value === null ? undefined : String(value));
}

/** Line ends and blanks at the ends are Kantata's to change. */
const plain = (value: string | undefined) => (value ?? '').replace(/\r\n?/g, '\n').trim();

async function about<T>(record: Told, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    throw Failure.is(error) && !error.record ? error.with({ record }) : error;
  }
}
