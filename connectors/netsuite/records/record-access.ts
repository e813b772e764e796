import type { Told } from '../../../model/failure-sentence.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { RecordAccess } from '../../kit/change-record.ts';
import type { NetSuiteApi, RecordType } from '../wire.ts';
import { aboutRecord } from './about-record.ts';
import { holdsValue } from './field-values.ts';

/** How a record is looked at and changed. Lines are set as a whole. */
export function recordAccess(
  api: NetSuiteApi,
  record: Told,
  { type, id }: { type: RecordType; id: string },
  signal: AbortSignal,
): RecordAccess<JsonObject> {
  return {
    ...{ system: 'netsuite', systemName: 'NetSuite', record },
    read: () => aboutRecord(record, () => api.ifThere(type, { id }, signal)),
    holds: holdsValue,
    readsBack: true,
    write: (values) => aboutRecord(record, () => api.change(type, { id }, values, signal, 'milestone' in values ? 'milestone' : undefined)),
  };
}
