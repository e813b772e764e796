import { fail } from '../failure.ts';
import { findField, findObject, findParent } from '../schema/catalogue.ts';
import type { Field } from '../schema/field.ts';
import type { SObject } from '../schema/object.ts';
import type { Value } from '../store/state.ts';
import { coerce } from './coerce.ts';
import type { Work } from './work.ts';

export type Input = Readonly<Record<string, unknown>>;

export interface ParsedInput {
  values: Map<Field, Value>;
}

/**
 * Reads a caller's record: known fields, right types, references that exist. `access` says which fields may be written; the loader
 * (`undefined`) may write all.
 */
export function readInput(work: Work, object: SObject, input: Input, access: 'createable' | 'updateable' | undefined): ParsedInput {
  const values = new Map<Field, Value>();
  for (const [key, value] of Object.entries(input)) {
    if (key === 'attributes') continue;
    const field = findField(object, key);
    if (field) {
      if (field.name === 'Id') continue;
      if (work.wire === 'csv' && value === '') continue;
      if (access && !field[access]) throw notWritable(field, access);
      values.set(field, checkReference(work, field, coerce(field, work.wire === 'csv' && value === '#N/A' ? null : value, work.wire)));
      continue;
    }
    const foreign = foreignKey(object, key, value);
    if (!foreign) throw fail('INVALID_FIELD', `No such column '${key}' on sobject of type ${object.name}`);
    if (work.wire === 'csv' && value === '') continue;
    if (access && !foreign.field[access]) throw notWritable(foreign.field, access);
    values.set(foreign.field, resolveForeignKey(work, foreign.field, foreign.by, foreign.value));
  }
  return { values };
}

function notWritable(field: Field, access: 'createable' | 'updateable'): Error {
  return fail(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${field.name}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    access ? [field.name] : [],
  );
}

function checkReference(work: Work, field: Field, value: Value): Value {
  if (field.type !== 'reference' || typeof value !== 'string') return value;
  const known = field.referenceTo.map((name) => findObject(name)).filter((each): each is SObject => each !== undefined);
  if (work.loading && known.length === 0) return value;
  if (known.some((each) => work.records.live(each.name, value))) return value;
  if (field.name === 'ProfileId' && value.startsWith('00e')) return value;
  const deleted = known.some((each) => work.records.get(each.name, value));
  throw deleted
    ? fail('ENTITY_IS_DELETED', 'entity is deleted', [], 400)
    : fail('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);
}

/** `Account: {Account_Code__c: "A-1"}` in JSON, a column `Account.Account_Code__c` in CSV. */
function foreignKey(object: SObject, key: string, value: unknown): { field: Field; by: string; value: unknown } | undefined {
  const [relationship, by, ...rest] = key.split('.');
  const field = findParent(object, relationship ?? '');
  if (!field || rest.length > 0) return undefined;
  if (by) return { field, by, value };
  if (value === null) return { field, by: '', value: null };
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const entries = Object.entries(value as Record<string, unknown>).filter(([name]) => name !== 'attributes');
  const only = entries[0];
  if (!only || entries.length !== 1) return undefined;
  return { field, by: only[0], value: only[1] };
}

function resolveForeignKey(work: Work, field: Field, by: string, value: unknown): Value {
  if (value === null || value === '#N/A') return null;
  for (const name of field.referenceTo) {
    const parent = findObject(name);
    const key = parent && findField(parent, by);
    if (!parent || !key) continue;
    if (!key.idLookup) break;
    const found = work.records.by(parent.name, key.name, coerce(key, value, work.wire));
    if (found.length === 1) return found[0]?.Id ?? null;
    const text = String(value);
    if (found.length > 1) throw fail('INVALID_FIELD', `Foreign key external ID: ${text} matches more than one ${parent.name}`);
    throw fail('INVALID_FIELD', `Foreign key external ID: ${text.toLowerCase()} not found for field ${key.name} in entity ${parent.name}`);
  }
  throw fail('INVALID_FIELD', `Field name provided, ${by} is not an External ID or indexed field for ${field.referenceTo.join(',')}`);
}
