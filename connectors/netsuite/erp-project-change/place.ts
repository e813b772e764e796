import type { RecordType } from '../wire.ts';

/** Where a record is: its type, internal id and business key. */
export interface Place {
  type: RecordType;
  id: string;
  key: string;
}
