import { Failure } from '../../../model/failure.ts';
import { phrase } from '../../../model/failure-words.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import { knownOf } from '../../../model/known-of.ts';
import { isWhole, outsideNumber } from '../../../model/outside-number.ts';
import { PageCount } from '../../http/page-count.ts';
import { noReason, type SalesforceError } from '../errors/error-meaning.ts';
import { errorTable } from '../errors/error-table.ts';
import { failureOf, withoutExcerpt } from '../errors.ts';
import type { RecordValues } from '../query/record-values.ts';
import { incomplete, textIn } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';
import type { SalesforceRest } from '../wire.ts';
import { type BulkPorts, finishedJob, jobIn } from './bulk-job.ts';
import { csvCells } from './csv.ts';

/** A query job, and the version of the API that it was made in: its results are given in no other. */
export interface QueryJob extends JsonObject {
  jobId: string;
  apiVersion: string;
}

/** A page is in memory as a whole, so that no answer is held open while a flow works on its records. */
export const rowsPerPage = 10_000;
const pageTimeoutMs = 600_000;

const pathOf = ({ jobId, apiVersion }: QueryJob) => `/services/data/v${apiVersion}/jobs/query/${jobId}`;

/** https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_create_job.htm */
export async function openQueryJob(rest: SalesforceRest, soql: string, deleted: boolean, signal: AbortSignal): Promise<QueryJob> {
  const answer = await rest.request({
    method: 'POST',
    path: 'jobs/query',
    body: { operation: deleted ? 'queryAll' : 'query', query: soql, contentType: 'CSV', columnDelimiter: 'COMMA', lineEnding: 'LF' },
    // a second job reads the same once more
    reads: true,
    signal,
  });
  return { jobId: textIn(jobIn(answer.body)['id']) ?? '', apiVersion: rest.apiVersion };
}

/** Gives up a job that nobody reads any more. What it has come to is no matter: it is forgotten after seven days. */
export async function abortQueryJob(rest: SalesforceRest, job: QueryJob): Promise<void> {
  const signal = AbortSignal.timeout(5_000);
  await rest.request({ method: 'PATCH', path: pathOf(job), body: { state: 'Aborted' }, reads: true, signal }).catch(() => undefined);
}

/** The number of the records that a job has found, once it has ended. Throws what a job that failed says. */
export async function queryJobTotal(rest: SalesforceRest, job: QueryJob, signal: AbortSignal, ports: BulkPorts): Promise<number> {
  const ended = await finishedJob(rest, pathOf(job), signal, ports);
  if (ended['state'] !== 'JobComplete') throw new Failure({ ...failureOf(jobError(ended)), record: job.jobId });
  const total = outsideNumber(ended['numberRecordsProcessed'], { least: 0, most: Number.MAX_SAFE_INTEGER });
  if (isWhole(total, 0, Number.MAX_SAFE_INTEGER)) return total;
  throw incomplete(askedFor.bulkJob, phrase('ANSWER_INCOMPLETE.no-total'));
}

/** The records of a job, page by page as they are consumed: no more than one page is in memory. */
export async function* queryJobRecords(
  rest: SalesforceRest,
  job: QueryJob,
  { sobject, total, values }: { sobject: string; total: number; values: RecordValues },
  signal: AbortSignal,
): AsyncGenerator<JsonObject> {
  const pages = new PageCount('salesforce', askedFor.bulkResult);
  const given = new Set<string>();
  let header: string[] | undefined;
  let makeRecord: ((cells: string[]) => JsonObject) | undefined;
  let read = 0;
  for (let locator: string | undefined = ''; locator !== undefined;) {
    pages.next();
    const page = await resultPage(rest, job, locator, signal);
    const [first = []] = page.rows;
    header ??= first;
    // whether each page begins with the names of its columns is not documented: the number of its records says it
    const named = isHeader(first, header, page);
    if (page.said !== undefined && page.said !== page.rows.length - (named ? 1 : 0)) {
      throw incomplete(
        askedFor.bulkResult,
        phrase('ANSWER_INCOMPLETE.has-some', { read: page.rows.length - (named ? 1 : 0), total: page.said }),
      );
    }
    makeRecord ??= await recordMaker(header, sobject, values);
    for (const cells of named ? page.rows.slice(1) : page.rows) {
      if (cells.length !== header.length) throw incomplete(askedFor.bulkResult, phrase('ANSWER_INCOMPLETE.row-short'));
      read++;
      yield makeRecord(cells);
    }
    if (page.next !== undefined && given.has(page.next)) throw incomplete(askedFor.bulkResult, phrase('ANSWER_INCOMPLETE.page-twice'));
    if (page.next !== undefined) given.add(page.next);
    locator = page.next;
  }
  if (read !== total) throw incomplete(askedFor.bulkResult, phrase('ANSWER_INCOMPLETE.has-some', { read, total }));
}

interface ResultPage {
  rows: string[][];
  /** how many records it says that it has */
  said: number | undefined;
  /** where the next one is; undefined: there is none */
  next: string | undefined;
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_get_job_results.htm */
async function resultPage(rest: SalesforceRest, job: QueryJob, locator: string, signal: AbortSignal): Promise<ResultPage> {
  const rows: string[][] = [];
  const { headers } = await rest.request({
    kind: 'stream',
    method: 'GET',
    path: `${pathOf(job)}/results`,
    params: { maxRecords: rowsPerPage, ...(locator === '' ? {} : { locator }) },
    headers: { Accept: 'text/csv' },
    timeoutMs: pageTimeoutMs,
    signal,
    consume: async (text) => {
      for await (const cells of csvCells(text)) rows.push(cells);
    },
  });
  const next = headers['sforce-locator'];
  // its absence is not the end: the last page says `null`
  if (!next) throw incomplete(askedFor.bulkResult, phrase('ANSWER_INCOMPLETE.no-next-page'));
  return {
    rows,
    said: outsideNumber(headers['sforce-numberofrecords'], { least: 0, most: 1e9, whole: true }),
    next: next === 'null' ? undefined : next,
  };
}

function isHeader(first: string[], header: string[], { rows, said }: ResultPage): boolean {
  if (rows.length === 0) return false;
  if (first === header) return true;
  return said === undefined ? first.join() === header.join() : rows.length > said;
}

/** `Account.Name` becomes `Account: {Name}`; a lookup of which every cell is empty leads nowhere. */
async function recordMaker(header: string[], sobject: string, values: RecordValues): Promise<(cells: string[]) => JsonObject> {
  const columns = await Promise.all(header.map(async (path) => ({ parts: path.split('.'), read: await values.column(sobject, path) })));
  return (cells) => {
    const record: JsonObject = {};
    columns.forEach(({ parts, read }, at) => put(record, parts, read(cells[at] ?? '')));
    return record;
  };
}

function put(record: JsonObject, parts: readonly string[], value: Json): void {
  const [name = '', ...within] = parts;
  if (name === '__proto__') return;
  if (within.length === 0) {
    record[name] = value;
    return;
  }
  const known = record[name];
  if (known === undefined || known === null) {
    record[name] = value === null ? null : {};
    if (value === null) return;
  }
  put(record[name] as JsonObject, within, value);
}

/** `TooManyLockFailure : …`, or the code of the query's own error within the text. */
function jobError(job: JsonObject): SalesforceError {
  const said = textIn(job['errorMessage']);
  const message = said && withoutExcerpt(said);
  if (job['state'] === 'Aborted')
    return { code: 'INVALIDJOBSTATE', message: message ?? '', unsaid: phrase('SALESFORCE.job-ended', { state: 'Aborted' }), fields: [] };
  if (message === undefined) return { ...noReason(), code: 'BULK_JOB_FAILED' };
  const codes = [...message.matchAll(/\b[A-Za-z][A-Za-z0-9_]{4,60}\b/g)].map(([code]) => code).filter((code) => knownOf(errorTable, code));
  return { code: codes.at(-1) ?? 'BULK_JOB_FAILED', message, fields: [] };
}
