import { Failure, fail } from '../failure.ts';
import { bodyOf, type Handler, scopeOf, text } from '../rest/call.ts';
import { runQuery } from '../soql/run.ts';
import { stamp } from '../store/time.ts';
import { writeCsv } from './csv.ts';
import { jobOf, list, newJob } from './ingest.ts';
import { delimiterOf, jobInfo } from './job.ts';

const PAGE = 50_000;

/** A query job: refused at once when the query is not allowed in bulk, done by the time it is asked about. */
export const open: Handler = (call) => {
  const body = bodyOf(call);
  const operation = text(body['operation']) ?? 'query';
  const query = text(body['query']) ?? '';
  if (operation !== 'query' && operation !== 'queryAll') throw fail('INVALIDOPERATION', `Invalid operation: ${operation}`);
  const result = runQuery(scopeOf(call, query, operation === 'queryAll'));
  if (result.aggregate) throw fail('API_ERROR', 'Aggregate Relationships not supported in Bulk Query');
  if (/\bOFFSET\s+\d+/i.test(query)) throw fail('API_ERROR', 'OFFSET not supported in Bulk Query');
  if (/\(\s*SELECT\b/i.test(query.split(/\bFROM\b/i)[0] ?? '')) throw fail('API_ERROR', 'Nested queries not supported in Bulk Query');
  const compound = result.columns.find((name) => /Address$/.test(name));
  if (compound) throw fail('API_ERROR', 'Selecting compound data not supported in Bulk Query');
  const job = newJob(call, 'V2Query', result.object.name, operation, body);
  job.state = 'UploadComplete';
  job.query = query;
  const answer = jobInfo(job);
  job.header = result.columns;
  job.rows = result.records.map((record) => result.columns.map((column) => cellText(record, column)));
  job.madeUp = call.sim.state.madeUp?.[job.object] ?? 0;
  job.numberRecordsProcessed = result.totalSize + job.madeUp;
  job.state = 'JobComplete';
  return { status: 200, body: answer };
};

function cellText(record: Record<string, unknown>, column: string): string {
  let current: unknown = record;
  for (const part of column.split('.')) {
    current = typeof current === 'object' && current !== null ? (current as Record<string, unknown>)[part] : undefined;
  }
  if (current === null || current === undefined) return '';
  if (typeof current !== 'string') return String(current);
  return current.includes('T') && current.endsWith('+0000') ? `${current.slice(0, -5)}Z` : current;
}

export const read: Handler = (call, id = '') => ({ status: 200, body: jobInfo(jobOf(call, id, 'V2Query')) });
export const listJobs: Handler = (call) => list(call, 'V2Query');

export const abort: Handler = (call, id = '') => {
  const job = jobOf(call, id, 'V2Query');
  if (text(bodyOf(call)['state']) !== 'Aborted') throw fail('INVALIDJOBSTATE', 'A query job can only be aborted');
  if (job.state === 'JobComplete') throw fail('INVALIDJOBSTATE', 'Job state cannot be changed from JobComplete to Aborted');
  job.state = 'Aborted';
  job.systemModstamp = stamp(call.sim.clock.now());
  return { status: 200, body: jobInfo(job) };
};

const madeUpRow = (header: readonly string[], at: number): string[] => header.map((column) => madeUpCell(column, at));

function madeUpCell(column: string, at: number): string {
  if (/Id$/.test(column)) return `001${String(at).padStart(12, '0')}AAA`;
  if (/(Date|Modstamp)$/.test(column)) return '2025-03-10T09:00:00.000Z';
  return /^(Annual|Amount|Number)/.test(column) ? String(at) : `${column} ${at}`;
}

/** Results by page; the locator of the last page is the word `null`. Another version than the job's is a conflict. */
export const results: Handler = (call, id = '') => {
  const job = jobOf(call, id, 'V2Query');
  if (Number(call.version) !== job.apiVersion) {
    throw new Failure([{ code: 'INVALID_API_VERSION', message: `The job was created in API version ${job.apiVersion.toFixed(1)}` }], {
      status: 409,
    });
  }
  const most = Math.max(1, Number(call.query.get('maxRecords') ?? PAGE) || PAGE);
  const locator = call.query.get('locator');
  const start = locator && locator !== 'null' ? Number(Buffer.from(locator, 'base64url').toString()) : 0;
  if (!Number.isInteger(start)) throw fail('INVALID_QUERY_LOCATOR', 'invalid query locator');
  const rows = job.rows ?? [];
  const all = rows.length + (job.madeUp ?? 0);
  const slice = rows.slice(start, start + most);
  for (let at = Math.max(start, rows.length); at < all && slice.length < most; at++) slice.push(madeUpRow(job.header ?? [], at));
  const end = start + slice.length;
  return {
    status: 200,
    text: writeCsv([job.header ?? [], ...slice], delimiterOf(job), job.lineEnding),
    headers: {
      'Content-Type': 'text/csv; charset=UTF-8',
      'Sforce-NumberOfRecords': String(slice.length),
      'Sforce-Locator': end >= all ? 'null' : Buffer.from(String(end)).toString('base64url'),
    },
  };
};
