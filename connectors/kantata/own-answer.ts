import type { HttpAnswer } from '../http/http-call.ts';
import { isRow } from './envelope.ts';

/** Statuses that say by themselves what is the matter, whoever answers: signing in, waiting, asking for less. */
const plainStatuses = new Set([401, 407, 408, 413, 414, 423, 425, 429, 431]);

/** Whether a refusal is Kantata's own, which has `errors`; a page or the words of a proxy say nothing about the record. */
export function isOwnRefusal({ status, body }: HttpAnswer): boolean {
  const isEmpty = body === '' || body === undefined || body === null || (isRow(body) && Object.keys(body).length === 0);
  return status >= 500 || plainStatuses.has(status) || isEmpty || hasErrors(body);
}

export function hasErrors(body: unknown): boolean {
  return isRow(body) && Array.isArray(body['errors']);
}
