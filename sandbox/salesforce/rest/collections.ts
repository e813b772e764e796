import { Failure, fail, rowErrors } from '../failure.ts';
import { findObject, objectOfId } from '../schema/catalogue.ts';
import type { SObject } from '../schema/object.ts';
import { renderRecord } from '../soql/path.ts';
import { isId, toId18 } from '../store/ids.ts';
import { deleteRecord, insertRecord, updateRecord } from '../write/save.ts';
import { keyField, upsertRecord } from '../write/upsert.ts';
import { bodyOf, type Call, type Handler, list, object, objectIn, type Reply, text } from './call.ts';

const MOST_RECORDS = 200;

interface Outcome {
  id?: string;
  success: boolean;
  errors: unknown[];
  created?: boolean;
}

const ROLLED_BACK = {
  code: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

export const createMany: Handler = (call) =>
  each(call, records(call), (record) => {
    const row = insertRecord(call.work, typeOf(record), record);
    return { id: row.Id, success: true, errors: [] };
  });

export const updateMany: Handler = (call) =>
  each(call, records(call), (record) => {
    const type = typeOf(record);
    const id = idOf(record);
    if (!id) throw fail('MISSING_ARGUMENT', 'Id not specified in an update call', []);
    const row = asRow(() => updateRecord(call.work, type, id, record));
    return { id: row.Id, success: true, errors: [] };
  });

/** Upserts records of one type; a failed row still says `created: true` when nothing carried its key. */
export const upsertMany: Handler = (call, type = '', field = '') => {
  const target = objectIn(type);
  const key = keyField(target, field);
  return each(
    call,
    records(call),
    (record) => {
      if (typeOf(record) !== target) {
        throw fail('INVALID_TYPE', `Record of type ${typeOf(record).name} in an upsert of ${target.name}`, []);
      }
      const written = Object.entries(record).find(([name]) => name.toLowerCase() === key.name.toLowerCase())?.[1];
      if (key.name === 'Id' && !written) {
        return { id: insertRecord(call.work, target, record).Id, success: true, errors: [], created: true };
      }
      const { row, created } = asRow(() => upsertRecord(call.work, target, key, String(written ?? ''), record));
      return { id: row.Id, success: true, errors: [], created };
    },
    (record) => {
      const written = Object.entries(record).find(([name]) => name.toLowerCase() === key.name.toLowerCase())?.[1];
      return { created: call.work.records.by(target.name, key.name, written as string).length === 0 };
    },
  );
};

export const deleteMany: Handler = (call) => {
  const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  return each(
    call,
    ids.map((id) => ({ id })),
    ({ id }) => {
      const type = isId(String(id)) ? objectOfId(String(id)) : undefined;
      if (!type) throw fail('MALFORMED_ID', `bad id ${String(id)}`, []);
      asRow(() => deleteRecord(call.work, type, String(id)));
      return { id: toId18(String(id)), success: true, errors: [] };
    },
  );
};

/** GET `?ids=&fields=`, or POST `{ids, fields}`; a record that is not there is null in its place. */
export const readMany: Handler = (call, type = '') => {
  const target = objectIn(type);
  const body = call.method === 'POST' ? bodyOf(call) : undefined;
  const names = (name: string): string[] =>
    body ? (list(body[name]) ?? []).map(String) : (call.query.get(name) ?? '').split(',').filter((each) => each !== '');
  const fields = names('fields').map((name) => {
    const field = target.fields.find((each) => each.name.toLowerCase() === name.trim().toLowerCase());
    if (!field) throw fail('INVALID_FIELD', `No such column '${name}' on sobject of type ${target.name}`);
    return field;
  });
  const ids = names('ids');
  if (fields.length === 0) throw fail('MISSING_ARGUMENT', 'The fields parameter is required.');
  if (ids.length > 2000) throw fail('EXCEEDED_ID_LIMIT', 'record limit reached. cannot request more than 2000 records');
  const found = ids.map((id) => {
    const row = isId(id) ? call.work.records.live(target.name, toId18(id)) : undefined;
    return row ? renderRecord(call.version, target, row, fields) : null;
  });
  return { status: 200, body: found };
};

/** 200 with one outcome per record, in order, even when every record failed. */
function each(
  call: Call,
  given: readonly Record<string, unknown>[],
  write: (record: Record<string, unknown>) => Outcome,
  whenFailed: (record: Record<string, unknown>) => Partial<Outcome> = () => ({}),
): Reply {
  if (given.length > MOST_RECORDS) {
    throw fail('EXCEEDED_ID_LIMIT', `record limit reached. cannot submit more than ${MOST_RECORDS} records into this call`);
  }
  const start = call.work.savepoint();
  const outcomes = given.map((record): Outcome => {
    try {
      return write(record);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { ...idMember(record), success: false, errors: rowErrors(error.errors), ...whenFailed(record) };
    }
  });
  const allOrNone = call.method === 'DELETE' ? call.query.get('allOrNone') === 'true' : bodyOf(call)['allOrNone'] === true;
  if (!allOrNone || outcomes.every((outcome) => outcome.success)) return { status: 200, body: outcomes };
  call.work.rollbackTo(start);
  const rolledBack = outcomes.map((outcome, index) =>
    outcome.success
      ? { ...idMember(given[index] ?? {}), success: false, errors: rowErrors([ROLLED_BACK]), ...whenFailed(given[index] ?? {}) }
      : outcome,
  );
  return { status: 200, body: rolledBack };
}

function records(call: Call): Record<string, unknown>[] {
  const given = list(bodyOf(call)['records']);
  if (!given) throw fail('JSON_PARSER_ERROR', 'Missing required property: records');
  return given.map((record) => {
    const parsed = object(record);
    if (!parsed) throw fail('JSON_PARSER_ERROR', 'Cannot deserialize instance of sObject from a value that is no object');
    if (!text(object(parsed['attributes'])?.['type'])) {
      throw fail('INVALID_INPUT', 'Include an entity type in the attributes of each record: attributes.type');
    }
    return parsed;
  });
}

/** A wrong type condemns its own row; a missing one the whole call. */
function typeOf(record: Record<string, unknown>): SObject {
  const name = text(object(record['attributes'])?.['type']) ?? '';
  const type = findObject(name);
  if (!type) throw fail('INVALID_TYPE', `sObject type '${name}' is not supported.`, []);
  return type;
}

const idOf = (record: Record<string, unknown>): string | undefined =>
  text(Object.entries(record).find(([name]) => name.toLowerCase() === 'id')?.[1]);

function idMember(record: Record<string, unknown>): { id?: string } {
  const id = idOf(record);
  return id && isId(id) ? { id: toId18(id) } : {};
}

/** Rows speak of a cross reference where single-record calls say "not found". */
function asRow<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof Failure && error.errors[0]?.code === 'NOT_FOUND') {
      throw fail('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);
    }
    throw error;
  }
}
