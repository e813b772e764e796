import { Failure } from '../../../model/failure.ts';
import { phrase } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import { needed } from '../../../model/needed-result.ts';
import type { OperationContext, UpsertResult } from '../../../model/operations.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import { incomplete, ofWrite, textIn } from '../wire/answer-shape.ts';
import { askedFor } from '../wire/asked-for.ts';
import { type BulkPorts, finishedJob, jobIn } from './bulk-job.ts';
import { csvOf, csvRows } from './csv.ts';
import { noReason, type SalesforceError } from '../errors/error-meaning.ts';
import { codeIn, failureOf } from '../errors.ts';
import type { SalesforceRest } from '../wire.ts';
import type { GroupOutcome } from '../write/upsert-collection.ts';
import { groupKey, recordOf, unlessOvertakenInKey, type UpsertRow, type UpsertTarget } from '../write/upsert-request.ts';

/** From here on Bulk API 2.0 is used: https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/bulk_api_2_0.htm */
export const bulkFrom = 2001;
/** A file may have 150 MB after base64: https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_bulkapi.htm */
export const rowsPerJob = 50_000;

/** Writes many records in one job. The job's id is remembered, so that a later delivery reads its results instead of sending again. */
export async function upsertBulk(
  rest: SalesforceRest,
  target: UpsertTarget,
  rows: UpsertRow[],
  context: OperationContext,
  ports: BulkPorts,
): Promise<GroupOutcome> {
  let fresh = false;
  const { jobId } = await context.effects.write({
    needs: needed('jobId', phrase('NEEDED.salesforce-job')),
    // a job is known as a whole: with one corrected value it is another
    key: groupKey(target, rows, 'bulk job', true),
    title: phrase('WRITE.salesforce-bulk', { count: rows.length, sobject: target.sobject }),
    request: {
      object: target.sobject,
      externalIdField: target.externalIdField,
      rows: rows.length,
      first: rows[0]?.key,
      last: rows.at(-1)?.key,
    },
    settle: 'repeat',
    send: async () => {
      fresh = true;
      return { jobId: await submit(rest, target, rows, context.signal) };
    },
  });
  const job = await finishedJob(rest, `jobs/ingest/${jobId}`, context.signal, ports);
  return { fresh, results: await results(rest, target, rows, job, jobId, context.signal) };
}

/** An upload whose answer is lost leaves a job that does the same upserts as the next one: harmless. */
async function submit(rest: SalesforceRest, target: UpsertTarget, rows: UpsertRow[], signal: AbortSignal): Promise<string> {
  const created = await rest.request({
    method: 'POST',
    path: 'jobs/ingest',
    body: {
      object: target.sobject,
      ...(target.byId ? { operation: 'update' } : { operation: 'upsert', externalIdFieldName: target.externalIdField }),
      contentType: 'CSV',
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    },
    signal,
  });
  const jobId = ofWrite(() => jobIn(created.body))['id'] as string;
  const key = target.byId ? 'Id' : target.externalIdField;
  await rest.request({
    kind: 'stream',
    method: 'PUT',
    path: `jobs/ingest/${jobId}/batches`,
    headers: { 'Content-Type': 'text/csv' },
    body: csvOf(rows.map((row) => ({ [key]: row.key, ...row.fields }))),
    signal,
    timeoutMs: 600_000,
  });
  const closed = await rest.request({ method: 'PATCH', path: `jobs/ingest/${jobId}`, body: { state: 'UploadComplete' }, signal });
  ofWrite(() => jobIn(closed.body, jobId));
  return jobId;
}

/** A job that is complete may still have refused rows; one that failed may have written some. Rows come in any order. */
async function results(
  rest: SalesforceRest,
  target: UpsertTarget,
  rows: UpsertRow[],
  job: JsonObject,
  jobId: string,
  signal: AbortSignal,
): Promise<UpsertResult[]> {
  const key = target.byId ? 'Id' : target.externalIdField;
  const wanted = new Set(rows.map((row) => row.key));
  // read as it comes, and only what says what became of our rows is kept
  const read = async <Kept>(what: string, column: string, keep: (row: Record<string, string>) => Kept) => {
    const kept = new Map<string, Kept>();
    let lines = 0;
    await rest.request({
      kind: 'stream',
      method: 'GET',
      path: `jobs/ingest/${jobId}/${what}`,
      headers: { Accept: 'text/csv' },
      timeoutMs: 600_000,
      signal,
      consume: async (text) => {
        for await (const row of csvRows(text, ['sf__Id', column, ...(job['state'] === 'JobComplete' ? [key] : [])])) {
          lines++;
          const own = cell(row, key);
          if (own !== undefined && wanted.has(own)) kept.set(own, keep(row));
        }
      },
    });
    return { kept, lines };
  };
  const [made, refused] = await Promise.all([
    read('successfulResults', 'sf__Created', (row) => ({ id: cell(row, 'sf__Id'), created: cell(row, 'sf__Created') === 'true' })),
    read('failedResults', 'sf__Error', (row) => cell(row, 'sf__Error') ?? ''),
  ]);
  const told = made.lines + refused.lines;
  const processed = outsideNumber(job['numberRecordsProcessed'], { least: 0, most: 1e9, whole: true }) ?? 0;
  const missing = rows.find((row) => !made.kept.has(row.key) && !refused.kept.has(row.key));
  if (told < processed || (missing && job['state'] === 'JobComplete')) {
    const total = Math.max(processed, rows.length);
    throw incomplete(askedFor.bulkResult, phrase('ANSWER_INCOMPLETE.tells-of-some', { told, total }));
  }
  return rows.map((row) => {
    const success = made.kept.get(row.key);
    if (success) return { key: row.key, id: success.id ?? row.key, created: success.created };
    const refusal = refused.kept.get(row.key);
    const error = refusal === undefined ? jobError(job) : bulkError(refusal);
    const failure = new Failure({ ...failureOf(error), record: recordOf(target, row), outcome: 'not-made' });
    return { key: row.key, failure: unlessOvertakenInKey(failure, target) };
  });
}

function cell(row: Record<string, string>, column: string): string | undefined {
  const name = Object.keys(row).find((candidate) => candidate.toLowerCase() === column.toLowerCase());
  return name ? row[name] : undefined;
}

/** `REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --` */
export function bulkError(text: string): SalesforceError {
  const code = /^([A-Z][A-Z0-9_]+):/.exec(text)?.[1];
  if (!code) return codeIn(text)?.[0] ?? (text ? { code: 'UNKNOWN_EXCEPTION', message: text, fields: [] } : noReason());
  const rest = text.slice(code.length + 1).trim();
  if (!rest.endsWith('--')) return { code, message: rest, fields: [] };
  const said = rest.slice(0, -2).trimEnd();
  const colon = said.lastIndexOf(':');
  // what stands last behind a colon names fields only if it can be names
  const names = colon < 0 ? '' : said.slice(colon + 1);
  return colon >= 0 && /^[\w.,]*$/.test(names)
    ? { code, message: said.slice(0, colon).trim(), fields: names.split(',').filter(Boolean) }
    : { code, message: said, fields: [] };
}

/** Rows that a job did not come to, because it was aborted or failed as a whole. */
function jobError(job: JsonObject): SalesforceError {
  const message = textIn(job['errorMessage']);
  return {
    code: job['state'] === 'Aborted' ? 'INVALIDJOBSTATE' : 'BULK_JOB_FAILED',
    message: message ?? '',
    ...(message === undefined ? { unsaid: phrase('SALESFORCE.job-ended', { state: String(job['state']) }) } : {}),
    fields: [],
  };
}
