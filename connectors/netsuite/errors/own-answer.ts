import { isNothing, isPage, mayBeSilent } from '../../http/foreign-answer.ts';
import type { HttpAnswer } from '../../http/http-call.ts';

/** Statuses that say by themselves what is the matter, whoever answers: signing in, waiting, asking for less. */
const plainStatuses = new Set([401, 407, 408, 413, 414, 423, 425, 429, 431]);

/**
 * Whether a refusal is NetSuite's own. It always comes in an envelope (`o:errorDetails`, the flat one of 2020, a RESTlet's `error`, at least the form of
 * RFC 9457); a page or the words of a proxy say nothing about the record.
 */
export function isOwnRefusal({ status, body }: HttpAnswer): boolean {
  // a page that asks to sign in is not of the API
  if (status === 401 && typeof body === 'string' && isPage(body, undefined)) return false;
  if (status >= 500 || plainStatuses.has(status)) return true;
  if (isNothing(body)) return mayBeSilent(status);
  return hasErrors(body) || (isObject(body) && typeof body['title'] === 'string' && String(body['status']) === String(status));
}

/** That a record is not there counts only when NetSuite itself says so: a gateway's 404 is no deleted record. */
export function isOwnNotFound({ status, body }: HttpAnswer): boolean {
  return status === 404 && hasDetails(body);
}

/** A write that was taken is answered 204, at most with another 2xx that says where the record is. */
export function isOwnWritten({ status, headers }: HttpAnswer): boolean {
  return status === 204 || (status < 300 && /\/record\/v1\/[^/]+\/-?\d+$/.test(headers['location'] ?? ''));
}

function hasErrors(body: unknown): boolean {
  return hasDetails(body) || (isObject(body) && isObject(body['error']));
}

function hasDetails(body: unknown): boolean {
  return isObject(body) && (Array.isArray(body['o:errorDetails']) || typeof body['o:errorCode'] === 'string');
}

function isObject(body: unknown): body is Record<string, unknown> {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
