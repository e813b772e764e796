import { findObject, OBJECTS } from '../schema/catalogue.ts';
import type { Row, SalesforceState, Value } from './state.ts';

/** Fields looked up by value: keys, external ids and every lookup. */
const INDEXED: ReadonlyMap<string, readonly string[]> = new Map(
  OBJECTS.map((object) => [
    object.name,
    object.fields
      .filter((each) => each.name !== 'Id' && (each.externalId || each.unique || each.idLookup || each.type === 'reference'))
      .map((each) => each.name),
  ]),
);

export const isIndexed = (type: string, field: string): boolean => INDEXED.get(type)?.includes(field) === true;

/** Finds records by an indexed value in constant time; rebuilt from the state when the state is new. */
export class RecordIndex {
  private readonly maps = new Map<string, Map<string, Set<string>>>();

  constructor(state: SalesforceState) {
    for (const [type, rows] of Object.entries(state.records)) {
      if (findObject(type)) for (const row of Object.values(rows)) this.add(type, row);
    }
  }

  add(type: string, row: Row): void {
    for (const field of INDEXED.get(type) ?? []) {
      const key = keyOf(row[field]);
      if (key === undefined) continue;
      const map = this.map(type, field);
      const ids = map.get(key);
      if (ids) ids.add(row.Id);
      else map.set(key, new Set([row.Id]));
    }
  }

  remove(type: string, row: Row): void {
    for (const field of INDEXED.get(type) ?? []) {
      const key = keyOf(row[field]);
      if (key === undefined) continue;
      const map = this.map(type, field);
      const ids = map.get(key);
      ids?.delete(row.Id);
      if (ids?.size === 0) map.delete(key);
    }
  }

  ids(type: string, field: string, value: Value | undefined): ReadonlySet<string> {
    const key = keyOf(value);
    return (key === undefined ? undefined : this.map(type, field).get(key)) ?? NONE;
  }

  private map(type: string, field: string): Map<string, Set<string>> {
    const name = `${type}.${field}`;
    let map = this.maps.get(name);
    if (!map) {
      map = new Map();
      this.maps.set(name, map);
    }
    return map;
  }
}

const NONE: ReadonlySet<string> = new Set();

/** External ids compare without regard to case, as fields that are not marked case-sensitive do. */
const keyOf = (value: Value | undefined): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : String(value).toLowerCase();
