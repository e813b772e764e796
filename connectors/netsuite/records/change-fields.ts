import type { Told, Words } from '../../../model/failure-sentence.ts';
import type { OperationContext } from '../../../model/operations.ts';
import { type ChangedFields, changeRecord } from '../../kit/change-record.ts';
import type { NetSuiteUndo } from '../undo.ts';
import type { PuttingBack } from '../undo/may-go-back.ts';
import type { NetSuiteApi, RecordType } from '../wire.ts';
import { recordAccess } from './record-access.ts';

export interface FieldsToChange {
  type: RecordType;
  id: string;
  /** business key of the record */
  externalId: string;
  /** business key of the write */
  key: string;
  title: Words;
  /** what a person calls the record */
  record: Told;
  fields: ChangedFields;
  undoing?: PuttingBack;
}

/** Changes fields of a record that was examined, as one effect that can be undone. */
export async function changeFields(api: NetSuiteApi, change: FieldsToChange, { effects, signal }: OperationContext): Promise<void> {
  const { type, id, externalId, key, title, record, fields, undoing } = change;
  const undo: NetSuiteUndo = { type, externalId, id, former: fields, ...(undoing ? { undoing } : {}) };
  await changeRecord(effects, recordAccess(api, record, { type, id }, signal), { key, title, fields, undo });
}
