import { type NetSuiteError, userError } from '../netsuite-error.ts';
import type { RecordStore } from '../record-store.ts';
import type { RecordType } from '../record-type.ts';
import type { NetSuiteState, Scalar, StoredRecord } from '../state.ts';

/** A record about to be stored, as the rules see it. `record` is a copy that defaults may fill. */
export interface Write {
  state: NetSuiteState;
  store: RecordStore;
  type: RecordType;
  record: StoredRecord;
  before: StoredRecord | undefined;
  now: Date;
}

export interface Rules {
  /** fills what the system works out by itself */
  defaults?(write: Write): void;
  /** throws the system's refusal */
  check?(write: Write): void;
  /** what else changes once the record is stored */
  after?(write: Write): void;
}

export function textOf(record: StoredRecord | undefined, field: string): string | undefined {
  const value = record?.fields[field];
  return value === undefined ? undefined : String(value);
}

export function setDefault(record: StoredRecord, field: string, value: Scalar | undefined): void {
  if (record.fields[field] === undefined && value !== undefined) record.fields[field] = value;
}

/** The record that a reference field of the written record points to. */
export function referred(write: Write, field: string, from: StoredRecord = write.record): StoredRecord | undefined {
  const id = textOf(from, field);
  const to = write.type.fields[field]?.to ?? [];
  return id === undefined ? undefined : write.store.find(to, id)?.record;
}

export function requireField(write: Write, field: string, label: string): void {
  if (write.record.fields[field] === undefined) throw userError(write.state, 'pleaseEnter', [label]);
}

/** A value that exists but may not be used here: the observed `USER_ERROR` form names the internal field id. */
export function unusable(write: Write, field: string, path = field, id = textOf(write.record, field) ?? ''): NetSuiteError {
  return userError(write.state, 'invalidField', [id, field.toLowerCase()], { path });
}
