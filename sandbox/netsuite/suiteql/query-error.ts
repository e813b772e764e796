import { invalidParameter, type NetSuiteError } from '../netsuite-error.ts';

/** 400 `INVALID_PARAMETER`, with the beginning that clients report from the field. */
export function queryError(reason: string): NetSuiteError {
  return invalidParameter(`Invalid search query. Detailed unprocessed description follows. Search error occurred: ${reason}`);
}
