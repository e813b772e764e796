import { findField, findObject, findParent, objectOfId } from '../schema/catalogue.ts';
import type { Field } from '../schema/field.ts';
import type { SObject } from '../schema/object.ts';
import type { Records } from '../store/records.ts';
import type { Row, Value } from '../store/state.ts';
import { unknownField, unknownParent } from './complaint.ts';

/** What a query runs against. */
export interface Scope {
  records: Records;
  now: Date;
  /** the query as written, for error messages */
  query: string;
  version: string;
  /** queryAll: deleted rows too */
  deleted: boolean;
}

/** `Account.Owner.Email` on Opportunity: two lookups to follow and a field. */
export interface Path {
  steps: readonly { field: Field; object: SObject }[];
  field: Field;
  object: SObject;
}

export type Cell = Value | Readonly<Record<string, Value>>;

/** Resolves a dotted path; the first part may be the object's alias or name. */
export function resolvePath(scope: Scope, object: SObject, written: string, alias?: string): Path {
  let parts = written.split('.');
  const first = parts[0]?.toLowerCase();
  const isPrefix = first === alias?.toLowerCase() || (first === object.name.toLowerCase() && !findParent(object, first));
  if (parts.length > 1 && isPrefix) parts = parts.slice(1);
  const steps: { field: Field; object: SObject }[] = [];
  let current = object;
  for (const part of parts.slice(0, -1)) {
    const field = findParent(current, part);
    const wanted = parts.at(-1) ?? '';
    const targets = (field?.referenceTo ?? []).map(findObject).filter((each): each is SObject => each !== undefined);
    const next = targets.find((each) => findField(each, wanted)) ?? targets[0];
    if (!field || !next) throw unknownParent(scope.query, part);
    steps.push({ field, object: next });
    current = next;
  }
  const name = parts.at(-1) ?? '';
  const field = findField(current, name);
  if (!field) throw unknownField(scope.query, name, current.name);
  return { steps, field, object: current };
}

export function readPath(scope: Scope, path: Path, row: Row): Cell {
  let current: Row | undefined = row;
  for (const step of path.steps) {
    current = parentOf(scope.records, current, step.field);
    if (!current) return null;
  }
  return cellOf(path.field, current);
}

/** The record a lookup points at, whatever its type. */
export function parentOf(records: Records, row: Row, field: Field): Row | undefined {
  const id = row[field.name];
  if (typeof id !== 'string') return undefined;
  const object = objectOfId(id);
  return object && records.get(object.name, id);
}

const ADDRESS_PARTS = ['City', 'Country', 'GeocodeAccuracy', 'Latitude', 'Longitude', 'PostalCode', 'State', 'Street'];

/** The value of a field as the API sends it. */
export function cellOf(field: Field, row: Row): Cell {
  if (field.type === 'boolean') return row[field.name] === true;
  if (field.type !== 'address') return row[field.name] ?? null;
  const prefix = field.name.replace(/Address$/, '');
  const parts = ADDRESS_PARTS.map((part) => [part[0]?.toLowerCase() + part.slice(1), row[prefix + part] ?? null] as const);
  return parts.every(([, value]) => value === null) ? null : Object.fromEntries(parts);
}

export const recordUrl = (version: string, type: string, id: string): string => `/services/data/v${version}/sobjects/${type}/${id}`;

/** A record as GET answers it: attributes and the given fields. */
export function renderRecord(version: string, object: SObject, row: Row, fields: readonly Field[]): Record<string, unknown> {
  const record: Record<string, unknown> = { attributes: { type: object.name, url: recordUrl(version, object.name, row.Id) } };
  for (const field of fields) record[field.name] = cellOf(field, row);
  return record;
}
