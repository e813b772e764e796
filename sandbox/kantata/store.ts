import type { Json, KantataState, Row } from './state.ts';
import { Table } from './table.ts';

interface Indexes {
  tables: Map<string, Table>;
  version: number;
}

/** Indexes live beside the state, never in it: a reset or a restart simply builds them again. */
const indexesOf = new WeakMap<KantataState, Indexes>();

/** Reads and writes rows. Knows nothing of HTTP, permissions or validation. */
export class Store {
  readonly state: KantataState;
  private readonly indexes: Indexes;

  constructor(state: KantataState) {
    this.state = state;
    let indexes = indexesOf.get(state);
    if (!indexes) {
      indexes = { tables: new Map(), version: 0 };
      indexesOf.set(state, indexes);
    }
    this.indexes = indexes;
  }

  /** Grows with every write: cached lists compare it. */
  get version(): number {
    return this.indexes.version;
  }

  table(collection: string): Table {
    let table = this.indexes.tables.get(collection);
    if (!table) {
      this.state.rows[collection] ??= {};
      table = new Table(this.state.rows[collection]);
      this.indexes.tables.set(collection, table);
    }
    return table;
  }

  find(collection: string, id: Json | undefined): Row | undefined {
    return id === null || id === undefined ? undefined : this.table(collection).rows[String(id)];
  }

  where(collection: string, attribute: string, value: Json | undefined): Row[] {
    return this.table(collection).where(attribute, value);
  }

  newId(): string {
    return String(this.state.nextId++);
  }

  insert(collection: string, row: Row): Row {
    this.indexes.version++;
    const id = Number(row.id);
    if (id >= this.state.nextId) this.state.nextId = id + 1;
    this.table(collection).insert(row);
    return row;
  }

  change(collection: string, row: Row, patch: Record<string, Json | undefined>): Row {
    this.indexes.version++;
    this.table(collection).change(row, patch);
    return row;
  }

  remove(collection: string, row: Row): void {
    this.indexes.version++;
    this.table(collection).remove(row);
  }

  /** `external_references` of one object */
  references(subjectType: string, id: string): Row[] {
    return this.where('external_references', 'subject_id', Number(id)).filter((row) => row['subject_type'] === subjectType);
  }
}
