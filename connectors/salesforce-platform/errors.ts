import { isObject } from '../../model/json.ts';
import type { FailureDetails, Issue } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-call.ts';
import { textIn } from './wire/answer-shape.ts';
import { meaningOf, meaningOfStatus, type SalesforceError } from './errors/error-meaning.ts';
import { foreign, isOwnWithoutCode } from './errors/own-answer.ts';

export { apiUsage } from './wire/api-usage.ts';

/** The errors in a body, whichever of the API's shapes it has, also one alone without its list; none when the body is HTML or empty. */
export function errorsIn(body: unknown): SalesforceError[] {
  const items = Array.isArray(body) ? body : [body];
  return items.flatMap((item) => {
    if (typeof item === 'string') return codeIn(item) ?? [];
    if (!isObject(item)) return [];
    const code = textIn(item['errorCode']) ?? textIn(item['statusCode']) ?? textIn(item['exceptionCode']);
    if (!code) return codeIn(textIn(item['message']) ?? '') ?? [];
    const fields = Array.isArray(item['fields']) ? item['fields'].filter((field): field is string => typeof field === 'string') : [];
    const message = withoutExcerpt(textIn(item['message']) ?? textIn(item['exceptionMessage']) ?? code);
    const matches = matchedRecords(item['duplicateResut'] ?? item['duplicateResult']);
    return [{ code, message, fields, ...(matches.length > 0 ? { matches } : {}) }];
  });
}

/** What is wrong with a query, without the piece of it that stands above a caret: values are in it, which may be of persons, and texts in quotes that are no field. */
export function withoutExcerpt(message: string): string {
  const lines = message.split('\n');
  const caret = lines.findIndex((line) => line.trim() === '^');
  return caret < 0 ? message : lines.slice(caret + 1).join('\n');
}

/** `UNABLE_TO_LOCK_ROW: unable to obtain exclusive access …`, or the code alone. */
export function codeIn(text: string): SalesforceError[] | undefined {
  const code = /^\s*([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?=[\s:,;]|$)/.exec(text)?.[1];
  if (!code) return undefined;
  const message = text
    .trim()
    .slice(code.length)
    .replace(/^[\s:,;]+/, '');
  return [{ code, message: message || code, fields: [] }];
}

/** A failed answer as failure details. */
export function classify(answer: HttpAnswer, request?: HttpRequest): FailureDetails {
  const [first, ...others] = errorsIn(answer.body);
  if (first) return refusalOf([first, ...others], answer);
  if (!isOwnWithoutCode(answer)) return foreign(answer, request);
  const meaning = meaningOfStatus(answer.status) ?? { class: 'contract.invalid' as const, remedy: phrase('SALESFORCE.address') };
  return {
    class: meaning.class,
    ...inWords('AS_SAID.salesforce-status', { status: answer.status, remedy: meaning.remedy }),
    code: `HTTP_${answer.status}`,
  };
}

/** All that is wrong with one record: the first error as the failure, each of several as an issue. */
export function refusalOf(errors: readonly [SalesforceError, ...SalesforceError[]], answer?: HttpAnswer): FailureDetails {
  return { ...failureOf(errors[0], answer), ...(errors.length > 1 ? { issues: errors.map(issueOf) } : {}) };
}

/** One error as failure details. The answer tells the daily quota from a moment's rush, which share a code. */
export function failureOf(error: SalesforceError, answer?: HttpAnswer): FailureDetails {
  const meaning = meaningOf(error, answer);
  const field = error.fields[0] ?? fieldInText(error);
  return {
    class: meaning.class,
    ...inWords('AS_SAID', { message: error.unsaid ?? error.message.trim(), remedy: meaning.remedy }),
    code: meaning.code ?? error.code,
    system: 'salesforce',
    ...(field ? { field } : {}),
    ...(error.matches ? { value: error.matches.join(', ') } : {}),
    ...(meaning.class === 'quota.exhausted' ? { retryAfterMs: 15 * 60_000 } : {}),
  };
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

function issueOf(error: SalesforceError): Issue {
  const { code, message, field = '', remedy = '', words } = failureOf(error);
  return { code, message, field, remedy, ...(words ? { words } : {}) };
}
