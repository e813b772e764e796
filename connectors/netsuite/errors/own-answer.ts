import { isObject } from '../../../model/json.ts';
import type { HttpAnswer } from '../../http/http-call.ts';
import { isOwnRefusal as isOwn } from '../../http/own-refusal.ts';

/**
 * Whether a refusal is NetSuite's own. It always comes in an envelope (`o:errorDetails`, the flat one of 2020, a RESTlet's `error`, at least the form of
 * RFC 9457).
 */
export function isOwnRefusal(answer: HttpAnswer): boolean {
  const hasForm = (body: unknown) =>
    isObject(body) && typeof body['title'] === 'string' && String(body['status']) === String(answer.status);
  return isOwn(answer, (body) => hasErrors(body) || hasForm(body));
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
