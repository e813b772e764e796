/** A Bulk API 2.0 job, with its data. */
export interface BulkJob {
  id: string;
  jobType: 'V2Ingest' | 'V2Query';
  object: string;
  operation: string;
  externalIdFieldName?: string;
  createdById: string;
  createdDate: string;
  systemModstamp: string;
  state: 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';
  apiVersion: number;
  columnDelimiter: string;
  lineEnding: string;
  numberRecordsProcessed: number;
  numberRecordsFailed: number;
  errorMessage?: string;
  /** uploaded CSV of an ingest job */
  data?: string;
  /** CSV rows without header: `sf__Id`, `sf__Created` or `sf__Error`, then the uploaded columns */
  header?: string[];
  successful?: string[][];
  failed?: string[][];
  /** SOQL and result of a query job */
  query?: string;
  rows?: string[][];
  /** so many rows, made when they are asked for */
  madeUp?: number;
}

const DELIMITERS: Readonly<Record<string, string>> = { COMMA: ',', TAB: '\t', SEMICOLON: ';', PIPE: '|', CARET: '^', BACKQUOTE: '`' };

export const delimiterOf = (job: BulkJob): string => DELIMITERS[job.columnDelimiter] ?? ',';
export const isDelimiter = (name: string): boolean => name in DELIMITERS;

/** The job as the API shows it. */
export function jobInfo(job: BulkJob): Record<string, unknown> {
  const { id, operation, object, createdById, createdDate, systemModstamp, state, apiVersion, jobType, lineEnding, columnDelimiter } = job;
  const base = `services/data/v${apiVersion.toFixed(1)}/jobs/ingest/${id}/batches`;
  const done = state === 'JobComplete' || state === 'Failed';
  return {
    id,
    operation,
    object,
    createdById,
    createdDate,
    systemModstamp,
    state,
    ...(job.externalIdFieldName ? { externalIdFieldName: job.externalIdFieldName } : {}),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion,
    jobType,
    ...(jobType === 'V2Ingest' && state === 'Open' ? { contentUrl: base } : {}),
    lineEnding,
    columnDelimiter,
    ...(done || jobType === 'V2Query'
      ? { numberRecordsProcessed: job.numberRecordsProcessed, retries: 0, totalProcessingTime: done ? 100 : 0 }
      : {}),
    ...(done && jobType === 'V2Ingest'
      ? { numberRecordsFailed: job.numberRecordsFailed, apiActiveProcessingTime: 80, apexProcessingTime: 0 }
      : {}),
    ...(jobType === 'V2Query' ? { isPkChunkingSupported: true } : {}),
    ...(job.errorMessage ? { errorMessage: job.errorMessage } : {}),
  };
}
