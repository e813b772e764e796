import { Failure } from '../../../model/failure.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { phrase } from '../../../model/failure-words.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import { isWhole, outsideNumber } from '../../../model/outside-number.ts';
import { PageCount } from '../../http/page-count.ts';
import { incomplete, objectIn, objectsIn, textIn, unexpected } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';
import { classify } from '../errors.ts';
import type { SalesforceRest } from '../wire.ts';

const listOf = {
  query: phrase('SALESFORCE.answer-to', { what: askedFor.query }),
  subQuery: phrase('SALESFORCE.answer-to', { what: askedFor.subQuery }),
};

/** Makes a value, of a type of object and a field, what is handed on. */
export type ReadValue = (sobject: string | undefined, field: string, value: Json) => Json | Promise<Json>;

export interface QueryOptions {
  /** those in the recycle bin, too */
  deleted?: boolean;
  values?: ReadValue | undefined;
  /** its first page, which has been read already */
  begun?: JsonObject | undefined;
}

interface Reading {
  rest: SalesforceRest;
  kind: keyof typeof listOf;
  values: ReadValue | undefined;
}

/** Longer ones go into a body: gateways refuse addresses of about 16 kB. */
const longestAddress = 12_000;

/**
 * Every record of a query, page by page as it is consumed. `attributes` are removed; a sub-query becomes a plain list, read to its end. An answer
 * that has fewer records than it says, or does not say where the rest is, is a failure.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm
 */
export async function* queryRecords(
  rest: SalesforceRest,
  soql: string,
  signal: AbortSignal,
  options: QueryOptions = {},
): AsyncGenerator<JsonObject> {
  const page = options.begun ?? (await beginQuery(rest, soql, signal, options)).page;
  if (isPlainCount(soql)) yield { count: totalOf(page, askedFor.query) };
  else yield* allRows({ rest, kind: 'query', values: options.values }, page, signal);
}

/** `SELECT COUNT() …`, which gives a number and no record. */
export const isPlainCount = (soql: string): boolean => /^\s*select\s+count\(\s*\)\s/i.test(soql);

/** The first page of a query, with the number of all its records. */
export async function beginQuery(
  rest: SalesforceRest,
  soql: string,
  signal: AbortSignal,
  { deleted = false }: QueryOptions = {},
): Promise<{ page: JsonObject; total: number }> {
  const page = objectIn(await firstPage(rest, soql, deleted ? 'queryAll' : 'query', signal), askedFor.query);
  return { page, total: totalOf(page, askedFor.query) };
}

/** All records of a query that is known to be short. */
export async function readRecords(
  rest: SalesforceRest,
  soql: string,
  signal: AbortSignal,
  options: QueryOptions = {},
): Promise<JsonObject[]> {
  const records: JsonObject[] = [];
  for await (const record of queryRecords(rest, soql, signal, options)) records.push(record);
  return records;
}

async function firstPage(rest: SalesforceRest, soql: string, resource: 'query' | 'queryAll', signal: AbortSignal): Promise<unknown> {
  const asked = encodeURIComponent(soql.toWellFormed());
  if (asked.length <= longestAddress) return (await rest.get(resource, { q: soql }, signal)).body;
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite_post.htm
  const url = `/services/data/v${rest.apiVersion}/${resource}?q=${asked}`;
  const answer = await rest.request({
    kind: 'list',
    method: 'POST',
    path: 'composite',
    body: { allOrNone: false, compositeRequest: [{ method: 'GET', url, referenceId: 'query' }] },
    reads: true,
    signal,
  });
  const part = objectsIn(objectIn(answer.body, askedFor.query)['compositeResponse'], askedFor.query)[0] ?? {};
  const status = outsideNumber(part['httpStatusCode'], { least: 100, most: 600, whole: true }) ?? 600;
  if (status === 600) throw unexpected(askedFor.query, phrase('ANSWER_SHAPE.with-status'), part['httpStatusCode']);
  if (status < 300) return part['body'];
  throw new Failure({ system: 'salesforce', status, ...classify({ status, headers: answer.headers, body: part['body'] }) });
}

async function* allRows(reading: Reading, first: JsonObject, signal: AbortSignal): AsyncGenerator<JsonObject> {
  const { rest, kind } = reading;
  const what = askedFor[kind];
  const total = totalOf(first, what);
  const pages = new PageCount('salesforce', listOf[kind]);
  let read = 0;
  const given = new Set<string>();
  for (let page: JsonObject | undefined = first; page; page = await nextPage(rest, page, { what, given }, signal)) {
    pages.next();
    const records = objectsIn(page['records'], what);
    const firstId = textIn(records[0]?.['Id']);
    // a page that was given before is not the next one
    if (firstId && given.has(firstId)) throw incomplete(what, phrase('ANSWER_INCOMPLETE.page-twice'));
    if (firstId) given.add(firstId);
    for (const record of records) {
      read++;
      yield await plainRecord(reading, record, signal);
    }
  }
  if (read !== total) throw incomplete(what, phrase('ANSWER_INCOMPLETE.has-some', { read, total }));
}

function totalOf(page: JsonObject, what: Words): number {
  const total = outsideNumber(page['totalSize'], { least: 0, most: Number.MAX_SAFE_INTEGER });
  if (isWhole(total, 0, Number.MAX_SAFE_INTEGER)) return total;
  throw unexpected(what, phrase('ANSWER_SHAPE.list-with-number'), page['totalSize']);
}

/** The address of the next page is followed as it is given, never rebuilt. */
async function nextPage(
  rest: SalesforceRest,
  page: JsonObject,
  { what, given }: { what: Words; given: Set<string> },
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  if (page['done'] === true) return undefined;
  const next = textIn(page['nextRecordsUrl']);
  if (page['done'] !== false || !next) throw incomplete(what, phrase('ANSWER_INCOMPLETE.no-next-page'));
  // a page that names itself, or one before it, is not followed in circles
  if (given.has(next)) throw incomplete(what, phrase('ANSWER_INCOMPLETE.page-twice'));
  given.add(next);
  return objectIn((await rest.get(next, undefined, signal)).body, what);
}

async function plainRecord(reading: Reading, record: JsonObject, signal: AbortSignal): Promise<JsonObject> {
  const plain: JsonObject = {};
  const type = isObject(record['attributes']) ? textIn(record['attributes']['type']) : undefined;
  for (const [name, value] of Object.entries(record)) {
    if (name !== 'attributes' && name !== '__proto__' && value !== undefined)
      plain[name] = await plainValue(reading, { type, name, value }, signal);
  }
  return plain;
}

interface Cell {
  type: string | undefined;
  name: string;
  value: Json;
}

async function plainValue(reading: Reading, { type, name, value }: Cell, signal: AbortSignal): Promise<Json> {
  if (!isObject(value)) return reading.values ? reading.values(type, name, value) : value;
  if (!isSubQuery(value)) return plainRecord(reading, value, signal);
  const rows: Json[] = [];
  for await (const row of allRows({ ...reading, kind: 'subQuery' }, value, signal)) rows.push(row);
  return rows;
}

/** What a parent relationship refers to is a record, with its `attributes`. */
const isSubQuery = (value: JsonObject) => !('attributes' in value) && ['records', 'totalSize', 'done'].some((name) => name in value);
