import { Failure, fail, notFound } from '../failure.ts';
import { bodyOf, type Call, type Handler, type Reply, text } from '../rest/call.ts';
import { findField, findObject } from '../schema/catalogue.ts';
import type { SObject } from '../schema/object.ts';
import { recordsOf } from '../store/records.ts';
import { stamp } from '../store/time.ts';
import { deleteRecord, insertRecord, updateRecord } from '../write/save.ts';
import { keyField, upsertRecord } from '../write/upsert.ts';
import { Work } from '../write/work.ts';
import { readCsv, writeCsv } from './csv.ts';
import { type BulkJob, delimiterOf, isDelimiter, jobInfo } from './job.ts';

const OPERATIONS = ['insert', 'update', 'upsert', 'delete', 'hardDelete'];

export const open: Handler = (call) => {
  const body = bodyOf(call);
  const object = findObject(text(body['object']) ?? '');
  const operation = text(body['operation']) ?? '';
  if (!object) throw fail('INVALIDENTITY', `Unsupported object type: ${String(body['object'])}`);
  if (!OPERATIONS.includes(operation)) throw fail('INVALIDOPERATION', `Invalid operation: ${operation}`);
  if ((text(body['contentType']) ?? 'CSV') !== 'CSV') throw fail('INVALIDCONTENTTYPE', 'Content type must be CSV');
  const job = newJob(call, 'V2Ingest', object.name, operation, body);
  if (operation === 'upsert') {
    const name = text(body['externalIdFieldName']);
    if (!name) throw fail('INVALIDJOB', 'ExternalIdFieldName is required for upsert jobs');
    job.externalIdFieldName = keyField(object, name).name;
  }
  return { status: 200, body: jobInfo(job) };
};

export function newJob(call: Call, jobType: BulkJob['jobType'], object: string, operation: string, body: Record<string, unknown>): BulkJob {
  const now = stamp(call.sim.clock.now());
  const columnDelimiter = text(body['columnDelimiter']) ?? 'COMMA';
  if (!isDelimiter(columnDelimiter)) throw fail('INVALIDJOB', `Invalid columnDelimiter: ${columnDelimiter}`);
  const job: BulkJob = {
    id: recordsOf(call.sim.state).nextId('750'),
    jobType,
    object,
    operation,
    createdById: call.userId,
    createdDate: now,
    systemModstamp: now,
    state: 'Open',
    apiVersion: Number(call.version),
    columnDelimiter,
    lineEnding: text(body['lineEnding']) ?? 'LF',
    numberRecordsProcessed: 0,
    numberRecordsFailed: 0,
  };
  call.sim.state.jobs[job.id] = job;
  call.sim.saveSoon();
  return job;
}

export function jobOf(call: Call, id: string, type: BulkJob['jobType']): BulkJob {
  const job = call.sim.state.jobs[id] ?? Object.values(call.sim.state.jobs).find((each) => each.id.slice(0, 15) === id);
  if (job?.jobType !== type) throw notFound();
  return job;
}

export const listJobs: Handler = (call) => list(call, 'V2Ingest');

export function list(call: Call, type: BulkJob['jobType']): Reply {
  const records = Object.values(call.sim.state.jobs).filter((job) => job.jobType === type);
  return { status: 200, body: { done: true, records: records.map(jobInfo), nextRecordsUrl: null } };
}

export const read: Handler = (call, id = '') => ({ status: 200, body: jobInfo(jobOf(call, id, 'V2Ingest')) });

export const remove: Handler = (call, id = '') => {
  const job = call.sim.state.jobs[id];
  if (!job) throw notFound();
  if (!['JobComplete', 'Failed', 'Aborted', 'UploadComplete'].includes(job.state)) {
    throw fail('INVALIDJOBSTATE', `Cannot delete a job in state ${job.state}`);
  }
  delete call.sim.state.jobs[job.id];
  return { status: 204 };
};

export const upload: Handler = (call, id = '') => {
  const job = jobOf(call, id, 'V2Ingest');
  if (!/text\/csv/i.test(call.headers['content-type'] ?? '')) {
    throw fail('UNSUPPORTED_MEDIA_TYPE', 'Content-Type header must be text/csv');
  }
  if (job.state !== 'Open') throw fail('INVALIDJOBSTATE', `Job is not in Open state: ${job.state}`);
  if (job.data !== undefined)
    throw fail(
      'INVALIDBATCH',
      `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
    );
  job.data = typeof call.body === 'string' ? call.body : '';
  call.sim.saveSoon();
  return { status: 201 };
};

export const changeState: Handler = (call, id = '') => {
  const job = jobOf(call, id, 'V2Ingest');
  const state = text(bodyOf(call)['state']);
  if (state !== 'UploadComplete' && state !== 'Aborted') throw fail('INVALIDJOBSTATE', `Invalid job state: ${String(state)}`);
  if (job.state !== 'Open') throw fail('INVALIDJOBSTATE', `Job state cannot be changed from ${job.state} to ${state}`);
  job.state = state;
  job.systemModstamp = stamp(call.sim.clock.now());
  const answer = jobInfo(job);
  if (state === 'UploadComplete') processJob(call, job);
  call.sim.saveSoon();
  return { status: 200, body: answer };
};

/** Runs the job at once; the caller still sees it finish by asking. Each record stands for itself. */
function processJob(call: Call, job: BulkJob): void {
  const object = findObject(job.object) as SObject;
  let rows: string[][];
  try {
    rows = readCsv(job.data ?? '', delimiterOf(job));
  } catch (error) {
    failJob(job, `InvalidBatch : ${(error as Error).message}`);
    return;
  }
  const [header = [], ...lines] = rows;
  job.header = header;
  const unknown = header.find((name) => !name.includes('.') && !findField(object, name));
  if (unknown !== undefined) {
    failJob(job, `InvalidBatch : Field name not found : ${unknown}`);
    return;
  }
  const work = new Work(call.sim, call.request, call.userId, { wire: 'csv' });
  job.successful = [];
  job.failed = [];
  for (const cells of lines) {
    const record = Object.fromEntries(header.map((name, index) => [name, cells[index] ?? '']));
    try {
      const { id, created } = writeRow(work, object, job, record);
      job.successful.push([id, String(created), ...cells]);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const item = error.errors[0];
      const id = Object.entries(record).find(([name]) => name.toLowerCase() === 'id')?.[1] ?? '';
      job.failed.push([id, `${item?.code}:${item?.message}:${(item?.fields ?? []).join(',')} --`, ...cells]);
    }
  }
  work.commit();
  job.numberRecordsProcessed = lines.length;
  job.numberRecordsFailed = job.failed.length;
  job.state = 'JobComplete';
  delete job.data;
}

function failJob(job: BulkJob, message: string): void {
  job.state = 'Failed';
  job.errorMessage = message;
}

function writeRow(work: Work, object: SObject, job: BulkJob, record: Record<string, string>): { id: string; created: boolean } {
  const value = (name: string): string => Object.entries(record).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1] ?? '';
  const { Id: _id, id: _ID, ...values } = record;
  switch (job.operation) {
    case 'insert':
      return { id: insertRecord(work, object, values).Id, created: true };
    case 'update':
      if (value('Id') === '') throw fail('MISSING_ARGUMENT', 'Id not specified in an update call', []);
      return { id: updateRecord(work, object, value('Id'), values).Id, created: false };
    case 'upsert': {
      const key = keyField(object, job.externalIdFieldName ?? 'Id');
      if (key.name === 'Id' && value('Id') === '') return { id: insertRecord(work, object, values).Id, created: true };
      const { row, created } = upsertRecord(work, object, key, value(key.name), record);
      return { id: row.Id, created };
    }
    default:
      deleteRecord(work, object, value('Id'));
      return { id: value('Id'), created: false };
  }
}

const csv = (job: BulkJob, header: readonly string[], rows: readonly string[][]): Reply => ({
  status: 200,
  text: writeCsv([header, ...rows], delimiterOf(job), job.lineEnding),
  headers: { 'Content-Type': 'text/csv; charset=UTF-8' },
});

export const successful: Handler = (call, id = '') => {
  const job = jobOf(call, id, 'V2Ingest');
  return csv(job, ['sf__Id', 'sf__Created', ...(job.header ?? [])], job.successful ?? []);
};

export const failed: Handler = (call, id = '') => {
  const job = jobOf(call, id, 'V2Ingest');
  return csv(job, ['sf__Id', 'sf__Error', ...(job.header ?? [])], job.failed ?? []);
};

/** What a failed or aborted job never got to. */
export const unprocessed: Handler = (call, id = '') => {
  const job = jobOf(call, id, 'V2Ingest');
  const rows = job.state === 'JobComplete' || job.data === undefined ? [] : readCsv(job.data, delimiterOf(job));
  return csv(job, rows[0] ?? job.header ?? [], rows.slice(1));
};
