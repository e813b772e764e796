import type { FailureDetails } from '../../model/failure.ts';
import type { HttpAnswer } from '../http/client.ts';
import { isObject, textIn } from './answer-shape.ts';
import { type ErrorMeaning, errorTable, later, statusTable } from './error-table.ts';

/** One code of INVALID_SESSION_ID is permanent: signing in again gives the same answer, so it must not be tried for ever. */
const permanentSessionErrors = [/not valid for use with the REST API/i, /not attached to Agent/i];

/** One item of an error list, from a top-level answer, a collection row or a Bulk result. */
export interface SalesforceError {
  code: string;
  message: string;
  fields: string[];
  /** records that a duplicate rule found */
  matches?: string[];
}

/** The errors in a body, whichever of the API's shapes it has; none when the body is HTML or empty. */
export function errorsIn(body: unknown): SalesforceError[] {
  const items = Array.isArray(body) ? body : [body];
  return items.filter(isObject).flatMap((item) => {
    const code = textIn(item['errorCode']) ?? textIn(item['statusCode']) ?? textIn(item['exceptionCode']);
    if (!code) return [];
    const fields = Array.isArray(item['fields']) ? item['fields'].filter((field): field is string => typeof field === 'string') : [];
    const message = textIn(item['message']) ?? textIn(item['exceptionMessage']) ?? code;
    const matches = matchedRecords(item['duplicateResut'] ?? item['duplicateResult']);
    return [{ code, message, fields, ...(matches.length > 0 ? { matches } : {}) }];
  });
}

/** A failed answer as failure details. */
export function classify(answer: HttpAnswer): FailureDetails {
  const errors = errorsIn(answer.body);
  const first = errors[0];
  if (first) return { ...failureOf(first, answer), ...(errors.length > 1 ? { issues: errors.map(issueOf) } : {}) };
  const meaning: ErrorMeaning | undefined =
    statusTable[answer.status] ??
    (answer.status >= 500
      ? { class: 'transient.unavailable', remedy: later }
      : { class: 'contract.invalid', remedy: 'Check the address of the org.' });
  return {
    class: meaning.class,
    code: `HTTP_${answer.status}`,
    message: `Salesforce answered with status ${answer.status}.`,
    remedy: meaning.remedy,
  };
}

/** One error as failure details. The answer tells the daily quota from a moment's rush, which share a code. */
export function failureOf(error: SalesforceError, answer?: HttpAnswer): FailureDetails {
  const meaning = meaningOf(error, answer);
  const field = error.fields[0] ?? fieldInText(error);
  return {
    class: meaning.class,
    code: error.code,
    message: error.message.trim(),
    system: 'salesforce',
    ...(field ? { field } : {}),
    ...(error.matches ? { value: error.matches.join(', ') } : {}),
    remedy: meaning.remedy,
    ...(meaning.class === 'quota.exhausted' ? { retryAfterMs: 15 * 60_000 } : {}),
  };
}

function meaningOf(error: SalesforceError, answer?: HttpAnswer): ErrorMeaning {
  if (error.code === 'INVALID_SESSION_ID' && permanentSessionErrors.some((text) => text.test(error.message))) {
    return {
      class: 'auth.denied',
      remedy: 'The session may not use the REST API: check the profile and the app’s policies of the integration user.',
    };
  }
  if (error.code === 'REQUEST_LIMIT_EXCEEDED' && quotaUsedUp(error, answer)) {
    return {
      class: 'quota.exhausted',
      remedy: 'The daily API requests of the org are used up: wait, or buy more; the run goes on when there are some again.',
    };
  }
  return (
    errorTable[error.code] ?? {
      class: 'business.rejected',
      remedy: 'Salesforce refused the record: see its text, or ask the administrator.',
    }
  );
}

/** Both messages carry an untranslated limit name: `TotalRequests` or `ConcurrentRequests`. */
function quotaUsedUp(error: SalesforceError, answer?: HttpAnswer): boolean {
  if (/ConcurrentRequests/.test(error.message)) return false;
  if (/TotalRequests/.test(error.message)) return true;
  const usage = apiUsage(answer?.headers['sforce-limit-info']);
  return usage !== undefined && usage.used >= usage.max;
}

/** `Sforce-Limit-Info: api-usage=18/15000` */
export function apiUsage(header: string | undefined): { used: number; max: number } | undefined {
  const match = /api-usage=(\d{1,12})\/(\d{1,12})(?!\d)/.exec(header ?? '');
  const [used, max] = [Number(match?.[1]), Number(match?.[2])];
  return match && max > 0 ? { used, max } : undefined;
}

/** Some answers name the field in quotes only; the quotes are there in every language. */
function fieldInText(error: SalesforceError): string | undefined {
  if (!['INVALID_FIELD', 'INVALID_FIELD_FOR_INSERT_UPDATE', 'INVALID_TYPE'].includes(error.code)) return undefined;
  return /'([A-Za-z0-9_.]+)'/.exec(error.message)?.[1];
}

function matchedRecords(result: unknown): string[] {
  if (!isObject(result) || !Array.isArray(result['matchResults'])) return [];
  return result['matchResults'].filter(isObject).flatMap((match) =>
    (Array.isArray(match['matchRecords']) ? match['matchRecords'] : []).filter(isObject).flatMap((found) => {
      const id = isObject(found['record']) ? textIn(found['record']['Id']) : undefined;
      return id ? [id] : [];
    }),
  );
}

function issueOf(error: SalesforceError) {
  const { code, message, field = '', remedy = '' } = failureOf(error);
  return { code, message, field, remedy };
}
