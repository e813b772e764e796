import { isNothing, isPage, mayBeSilent } from '../../http/foreign-answer.ts';
import type { HttpAnswer } from '../../http/http-call.ts';
import { isRow } from '../wire/envelope.ts';

/** Statuses that say by themselves what is the matter, whoever answers: signing in, waiting, asking for less. */
const plainStatuses = new Set([401, 407, 408, 413, 414, 423, 425, 429, 431]);

/** Whether a refusal is Kantata's own, which has `errors`; a page or the words of a proxy say nothing about the record. */
export function isOwnRefusal({ status, body }: HttpAnswer): boolean {
  // a page that asks to sign in is not of the API
  if (status === 401 && typeof body === 'string' && isPage(body, undefined)) return false;
  return status >= 500 || plainStatuses.has(status) || (isNothing(body) && mayBeSilent(status)) || hasErrors(body);
}

export function hasErrors(body: unknown): boolean {
  return isRow(body) && Array.isArray(body['errors']);
}
