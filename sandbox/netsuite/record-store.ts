import type { RecordType } from './record-type.ts';
import { knownType, recordTypes } from './record-types.ts';
import type { NetSuiteState, StoredRecord } from './state.ts';

interface Place {
  type: string;
  id: string;
}

/** The records of a state with the indexes that the state, being plain data, cannot hold: external id, unique name. */
export class RecordStore {
  readonly state: NetSuiteState;
  private readonly externalIds = new Map<string, Place>();
  private readonly names = new Map<string, string>();

  constructor(state: NetSuiteState) {
    this.state = state;
    for (const type of recordTypes) for (const record of this.all(type.name)) this.index(type, record);
  }

  /** In the order of internal ids. */
  all(type: string): StoredRecord[] {
    return Object.values(this.table(type));
  }

  ids(type: string): string[] {
    return Object.keys(this.table(type));
  }

  get(type: string, id: string): StoredRecord | undefined {
    const table = this.table(type);
    return Object.hasOwn(table, id) ? table[id] : undefined;
  }

  /** A reference may point to one of several types: `timeBill.customer` holds a customer or a project. */
  find(types: readonly string[], id: string): { type: RecordType; record: StoredRecord } | undefined {
    for (const name of types) {
      const record = this.get(name, id);
      if (record) return { type: knownType(name), record };
    }
    return undefined;
  }

  byExternalId(type: RecordType, externalId: string): StoredRecord | undefined {
    const place = this.holder(type, externalId);
    return place?.type === type.name ? this.get(place.type, place.id) : undefined;
  }

  /** Which record of the group carries the external id (the case of letters does not count). */
  holder(type: RecordType, externalId: string): Place | undefined {
    return this.externalIds.get(externalKey(type, externalId));
  }

  nameHolder(type: RecordType, record: StoredRecord): string | undefined {
    const key = nameKey(type, record);
    return key === undefined ? undefined : this.names.get(key);
  }

  newId(type: RecordType): string {
    const next = this.state.nextId[type.group] ?? 1;
    this.state.nextId[type.group] = next + 1;
    return String(next);
  }

  /** Stores a new record or the next version of one. */
  put(type: RecordType, record: StoredRecord): void {
    const before = this.get(type.name, record.id);
    if (before) this.unindex(type, before);
    this.table(type.name)[record.id] = record;
    this.index(type, record);
    const taken = Number(record.id);
    if (taken >= (this.state.nextId[type.group] ?? 1)) this.state.nextId[type.group] = taken + 1;
  }

  remove(type: RecordType, record: StoredRecord, deletedDate: string): void {
    this.unindex(type, record);
    delete this.table(type.name)[record.id];
    this.state.deleted.push({
      id: record.id,
      type: type.name,
      ...(record.externalId === undefined ? {} : { externalId: record.externalId }),
      name: String(record.fields[type.nameField] ?? record.id),
      deletedDate,
    });
  }

  private table(type: string): Record<string, StoredRecord> {
    let table = this.state.records[type];
    if (!table) {
      table = {};
      this.state.records[type] = table;
    }
    return table;
  }

  private index(type: RecordType, record: StoredRecord): void {
    if (record.externalId !== undefined) this.externalIds.set(externalKey(type, record.externalId), { type: type.name, id: record.id });
    const name = nameKey(type, record);
    if (name !== undefined) this.names.set(name, record.id);
  }

  private unindex(type: RecordType, record: StoredRecord): void {
    if (record.externalId !== undefined) this.externalIds.delete(externalKey(type, record.externalId));
    const name = nameKey(type, record);
    if (name !== undefined && this.names.get(name) === record.id) this.names.delete(name);
  }
}

function externalKey(type: RecordType, externalId: string): string {
  return `${type.group}\n${externalId.toLowerCase()}`;
}

/** An entity's name is unique within its type and its parent: https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/article_0129091558.html */
function nameKey(type: RecordType, record: StoredRecord): string | undefined {
  const [first, ...others] = type.uniqueName ?? [];
  const name = first === undefined ? undefined : record.fields[first];
  if (name === undefined) return undefined;
  return [type.name, name, ...others.map((field) => record.fields[field] ?? '')].join('\n').toLowerCase();
}

const stores = new WeakMap<NetSuiteState, RecordStore>();

/** The store of a state; a reset or a restart brings another state and so another store. */
export function storeOf(state: NetSuiteState): RecordStore {
  let store = stores.get(state);
  if (!store) {
    store = new RecordStore(state);
    stores.set(state, store);
  }
  return store;
}
