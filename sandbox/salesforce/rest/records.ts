import { Failure, fail, notFound } from '../failure.ts';
import { findField } from '../schema/catalogue.ts';
import type { Field } from '../schema/field.ts';
import type { SObject } from '../schema/object.ts';
import { recordUrl, renderRecord } from '../soql/path.ts';
import { isId, toId18 } from '../store/ids.ts';
import type { Row } from '../store/state.ts';
import { httpDate, instantOf } from '../store/time.ts';
import { coerce } from '../write/coerce.ts';
import { deleteRecord, insertRecord, updateRecord } from '../write/save.ts';
import { Ambiguous, keyField, upsertRecord } from '../write/upsert.ts';
import { bodyOf, type Call, type Handler, objectIn, type Reply } from './call.ts';

export const createOne: Handler = (call, type = '') => {
  const object = objectIn(type);
  const row = insertRecord(call.work, object, bodyOf(call));
  return {
    status: 201,
    body: { id: row.Id, success: true, errors: [] },
    headers: { Location: recordUrl(call.version, object.name, row.Id) },
  };
};

export const readOne: Handler = (call, type = '', id = '') => {
  const object = objectIn(type);
  return render(call, object, liveRow(call, object, id));
};

export const updateOne: Handler = (call, type = '', id = '') => {
  const object = objectIn(type);
  const row = liveRow(call, object, id);
  precondition(call, object, row);
  updateRecord(call.work, object, row.Id, bodyOf(call));
  return { status: 204 };
};

export const deleteOne: Handler = (call, type = '', id = '') => {
  const object = objectIn(type);
  deleteRecord(call.work, object, liveRow(call, object, id).Id);
  return { status: 204 };
};

export const readByKey: Handler = (call, type = '', field = '', value = '') => {
  const object = objectIn(type);
  return render(call, object, byKey(call, object, keyField(object, field), value));
};

export const deleteByKey: Handler = (call, type = '', field = '', value = '') => {
  const object = objectIn(type);
  deleteRecord(call.work, object, byKey(call, object, keyField(object, field), value).Id);
  return { status: 204 };
};

/** Upsert: 201 when created; 200 with a body since 46.0, 204 before, when changed; 300 when the key is not unique. */
export const upsertOne: Handler = (call, type = '', field = '', value = '') => {
  const object = objectIn(type);
  const key = keyField(object, field);
  refuseFileEnding(value);
  const updateOnly = call.query.get('updateOnly') === 'true';
  const { row, created } = upsertRecord(call.work, object, key, value, bodyOf(call), { updateOnly, keyInBody: 'refused' });
  const withBody = Number(call.version) >= 46;
  if (!created && (!withBody || key.name === 'Id')) return { status: 204 };
  const body = { id: row.Id, success: true, errors: [], ...(withBody ? { created } : {}) };
  const headers = created ? { Location: recordUrl(call.version, object.name, row.Id) } : undefined;
  return { status: created ? 201 : 200, body, headers };
};

/** `POST /sobjects/X/Id`: a create in the clothes of an upsert. */
export const createByKey: Handler = (call, type = '', field = '') => {
  const object = objectIn(type);
  if (field !== 'Id') throw fail('METHOD_NOT_ALLOWED', "HTTP Method 'POST' not allowed. Allowed are DELETE,GET,HEAD,PATCH");
  const row = insertRecord(call.work, object, bodyOf(call));
  return { status: 201, body: { id: row.Id, success: true, errors: [], created: true } };
};

function liveRow(call: Call, object: SObject, id: string): Row {
  if (!isId(id)) throw notFound(`Provided external ID field does not exist or is not accessible: ${id}`);
  const row = call.work.records.get(object.name, toId18(id));
  if (!row) throw notFound();
  if (row['IsDeleted'] === true) throw fail('ENTITY_IS_DELETED', 'entity is deleted', []);
  return row;
}

/** "For security reasons" an address must not end like a file (REST API Developer Guide, "Get Records Using sObject Rows by External ID"). */
function refuseFileEnding(value: string): void {
  if (/\.(inc|json|xml)$/i.test(value)) throw notFound();
}

function byKey(call: Call, object: SObject, field: Field, value: string): Row {
  refuseFileEnding(value);
  if (field.name === 'Id') return liveRow(call, object, value);
  const rows = call.work.records.by(object.name, field.name, coerce(field, value, 'json'));
  if (rows.length > 1) throw new Ambiguous(object, rows);
  const row = rows[0];
  if (!row) throw notFound();
  return row;
}

/** The record, or 304 when it has not changed. */
function render(call: Call, object: SObject, row: Row): Reply {
  const names = call.query
    .get('fields')
    ?.split(',')
    .map((name) => name.trim());
  const fields = names ? names.filter((name) => name !== '').map((name) => requireField(object, name)) : object.fields;
  const modified = String(row['SystemModstamp']);
  const headers: Record<string, string> = { 'Last-Modified': httpDate(modified), ...(etag(object, row) ?? {}) };
  if (unchangedSince(call.headers['if-modified-since'], modified)) return { status: 304, headers };
  precondition(call, object, row);
  if (call.headers['if-none-match'] && headers['ETag'] && call.headers['if-none-match'].includes(headers['ETag'])) {
    return { status: 304, headers };
  }
  return { status: 200, body: renderRecord(call.version, object, row, fields), headers };
}

function requireField(object: SObject, name: string): Field {
  const field = findField(object, name);
  if (!field) throw fail('INVALID_FIELD', `No such column '${name}' on sobject of type ${object.name}`);
  return field;
}

/** Entity tags exist for accounts only (REST API Developer Guide, "Conditional Request Headers"). */
function etag(object: SObject, row: Row): Record<string, string> | undefined {
  return object.name === 'Account' ? { ETag: `"${Buffer.from(`${row.Id}${row['SystemModstamp']}`).toString('base64url')}"` } : undefined;
}

export function unchangedSince(header: string | undefined, modified: string): boolean {
  const since = header === undefined ? Number.NaN : Date.parse(header);
  return !Number.isNaN(since) && instantOf(modified).getTime() <= since;
}

/** `If-Match` (accounts) and `If-Unmodified-Since` (any): 412 when the record has moved on. */
function precondition(call: Call, object: SObject, row: Row): void {
  const tag = etag(object, row)?.['ETag'];
  const match = call.headers['if-match'];
  const since = Date.parse(call.headers['if-unmodified-since'] ?? '');
  const moved = !Number.isNaN(since) && instantOf(String(row['SystemModstamp'])).getTime() > since;
  if ((tag && match && match !== '*' && !match.includes(tag)) || moved) {
    throw new Failure([{ code: 'PRECONDITION_FAILED', message: 'The precondition given in the request header was not met' }], {
      status: 412,
    });
  }
}
