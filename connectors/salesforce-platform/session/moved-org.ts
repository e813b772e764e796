import type { FailureDetails } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { isWrite } from '../../http/call-failures.ts';
import type { HttpAnswer, HttpRequest } from '../../http/http-call.ts';
import { classify, errorsIn } from '../errors.ts';

/** Redirects, without 300, by which Salesforce lists several records. It never sends to another address what is in its right place. */
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

const isMoved = (answer: HttpAnswer): boolean =>
  redirects.has(answer.status) || errorsIn(answer.body).some(({ code }) => code === 'URL_NOT_RESET');

/**
 * Whether the org is still at the address that the sign-in gave: orgs are moved to other instances, and each sign-in says the present address.
 * An answer that is not in Salesforce's words may be that of somebody else.
 */
export function addressIn(answer: HttpAnswer): 'moved' | 'unsure' | undefined {
  if (isMoved(answer)) return 'moved';
  const silent = answer.status !== 429 && answer.status >= 400 && errorsIn(answer.body).length === 0;
  return silent ? 'unsure' : undefined;
}

/** A failed answer as failure details; that the org is being moved passes. A redirect may be that of a gateway, which says nothing about a write. */
export function classifyMoved(answer: HttpAnswer, request: HttpRequest): FailureDetails {
  if (!isMoved(answer)) return classify(answer, request);
  return {
    class: 'transient.unavailable',
    ...inWords('URL_NOT_RESET'),
    ...(redirects.has(answer.status) ? { code: `HTTP_${answer.status}` } : {}),
    ...(redirects.has(answer.status) && isWrite(request) ? { outcome: 'unknown' } : {}),
  };
}
