import type { Told } from '../../../model/failure-sentence.ts';
import type { RecordAccess } from '../../kit/change-record.ts';
import { recordAccess } from '../records/record-access.ts';
import type { KantataApi } from '../wire.ts';
import type { Row } from '../wire/envelope.ts';
import { headAccess } from './head-access.ts';
import type { Place } from './place.ts';

/** How a record that an amendment changes is looked at and changed. */
export function accessTo(
  api: KantataApi,
  record: Told,
  { collection, id }: Pick<Place, 'collection' | 'id'>,
  signal: AbortSignal,
): RecordAccess<Row> {
  if (collection === 'workspace_resources') return headAccess(api, record, id, signal);
  return recordAccess(api, record, { collection, id }, signal);
}
