import type { Field } from '../field.ts';
import type { RecordStore } from '../record-store.ts';
import type { Line, Scalar, StoredRecord } from '../state.ts';
import { wallClock } from '../time-zone.ts';
import { SqlDate, type SqlValue } from './sql-value.ts';

/** One row of an analytics table: a record, or a line of one. */
export interface Row {
  record: StoredRecord;
  type: string;
  line?: Line;
  /** main line of a transaction, or a body line */
  main?: boolean;
  sequence?: number;
}

export interface Column {
  value(row: Row): SqlValue;
  /** what BUILTIN.DF shows: the name instead of the id */
  display?(row: Row): SqlValue;
}

export interface Table {
  name: string;
  columns: ReadonlyMap<string, Column>;
  rows(): Row[];
  /** rows with that id or external id, when an index knows them */
  lookUp?(column: string, value: string): Row[] | undefined;
}

/** The column that shows a property of the record (or of the row's line). */
export function propertyColumn(
  store: RecordStore,
  name: string,
  field: Field,
  source: (row: Row) => Record<string, Scalar> = body,
): Column {
  const column: Column = { value: (row) => sqlValue(field, source(row)[name], store.state.timeZone) };
  if (field.kind === 'choice') {
    column.display = (row) => field.options?.[String(source(row)[name])] ?? column.value(row);
  }
  if (field.kind === 'reference') {
    column.display = (row) => {
      const id = source(row)[name];
      const found = id === undefined ? undefined : store.find(field.to ?? [], String(id));
      return found ? String(found.record.fields[found.type.nameField] ?? found.record.id) : column.value(row);
    };
  }
  return column;
}

function body(row: Row): Record<string, Scalar> {
  return row.record.fields;
}

export function idValue(id: string): SqlValue {
  return /^-?\d+$/.test(id) ? Number(id) : id;
}

function sqlValue(field: Field, value: Scalar | undefined, zone: string): SqlValue {
  if (value === undefined) return null;
  switch (field.kind) {
    case 'boolean':
      return value === true ? 'T' : 'F';
    case 'duration':
      return Math.round((Number(value) / 60) * 1e6) / 1e6;
    case 'date':
      return new SqlDate(Date.parse(`${value}T00:00:00Z`));
    case 'dateTime':
      return new SqlDate(wallClock(zone, Date.parse(String(value))));
    case 'reference':
    case 'choice':
      return idValue(String(value));
    case 'number':
    case 'integer':
      return Number(value);
    default:
      return String(value);
  }
}
