import { fail } from '../failure.ts';
import { findField, findObject, nameFieldOf, OBJECTS } from '../schema/catalogue.ts';
import type { SObject } from '../schema/object.ts';
import { renderRecord } from '../soql/path.ts';
import { runQuery } from '../soql/run.ts';
import type { Rendered } from '../soql/select.ts';
import { makeId } from '../store/ids.ts';
import type { SalesforceState } from '../store/state.ts';
import { type Call, type Handler, type Reply, scopeOf } from './call.ts';

interface Locator {
  records: readonly Rendered[];
  batch: number;
}

/** Open result sets, newest last; like the platform's, they outlive neither a restart nor many successors. */
const locators = new WeakMap<SalesforceState, Map<string, Locator>>();
const OPEN_LOCATORS = 50;
let lastLocator = 0;

export const query: Handler = (call) => answer(call, false);
export const queryAll: Handler = (call) => answer(call, true);

function answer(call: Call, deleted: boolean): Reply {
  const explain = call.query.get('explain');
  if (explain !== null) return { status: 200, body: plan(call, explain) };
  const soql = call.query.get('q');
  if (soql === null || soql.trim() === '') throw fail('MALFORMED_QUERY', 'SOQL statement cannot be empty');
  const result = runQuery(scopeOf(call, soql, deleted));
  const batch = batchSize(call.headers['sforce-query-options']);
  if (result.records.length <= batch) {
    const records = result.records.map((record) => withChildPages(call, record, batch));
    return { status: 200, body: { totalSize: result.totalSize, done: true, records } };
  }
  const locator = { records: result.records, batch };
  return { status: 200, body: page(call, opened(call, locator), locator, 0) };
}

function opened(call: Call, locator: Locator): string {
  const open = openLocators(call.sim.state);
  const id = makeId('01g', ++lastLocator);
  open.set(id, locator);
  for (const old of [...open.keys()].slice(0, Math.max(0, open.size - OPEN_LOCATORS))) open.delete(old);
  return id;
}

/** A child list longer than a page has a locator of its own. */
function withChildPages(call: Call, record: Rendered, batch: number): Rendered {
  const long = Object.entries(record).filter(([, value]) => isList(value) && value.records.length > batch);
  if (long.length === 0) return record;
  const pages = long.map(([name, value]) => {
    const locator = { records: (value as ChildList).records, batch };
    return [name, page(call, opened(call, locator), locator, 0)];
  });
  return { ...record, ...Object.fromEntries(pages) };
}

interface ChildList {
  records: Rendered[];
}

const isList = (value: unknown): value is ChildList =>
  typeof value === 'object' && value !== null && Array.isArray((value as ChildList).records);

export const queryMore: Handler = (call, written = '') => {
  const [id = '', from = ''] = written.split('-');
  const locator = openLocators(call.sim.state).get(id);
  const start = Number(from);
  if (!locator || !/^\d+$/.test(from) || start >= locator.records.length) {
    throw fail('INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  return { status: 200, body: page(call, id, locator, start) };
};

function page(call: Call, id: string, locator: Locator, start: number): unknown {
  const end = start + locator.batch;
  const done = end >= locator.records.length;
  return {
    totalSize: locator.records.length,
    done,
    ...(done ? {} : { nextRecordsUrl: `/services/data/v${call.version}/query/${id}-${end}` }),
    records: locator.records.slice(start, end).map((record) => withChildPages(call, record, locator.batch)),
  };
}

function openLocators(state: SalesforceState): Map<string, Locator> {
  let open = locators.get(state);
  if (!open) {
    open = new Map();
    locators.set(state, open);
  }
  return open;
}

/** `Sforce-Query-Options: batchSize=200`, kept within 200 and 2000. */
function batchSize(header: string | undefined): number {
  const asked = Number(/batchSize\s*=\s*(\d+)/i.exec(header ?? '')?.[1] ?? 2000);
  return Math.min(2000, Math.max(200, asked));
}

function plan(call: Call, soql: string): unknown {
  const { object, totalSize } = runQuery(scopeOf(call, soql));
  const all = call.work.records.all(object.name).length;
  const one = {
    cardinality: totalSize,
    fields: [],
    leadingOperationType: 'TableScan',
    notes: [],
    relativeCost: all === 0 ? 0 : totalSize / all,
    sobjectCardinality: all,
    sobjectType: object.name,
  };
  return { plans: [one], sourceQuery: soql };
}

/** Tooling queries tell the size apart; data objects answer the same. */
export const toolingQuery: Handler = (call) => {
  const result = runQuery(scopeOf(call, call.query.get('q') ?? ''));
  const { totalSize, records, object } = result;
  return { status: 200, body: { size: totalSize, totalSize, done: true, queryLocator: null, entityTypeName: object.name, records } };
};

/** SOSL, as far as `FIND {text} … RETURNING Account(Id, Name LIMIT 5), Contact`. */
export const search: Handler = (call) => {
  const sosl = call.query.get('q') ?? '';
  const term = /FIND\s*\{(.*?)\}/is.exec(sosl)?.[1];
  if (term === undefined) throw fail('MALFORMED_SEARCH', 'No search term found. The search term must be enclosed in braces.');
  const returning = /RETURNING\s+(\S.*)$/is.exec(sosl)?.[1];
  const targets = returning ? [...returning.matchAll(/(\w+)\s*(?:\(([^)]*)\))?/g)] : [];
  const wanted: { object: SObject; fields: string[] }[] = [];
  for (const target of targets) {
    const object = findObject(target[1] ?? '');
    if (!object) throw fail('INVALID_TYPE', `sObject type '${target[1]}' is not supported.`);
    const names = (target[2] ?? '').split(/\s(?:WHERE|ORDER|LIMIT)\s/i)[0]?.split(',') ?? [];
    wanted.push({ object, fields: names.map((name) => name.trim()).filter((name) => name !== '') });
  }
  const objects =
    wanted.length > 0 ? wanted : OBJECTS.filter((object) => object.searchable).map((object) => ({ object, fields: [] as string[] }));
  return { status: 200, body: { searchRecords: found(call, term, objects) } };
};

export const parameterizedSearch: Handler = (call) => {
  const name = call.query.get('sobject');
  const fields = (call.query.get('fields') ?? '').split(',').filter((each) => each !== '');
  const objects = OBJECTS.filter((object) => (name ? object.name === name : object.searchable)).map((object) => ({ object, fields }));
  return { status: 200, body: { searchRecords: found(call, call.query.get('q') ?? '', objects) } };
};

function found(call: Call, term: string, wanted: readonly { object: SObject; fields: readonly string[] }[]): unknown[] {
  const needle = term
    .replaceAll(/[*"\\]/g, '')
    .trim()
    .toLowerCase();
  if (needle.length < 2) throw fail('MALFORMED_SEARCH', `search term must be longer than one character: {${term}}`);
  return wanted.flatMap(({ object, fields }) => {
    const searched = object.fields.filter((field) => ['string', 'email', 'phone', 'textarea', 'url'].includes(field.type));
    const shown =
      fields.length > 0 ? fields.map((name) => findField(object, name)) : [findField(object, 'Id'), nameFieldOf(object)].slice(0, 1);
    return call.work.records
      .all(object.name)
      .filter(
        (row) =>
          row['IsDeleted'] !== true &&
          searched.some((field) =>
            String(row[field.name] ?? '')
              .toLowerCase()
              .includes(needle),
          ),
      )
      .slice(0, 2000)
      .map((row) =>
        renderRecord(
          call.version,
          object,
          row,
          shown.filter((field) => field !== undefined),
        ),
      );
  });
}
