import type { RecordStore } from '../record-store.ts';
import { wallClock } from '../time-zone.ts';
import { SqlDate } from './sql-value.ts';
import { idValue, type Row, type Table } from './table.ts';

/** What was deleted and when; the type is the lower-case record id. */
export function deletedRecordTable(store: RecordStore): Table {
  const { deleted, timeZone } = store.state;
  const at = (row: Row) => deleted[Number(row.record.id) - 1];
  const deletedDate = {
    value: (row: Row) => new SqlDate(wallClock(timeZone, Date.parse(at(row)?.deletedDate ?? ''))),
  };
  return {
    name: 'deletedrecord',
    columns: new Map([
      ['id', { value: (row: Row) => idValue(row.record.id) }],
      ['recordid', { value: (row: Row) => idValue(at(row)?.id ?? '') }],
      ['recordtypeid', { value: (row: Row) => at(row)?.type.toLowerCase() ?? null }],
      ['type', { value: (row: Row) => at(row)?.type.toLowerCase() ?? null }],
      ['externalid', { value: (row: Row) => at(row)?.externalId ?? null }],
      ['name', { value: (row: Row) => at(row)?.name ?? null }],
      ['deleteddate', deletedDate],
      ['lastmodifieddate', deletedDate],
    ]),
    rows: () =>
      deleted.map((_record, index) => ({ type: 'deletedRecord', record: { id: String(index + 1), version: 1, fields: {}, lines: {} } })),
  };
}
