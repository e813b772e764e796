import { Failure, fail, rowErrors } from '../failure.ts';
import { childrenOf, findObject } from '../schema/catalogue.ts';
import type { SObject } from '../schema/object.ts';
import { insertRecord } from '../write/save.ts';
import { bodyOf, type Call, type Handler, list, object, objectIn, text } from './call.ts';

const MOST_RECORDS = 200;
const DEEPEST = 5;

interface Planned {
  type: SObject;
  referenceId: string;
  values: Record<string, unknown>;
  parent?: { referenceId: string; field: string };
  depth: number;
}

/** `POST /composite/tree/X`: records with their children, all or none. `"@ref"` in a value names a record of the same request. */
export const tree: Handler = (call, name = '') => {
  const planned = plan(objectIn(name), list(bodyOf(call)['records']), undefined, 1);
  if (planned.length > MOST_RECORDS) {
    throw fail('LIMIT_EXCEEDED', `The request can't contain more than ${MOST_RECORDS} records across all trees.`);
  }
  if (planned.some((each) => each.depth > DEEPEST)) throw fail('LIMIT_EXCEEDED', `The request can't be more than ${DEEPEST} levels deep.`);
  const names = planned.map((each) => each.referenceId);
  const twice = names.find((each, index) => names.indexOf(each) !== index);
  if (twice !== undefined)
    return refused([{ referenceId: twice, code: 'INVALID_INPUT', message: `Duplicate ReferenceId provided: ${twice}` }]);
  return insertAll(call, planned);
};

function insertAll(call: Call, planned: readonly Planned[]) {
  const start = call.work.savepoint();
  const ids = new Map<string, string>();
  const failures: { referenceId: string; code: string; message: string; fields?: readonly string[] }[] = [];
  for (const each of planned) {
    try {
      const parent = each.parent ? { [each.parent.field]: ids.get(each.parent.referenceId) } : {};
      const values = Object.fromEntries(Object.entries(each.values).map(([key, value]) => [key, resolved(ids, value)]));
      ids.set(each.referenceId, insertRecord(call.work, each.type, { ...values, ...parent }).Id);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failures.push(...error.errors.map((item) => ({ referenceId: each.referenceId, ...item })));
      break;
    }
  }
  if (failures.length > 0) {
    call.work.rollbackTo(start);
    return refused(failures);
  }
  const results = planned.map(({ referenceId }) => ({ referenceId, id: ids.get(referenceId) }));
  return { status: 201, body: { hasErrors: false, results } };
}

function refused(failures: readonly { referenceId: string; code: string; message: string; fields?: readonly string[] }[]) {
  const results = failures.map(({ referenceId, ...item }) => ({ referenceId, errors: rowErrors([item]) }));
  return { status: 400, body: { hasErrors: true, results } };
}

const resolved = (ids: ReadonlyMap<string, string>, value: unknown): unknown =>
  typeof value === 'string' && value.startsWith('@') ? (ids.get(value.slice(1)) ?? value) : value;

/** Lists the records parents first. */
function plan(type: SObject, records: unknown[] | undefined, parent: Planned['parent'], depth: number): Planned[] {
  if (!records) throw fail('JSON_PARSER_ERROR', 'Missing required property: records');
  return records.flatMap((each): Planned[] => {
    const record = object(each) ?? {};
    const attributes = object(record['attributes']) ?? {};
    const referenceId = text(attributes['referenceId']);
    const named = findObject(text(attributes['type']) ?? type.name);
    if (!referenceId) throw fail('INVALID_INPUT', 'Include a reference ID for each record in the request.');
    if (named !== type) throw fail('INVALID_TYPE', `sObject type '${String(attributes['type'])}' is not supported here.`);
    const values: Record<string, unknown> = {};
    const below: Planned[] = [];
    for (const [key, value] of Object.entries(record)) {
      const children = list(object(value)?.['records']);
      const relation = children && childrenOf(type).find((child) => child.name?.toLowerCase() === key.toLowerCase());
      if (relation) below.push(...plan(relation.object, children, { referenceId, field: relation.field.name }, depth + 1));
      else if (key !== 'attributes') values[key] = value;
    }
    return [{ type, referenceId, values, ...(parent ? { parent } : {}), depth }, ...below];
  });
}
