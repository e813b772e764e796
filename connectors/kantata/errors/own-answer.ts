import type { HttpAnswer } from '../../http/http-call.ts';
import { isOwnRefusal as isOwn } from '../../http/own-refusal.ts';
import { isRow } from '../wire/envelope.ts';

/** Whether a refusal is Kantata's own, which has `errors`. */
export function isOwnRefusal(answer: HttpAnswer): boolean {
  return isOwn(answer, hasErrors);
}

export function hasErrors(body: unknown): boolean {
  return isRow(body) && Array.isArray(body['errors']);
}
