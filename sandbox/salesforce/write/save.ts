import { automationOf } from '../automation/table.ts';
import { fail, notFound } from '../failure.ts';
import { childrenOf, findField } from '../schema/catalogue.ts';
import type { Field } from '../schema/field.ts';
import type { SObject } from '../schema/object.ts';
import { isId, toId15, toId18 } from '../store/ids.ts';
import type { Row, Value } from '../store/state.ts';
import { type Input, readInput } from './input.ts';
import type { Work } from './work.ts';

/** Creates one record; answers its row. */
export function insertRecord(work: Work, object: SObject, input: Input, key?: { field: Field; value: Value }): Row {
  return work.attempt(about(object, key ? { ...input, [key.field.name]: key.value } : input, key?.value), () => {
    if (!object.createable) throw fail('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type ${object.name} cannot be inserted`, []);
    const givenId = Object.entries(input).find(([name]) => name.toLowerCase() === 'id')?.[1];
    if (givenId !== undefined && givenId !== null && givenId !== '') {
      throw fail('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', ['Id']);
    }
    const values = readInput(work, object, input, 'createable').values;
    if (key) values.set(key.field, key.value);
    const row = create(work, object, values, work.records.nextId(object.keyPrefix));
    return { draft: { status: 201, outcome: 'created', id: row.Id, key: businessKey(row, key?.value) }, result: row };
  });
}

/** Puts a record into the org without the API's rules: ids and audit fields may be given. */
export function loadRecord(work: Work, object: SObject, input: Input): Row {
  const values = readInput(work, object, input, undefined).values;
  const given = Object.entries(input).find(([name]) => name.toLowerCase() === 'id')?.[1];
  return create(work, object, values, typeof given === 'string' ? toId18(given) : work.records.nextId(object.keyPrefix));
}

function create(work: Work, object: SObject, values: Map<Field, Value>, id: string): Row {
  const row: Row = { Id: id };
  for (const field of object.fields) if (field.initial !== null) row[field.name] = field.initial;
  const stamps = { CreatedDate: work.at, CreatedById: work.userId, LastModifiedDate: work.at, LastModifiedById: work.userId };
  Object.assign(row, stamps, { SystemModstamp: work.at });
  if (findField(object, 'OwnerId')) row['OwnerId'] = work.userId;
  assign(row, values);
  if (work.loading) loadedStamps(row, values);
  if (!work.loading) requireFields(object, row, 'createable');
  const currency = findField(object, 'CurrencyIsoCode');
  const given = new Set([...values.keys()].map((field) => field.name));
  automationOf(object.name).before?.(work, row, undefined, given);
  if (currency && row['CurrencyIsoCode'] === undefined) row['CurrencyIsoCode'] = 'EUR';
  checkUnique(work, object, row);
  work.records.put(object.name, row);
  automationOf(object.name).after?.(work, row, undefined);
  return work.records.get(object.name, row.Id) ?? row;
}

/** A loaded record that says when it was changed has changed then in every respect. */
function loadedStamps(row: Row, values: Map<Field, Value>): void {
  const given = new Map([...values].map(([field, value]) => [field.name, value]));
  const created = given.get('CreatedDate');
  const changed = given.get('SystemModstamp') ?? given.get('LastModifiedDate') ?? created;
  if (typeof changed === 'string') {
    row['SystemModstamp'] = changed;
    row['LastModifiedDate'] = given.get('LastModifiedDate') ?? changed;
    row['CreatedDate'] = created ?? changed;
  }
}

/** Changes one record; answers its new row. */
export function updateRecord(work: Work, object: SObject, id: string, input: Input, key?: { field: Field; value: Value }): Row {
  return work.attempt(aboutExisting(work, object, id, key ? { ...input, [key.field.name]: key.value } : input, key?.value), () => {
    const old = requireRecord(work, object, id);
    if (!object.updateable) throw fail('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type ${object.name} cannot be updated`, []);
    const values = readInput(work, object, input, 'updateable').values;
    const row: Row = { ...old };
    assign(row, values);
    requireFields(object, row, 'updateable');
    Object.assign(row, { LastModifiedDate: work.at, LastModifiedById: work.userId, SystemModstamp: work.at });
    automationOf(object.name).before?.(work, row, old, new Set([...values.keys()].map((field) => field.name)));
    checkUnique(work, object, row);
    work.records.put(object.name, row);
    automationOf(object.name).after?.(work, row, old);
    return { draft: { status: 204, outcome: 'updated', id: old.Id, key: businessKey(row, key?.value) }, result: row };
  });
}

/** Moves one record to the recycle bin, with what belongs to it. */
export function deleteRecord(work: Work, object: SObject, id: string): void {
  work.attempt({ ...aboutExisting(work, object, id, {}, undefined), body: undefined }, () => {
    const row = requireRecord(work, object, id);
    if (!object.deletable) throw fail('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
    bury(work, object, row);
    return { draft: { status: 204, outcome: 'deleted', id: row.Id, key: businessKey(row, undefined) }, result: undefined };
  });
}

function bury(work: Work, object: SObject, row: Row): void {
  const change = { LastModifiedDate: work.at, LastModifiedById: work.userId, SystemModstamp: work.at };
  work.records.put(object.name, { ...row, IsDeleted: true, ...change });
  for (const child of childrenOf(object)) {
    for (const each of work.records.by(child.object.name, child.field.name, row.Id)) {
      if (child.cascade) bury(work, child.object, each);
      else if (child.field.nillable) work.records.put(child.object.name, without(each, child.field.name));
    }
  }
  automationOf(object.name).removed?.(work, row);
}

function without(row: Row, field: string): Row {
  const { [field]: _gone, ...rest } = row;
  return rest as Row;
}

/** The live record, or the error for an id that is malformed, unknown or deleted. */
export function requireRecord(work: Work, object: SObject, id: string): Row {
  if (!isId(id)) throw fail('MALFORMED_ID', `${object.label} ID: id value of incorrect type: ${id}`, ['Id']);
  const row = work.records.get(object.name, toId18(id));
  if (!row) throw notFound();
  if (row['IsDeleted'] === true) throw fail('ENTITY_IS_DELETED', 'entity is deleted', []);
  return row;
}

function assign(row: Row, values: Map<Field, Value>): void {
  for (const [field, value] of values) {
    if (value === null) delete row[field.name];
    else row[field.name] = value;
  }
}

function requireFields(object: SObject, row: Row, access: 'createable' | 'updateable'): void {
  const missing = object.fields.filter(
    (field) => (field.createable || field[access]) && !field.nillable && !field.defaultedOnCreate && row[field.name] === undefined,
  );
  if (missing.length === 0) return;
  const names = missing.map((field) => field.name);
  throw fail('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names);
}

function checkUnique(work: Work, object: SObject, row: Row): void {
  for (const field of object.fields) {
    if (!field.unique || row[field.name] === undefined) continue;
    const other = work.records.by(object.name, field.name, row[field.name]).find((each) => each.Id !== row.Id);
    if (other) {
      throw fail('DUPLICATE_VALUE', `duplicate value found: ${field.name} duplicates value on record with id: ${toId15(other.Id)}`, []);
    }
  }
}

function about(object: SObject, body: Input, key: Value | undefined): { type: string; body: Input; key?: string } {
  const found = key ?? body['Engagement_Code__c'] ?? body['Account_Code__c'];
  return { type: object.name, body, ...(found === undefined || found === null ? {} : { key: String(found) }) };
}

/** A record that is there is known by its stored business key, even if the write that names its id is refused. */
function aboutExisting(work: Work, object: SObject, id: string, body: Input, key: Value | undefined) {
  const stored = isId(id) ? work.records.get(object.name, toId18(id)) : undefined;
  return { ...about(object, body, key ?? (stored ? businessKey(stored, undefined) : undefined)), id: stored?.Id ?? id };
}

const businessKey = (row: Row, key: Value | undefined): string =>
  String(key ?? row['Engagement_Code__c'] ?? row['Account_Code__c'] ?? row.Id);
