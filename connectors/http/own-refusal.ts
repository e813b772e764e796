import type { Param } from '../../model/failure-sentence.ts';
import type { FailureDetails } from '../../model/failure.ts';
import { isWrite } from './call-failures.ts';
import { foreignAnswer, isNothing, isPage, mayBeSilent } from './foreign-answer.ts';
import type { HttpAnswer, HttpRequest } from './http-call.ts';

/** Statuses that say by themselves what is the matter, whoever answers: signing in, waiting, asking for less. */
const plainStatuses: ReadonlySet<number> = new Set([401, 407, 408, 413, 414, 423, 425, 429, 431]);

export const saysItself = (status: number): boolean => status >= 500 || plainStatuses.has(status);

/** Whether a refusal is the system's own, which comes in its `envelope`; a page or the words of a proxy say nothing about the record. */
export function isOwnRefusal({ status, body }: Pick<HttpAnswer, 'status' | 'body'>, envelope: (body: unknown) => boolean): boolean {
  // a page that asks to sign in is not of the API
  if (status === 401 && typeof body === 'string' && isPage(body, undefined)) return false;
  return saysItself(status) || (isNothing(body) ? mayBeSilent(status) : envelope(body));
}

/** What a call becomes that somebody else has answered; what became of a write is then not known. */
export function foreignTo(by: Param, { status }: Pick<HttpAnswer, 'status'>, request: HttpRequest): FailureDetails {
  const call = `${request.method} ${request.url.slice(0, 120)}`;
  return { ...foreignAnswer({ by, call, status }), ...(isWrite(request) ? { outcome: 'unknown' } : {}) };
}
