import { randomUUID } from 'node:crypto';
import type { RecordChange } from '../store/records.ts';
import type { Row, Value } from '../store/state.ts';
import { instantOf } from '../store/time.ts';
import type { EventSchema } from './event-schema.ts';

/** Who changed it, when and by which way. */
export interface ChangeContext {
  userId: string;
  at: Date;
  /** `client=…` of the call, where it says so */
  client?: string;
}

export type ChangeType = 'CREATE' | 'UPDATE' | 'DELETE' | 'UNDELETE';

export interface Change {
  id: string;
  kind: ChangeType;
  before: Row | undefined;
  row: Row;
}

/** What became of each record of an object in one transaction; one that was made and is gone again is none. */
export function changesOf(sobject: string, changes: readonly RecordChange[]): Change[] {
  const byId = new Map<string, { before: Row | undefined; row: Row }>();
  for (const { type, before, row } of changes) {
    if (type !== sobject) continue;
    byId.set(row.Id, { before: byId.has(row.Id) ? byId.get(row.Id)!.before : before, row });
  }
  return [...byId].flatMap(([id, { before, row }]) => {
    const [was, is] = [before !== undefined && before['IsDeleted'] !== true, row['IsDeleted'] !== true];
    if (!was && !is) return [];
    const kind = was && is ? 'UPDATE' : is ? (before ? 'UNDELETE' : 'CREATE') : 'DELETE';
    return [{ id, kind, before, row } satisfies Change];
  });
}

let commits = Date.now() * 1000;

/** The events of one transaction, as their bytes. `gap`: in their place, that something changed. */
export function changeEvents(
  changes: readonly Change[],
  schema: EventSchema,
  { userId, at, client }: ChangeContext,
  gap?: 'gap' | 'overflow',
): Buffer[] {
  const commit = {
    entityName: 'Opportunity',
    changeOrigin: `com/salesforce/api/rest/66.0${client ? `;client=${client}` : ''}`,
    transactionKey: randomUUID(),
    commitTimestamp: at.getTime(),
    commitNumber: ++commits,
    commitUser: userId,
  };
  const none = { nulledFields: [], diffFields: [], changedFields: [] };
  if (gap === 'overflow') {
    const header = { ...commit, ...none, recordIds: [], changeType: 'GAP_OVERFLOW', sequenceNumber: 1 };
    return [schema.type.toBuffer({ ...empty(schema), ChangeEventHeader: header })];
  }
  return changes.map((change, index) => {
    const { id, kind, row } = change;
    const header = { ...commit, recordIds: [id], sequenceNumber: index + 1 };
    if (gap) return schema.type.toBuffer({ ...empty(schema), ChangeEventHeader: { ...header, ...none, changeType: `GAP_${kind}` } });
    const told = kind === 'DELETE' ? [] : schema.fields.filter((name) => name !== 'ChangeEventHeader' && isTold(change, name));
    const nulled = kind === 'UPDATE' ? told.filter((name) => (row[name] ?? null) === null) : [];
    const bitmaps =
      kind === 'UPDATE' ? { nulledFields: bitmap(schema, nulled), diffFields: [], changedFields: bitmap(schema, told) } : none;
    const values = Object.fromEntries(told.map((name) => [name, valueOf(row[name] ?? null)]));
    return schema.type.toBuffer({ ...empty(schema), ...values, ChangeEventHeader: { ...header, ...bitmaps, changeType: kind } });
  });
}

const isTold = ({ before, row, kind }: Change, name: string) =>
  kind === 'UPDATE' ? (before?.[name] ?? null) !== (row[name] ?? null) : (row[name] ?? null) !== null;

const empty = ({ fields }: EventSchema) => Object.fromEntries(fields.map((name) => [name, null]));

/** One hexadecimal number; its lowest bit is the schema's first field. */
function bitmap({ fields }: EventSchema, names: readonly string[]): string[] {
  const bits = names.reduce((sum, name) => sum | (1n << BigInt(fields.indexOf(name))), 0n);
  return bits === 0n ? [] : [`0x${bits.toString(16).toUpperCase()}`];
}

/** Dates and times are epoch milliseconds. */
function valueOf(value: Value): Value {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d(T[\d:.]+\+0000)?$/.test(value)) return value;
  return value.length === 10 ? Date.parse(value) : instantOf(value).getTime();
}
