import { makeId } from './ids.ts';
import { isIndexed, RecordIndex } from './record-index.ts';
import type { Row, SalesforceState, Value } from './state.ts';

/** A row as it was and as it is. */
export interface RecordChange {
  type: string;
  before: Row | undefined;
  row: Row;
}

/** The rows of one state, with index and undo. */
export class Records {
  readonly state: SalesforceState;
  private readonly index: RecordIndex;
  private undo: (() => void)[] = [];
  /** one for each of `undo` */
  private changes: RecordChange[] = [];

  constructor(state: SalesforceState) {
    this.state = state;
    this.index = new RecordIndex(state);
  }

  /** The row, deleted or not. */
  get(type: string, id: string): Row | undefined {
    return this.state.records[type]?.[id];
  }

  live(type: string, id: string): Row | undefined {
    const row = this.get(type, id);
    return row && row['IsDeleted'] !== true ? row : undefined;
  }

  all(type: string): Row[] {
    return Object.values(this.state.records[type] ?? {});
  }

  /** Live rows whose indexed field has this value, oldest first. */
  by(type: string, field: string, value: Value | undefined): Row[] {
    if (!isIndexed(type, field)) return this.all(type).filter((row) => row['IsDeleted'] !== true && row[field] === value);
    const rows: Row[] = [];
    for (const id of this.index.ids(type, field, value)) {
      const row = this.live(type, id);
      if (row) rows.push(row);
    }
    return rows;
  }

  /** Rows by an indexed value, deleted ones included; undefined when the field has no index. */
  candidates(type: string, field: string, values: readonly Value[]): Row[] | undefined {
    if (field === 'Id') return present(values.map((value) => this.get(type, String(value))));
    if (!isIndexed(type, field)) return undefined;
    const ids = new Set(values.flatMap((value) => [...this.index.ids(type, field, value)]));
    return present([...ids].map((id) => this.get(type, id)));
  }

  nextId(prefix: string): string {
    const next = (this.state.sequences[prefix] ?? 0) + 1;
    this.state.sequences[prefix] = next;
    return makeId(prefix, next);
  }

  put(type: string, row: Row): void {
    let rows = this.state.records[type];
    if (!rows) {
      rows = {};
      this.state.records[type] = rows;
    }
    const before = rows[row.Id];
    if (before) this.index.remove(type, before);
    rows[row.Id] = row;
    this.index.add(type, row);
    const target = rows;
    this.changes.push({ type, before, row });
    this.undo.push(() => {
      this.index.remove(type, row);
      if (before) {
        target[row.Id] = before;
        this.index.add(type, before);
      } else delete target[row.Id];
    });
  }

  mark(): number {
    return this.undo.length;
  }

  /** Takes back every change since the mark. */
  rollback(mark: number): void {
    this.changes.length = Math.min(this.changes.length, mark);
    while (this.undo.length > mark) this.undo.pop()?.();
  }

  /** Answers what has changed. */
  commit(): RecordChange[] {
    const { changes } = this;
    this.undo = [];
    this.changes = [];
    return changes;
  }
}

const present = (rows: readonly (Row | undefined)[]): Row[] => rows.filter((row): row is Row => row !== undefined);

const opened = new WeakMap<SalesforceState, Records>();

/** The records of a state; a reset or restored state gets an index of its own. */
export function recordsOf(state: SalesforceState): Records {
  let records = opened.get(state);
  if (!records) {
    records = new Records(state);
    opened.set(state, records);
  }
  return records;
}
