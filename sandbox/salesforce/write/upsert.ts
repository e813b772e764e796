import { Failure, fail, notFound } from '../failure.ts';
import { findField } from '../schema/catalogue.ts';
import type { Field } from '../schema/field.ts';
import type { SObject } from '../schema/object.ts';
import { isId } from '../store/ids.ts';
import type { Row } from '../store/state.ts';
import { coerce } from './coerce.ts';
import type { Input } from './input.ts';
import { insertRecord, updateRecord } from './save.ts';
import type { Work } from './work.ts';

export interface Upserted {
  row: Row;
  created: boolean;
}

/** The field by which records may be upserted: Id, an external id, or another field marked `idLookup`. */
export function keyField(object: SObject, name: string): Field {
  const field = findField(object, name);
  if (!field?.idLookup) throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
  return field;
}

/** Creates or changes the record that carries the key. `ambiguous` renders the answer when several do. */
export function upsertRecord(
  work: Work,
  object: SObject,
  field: Field,
  key: string,
  input: Input,
  options: { updateOnly?: boolean; keyInBody?: 'refused' | 'ignored' } = {},
): Upserted {
  const inBody = Object.keys(input).find((name) => name.toLowerCase() === field.name.toLowerCase());
  if (inBody !== undefined && options.keyInBody === 'refused') {
    throw fail('INVALID_FIELD', `The ${field.name} field should not be specified in the sobject data.`);
  }
  const body = Object.fromEntries(Object.entries(input).filter(([name]) => name !== inBody && name.toLowerCase() !== 'id'));
  if (field.name === 'Id') {
    if (!isId(key)) throw notFound(`Provided external ID field does not exist or is not accessible: ${field.name}`);
    return { row: updateRecord(work, object, key, body), created: false };
  }
  if (key === '') throw fail('MISSING_ARGUMENT', `${field.name} not specified`, [field.name]);
  const value = coerce(field, key, work.wire);
  const found = work.records.by(object.name, field.name, value);
  if (found.length > 1) throw new Ambiguous(object, found);
  const only = found[0];
  if (only) return { row: updateRecord(work, object, only.Id, body, { field, value }), created: false };
  if (options.updateOnly) throw notFound();
  return { row: insertRecord(work, object, body, { field, value }), created: true };
}

/** More than one record carries the key: 300 with their addresses. */
export class Ambiguous extends Failure {
  readonly object: SObject;
  readonly ids: readonly string[];

  constructor(object: SObject, rows: readonly Row[]) {
    super([{ code: 'DUPLICATE_EXTERNAL_ID', message: 'More than one record found for external id field', fields: [] }], { status: 300 });
    this.object = object;
    this.ids = rows.map((row) => row.Id);
  }
}
