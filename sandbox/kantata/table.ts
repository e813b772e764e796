import type { Json, Row } from './state.ts';

interface Position {
  key: string;
  id: number;
  row: Row;
}

/**
 * The rows of one collection with the indexes that polling needs: by id, by the value of a foreign key, and in order of an attribute.
 * Indexes are built on first use and kept up to date by every write, so that 100,000 time entries page quickly.
 */
export class Table {
  readonly rows: Record<string, Row>;
  private readonly values = new Map<string, Map<string, Set<Row>>>();
  private readonly orders = new Map<string, Position[]>();

  constructor(rows: Record<string, Row>) {
    this.rows = rows;
  }

  insert(row: Row): void {
    const old = this.rows[row.id];
    if (old) this.remove(old);
    this.rows[row.id] = row;
    for (const [attribute, index] of this.values) bucket(index, row[attribute]).add(row);
    for (const [attribute, list] of this.orders) place(list, position(row, attribute));
  }

  change(row: Row, patch: Record<string, Json | undefined>): void {
    for (const attribute of Object.keys(patch)) {
      const index = this.values.get(attribute);
      if (index) bucket(index, row[attribute]).delete(row);
      const list = this.orders.get(attribute);
      if (list) displace(list, position(row, attribute));
    }
    Object.assign(row, patch);
    for (const attribute of Object.keys(patch)) {
      const index = this.values.get(attribute);
      if (index) bucket(index, row[attribute]).add(row);
      const list = this.orders.get(attribute);
      if (list) place(list, position(row, attribute));
    }
  }

  remove(row: Row): void {
    delete this.rows[row.id];
    for (const [attribute, index] of this.values) bucket(index, row[attribute]).delete(row);
    for (const [attribute, list] of this.orders) displace(list, position(row, attribute));
  }

  all(): Row[] {
    return Object.values(this.rows);
  }

  where(attribute: string, value: Json | undefined): Row[] {
    let index = this.values.get(attribute);
    if (!index) {
      index = new Map();
      this.values.set(attribute, index);
      for (const row of this.all()) bucket(index, row[attribute]).add(row);
    }
    return [...(index.get(String(value ?? '')) ?? [])];
  }

  /** Ascending by attribute, then by id. `after` is exclusive and cuts the start by binary search. */
  ordered(attribute: string, after?: string): Row[] {
    let list = this.orders.get(attribute);
    if (!list) {
      list = this.all().map((row) => position(row, attribute));
      list.sort(compare);
      this.orders.set(attribute, list);
    }
    const from = after === undefined ? 0 : search(list, { key: after, id: Number.POSITIVE_INFINITY });
    const rows: Row[] = new Array(list.length - from);
    for (let index = from; index < list.length; index++) rows[index - from] = (list[index] as Position).row;
    return rows;
  }
}

function bucket(index: Map<string, Set<Row>>, value: Json | undefined): Set<Row> {
  const key = String(value ?? '');
  let rows = index.get(key);
  if (!rows) {
    rows = new Set();
    index.set(key, rows);
  }
  return rows;
}

const position = (row: Row, attribute: string): Position => ({ key: String(row[attribute] ?? ''), id: Number(row.id), row });

function compare(a: { key: string; id: number }, b: { key: string; id: number }): number {
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.id - b.id;
}

/** First index whose position is not before `wanted`. */
function search(list: Position[], wanted: { key: string; id: number }): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(list[middle] as Position, wanted) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function place(list: Position[], entry: Position): void {
  const last = list.at(-1);
  if (!last || compare(last, entry) < 0) list.push(entry);
  else list.splice(search(list, entry), 0, entry);
}

function displace(list: Position[], entry: Position): void {
  const index = search(list, entry);
  if (list[index]?.row === entry.row) list.splice(index, 1);
}
