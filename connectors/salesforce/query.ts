import { Failure } from '../../model/failure.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { isWhole, outsideNumber } from '../../model/outside-number.ts';
import { PageCount } from '../http/page-count.ts';
import { isObject, objectIn, objectsIn, textIn, unexpected } from './answer-shape.ts';
import { classify } from './errors.ts';
import type { SalesforceRest } from './rest.ts';

/** Longer ones go into a body: gateways refuse addresses of about 16 kB. */
const longestAddress = 12_000;

/**
 * Every record of a query, page by page as it is consumed. `attributes` are removed; a sub-query becomes a plain list, read to its end.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm
 */
export async function* queryRecords(rest: SalesforceRest, soql: string, signal: AbortSignal): AsyncGenerator<JsonObject> {
  let page: JsonObject | undefined = objectIn(await firstPage(rest, soql, signal), 'the query');
  if (/^\s*select\s+count\(\s*\)\s/i.test(soql)) {
    const count = outsideNumber(page['totalSize'], { least: 0, most: Number.MAX_SAFE_INTEGER });
    if (!isWhole(count, 0, Number.MAX_SAFE_INTEGER)) throw unexpected('the count', 'a whole number', page['totalSize']);
    yield { count };
    return;
  }
  const pages = new PageCount('salesforce', 'The answer to a query');
  while (page) {
    pages.next();
    for (const record of objectsIn(page['records'], 'the query')) yield await plainRecord(rest, record, signal);
    page = await nextPage(rest, page, signal);
  }
}

/** All records of a query that is known to be short. */
export async function readRecords(rest: SalesforceRest, soql: string, signal: AbortSignal): Promise<JsonObject[]> {
  const records: JsonObject[] = [];
  for await (const record of queryRecords(rest, soql, signal)) records.push(record);
  return records;
}

async function firstPage(rest: SalesforceRest, soql: string, signal: AbortSignal): Promise<unknown> {
  if (encodeURIComponent(soql).length <= longestAddress) return (await rest.get('query', { q: soql }, signal)).body;
  // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite_post.htm
  const url = `/services/data/v${rest.apiVersion}/query?q=${encodeURIComponent(soql)}`;
  const answer = await rest.request({
    kind: 'list',
    method: 'POST',
    path: 'composite',
    body: { allOrNone: false, compositeRequest: [{ method: 'GET', url, referenceId: 'query' }] },
    reads: true,
    signal,
  });
  const part = objectsIn(objectIn(answer.body, 'the query')['compositeResponse'], 'the query')[0] ?? {};
  const status = outsideNumber(part['httpStatusCode'], { least: 100, most: 600, whole: true }) ?? 600;
  if (status === 600) throw unexpected('the query', 'an answer with a status', part['httpStatusCode']);
  if (status < 300) return part['body'];
  throw new Failure({ system: 'salesforce', status, ...classify({ status, headers: answer.headers, body: part['body'] }) });
}

/** The address of the next page is followed as it is given, never rebuilt. */
async function nextPage(rest: SalesforceRest, page: JsonObject, signal: AbortSignal): Promise<JsonObject | undefined> {
  const next = textIn(page['nextRecordsUrl']);
  if (page['done'] !== false || !next) return undefined;
  return objectIn((await rest.get(next, undefined, signal)).body, 'the query');
}

async function plainRecord(rest: SalesforceRest, record: JsonObject, signal: AbortSignal): Promise<JsonObject> {
  const plain: JsonObject = {};
  for (const [name, value] of Object.entries(record)) {
    if (name !== 'attributes' && name !== '__proto__' && value !== undefined) plain[name] = await plainValue(rest, value, signal);
  }
  return plain;
}

async function plainValue(rest: SalesforceRest, value: Json, signal: AbortSignal): Promise<Json> {
  if (!isObject(value)) return value;
  if (!Array.isArray(value['records'])) return plainRecord(rest, value, signal);
  const rows: Json[] = [];
  const pages = new PageCount('salesforce', 'The answer to a sub-query');
  for (let page: JsonObject | undefined = value; page; page = await nextPage(rest, page, signal)) {
    pages.next();
    for (const row of objectsIn(page['records'], 'the sub-query')) rows.push(await plainRecord(rest, row, signal));
  }
  return rows;
}
