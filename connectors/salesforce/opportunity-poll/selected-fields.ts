import { isObject, type Json } from '../../../model/json.ts';

/** A field as it is selected; paths over relationships are possible. */
export interface SelectedField {
  name: string;
  /** a formula or a roll-up */
  calculated: boolean;
}

/** The fields that are read of one object. */
export interface SelectedObject {
  /** empty: the opportunity itself; `Account`: a parent; `Engagement_Phases__r`: its children */
  path: string;
  sobject: string;
  isList: boolean;
  fields: SelectedField[];
  /** what tells the record and its version, where the object has it */
  keys: string[];
  order?: string[];
}

/** The n-th of so many shares of the fields. */
export interface Share {
  index: number;
  of: number;
}

/**
 * `SELECT … FROM Opportunity` for a share of the fields; each share has record and version of all that it reads. Formula fields, which are dear, are
 * dealt out like cards, so that no share has all of them.
 */
export function selectOf(objects: SelectedObject[], { index, of }: Share = { index: 0, of: 1 }): string {
  let at = 0;
  const selected = objects.flatMap((object) => {
    const names = object.fields.filter(() => at++ % of === index).map((field) => field.name);
    if (names.length === 0 && object.path !== '') return [];
    const fields = [...new Set([...(of > 1 ? object.keys : []), ...names])];
    if (object.isList) return `(SELECT ${fields.join(', ')} FROM ${object.path} ORDER BY ${(object.order ?? ['Id']).join(', ')})`;
    return fields.map((name) => (object.path === '' ? name : `${object.path}.${name}`));
  });
  return `SELECT ${[...new Set(selected)].join(', ')} FROM Opportunity`;
}

/** Two shares of one record, its parents and children; undefined where what both have differs: it was changed in between. */
export function together(left: Json, right: Json): Json | undefined {
  if (Array.isArray(left) && Array.isArray(right)) {
    const items = left.map((item, at) => together(item, right[at] ?? null));
    return left.length === right.length && !items.includes(undefined) ? (items as Json[]) : undefined;
  }
  if (!isObject(left) || !isObject(right)) return left === right ? left : undefined;
  const all = { ...left };
  for (const [name, value = null] of Object.entries(right)) {
    const known = left[name];
    const joined = known === undefined ? value : together(known, value);
    if (joined === undefined) return undefined;
    all[name] = joined;
  }
  return all;
}

/** Takes out what was selected only to put the shares together. */
export function removeKeys(record: Json | undefined, { path, fields, keys }: SelectedObject): void {
  if (!isObject(record)) return;
  const added = keys.filter((key) => !fields.some((field) => field.name === key));
  const inside = path === '' ? record : (record[path] ?? null);
  for (const item of Array.isArray(inside) ? inside : [inside]) if (isObject(item)) for (const key of added) delete item[key];
}
