import type { FailureDetails } from '../../model/failure.ts';
import type { Param } from '../../model/failure-sentence.ts';
import { inWords } from '../../model/failure-words.ts';

/**
 * An answer that is not the system's own: a maintenance page, a proxy, the sign-in page of a network. It says nothing about the record, and nothing
 * about what became of a write.
 */
export function foreignAnswer({
  by,
  call,
  status,
}: {
  /** who should have answered */
  by: Param;
  call: Param;
  status?: number;
}): Pick<FailureDetails, 'class' | 'code' | 'message' | 'remedy' | 'words'> {
  return {
    class: 'transient.unavailable',
    ...(status === undefined ? inWords('ANSWER_FOREIGN', { call, by }) : inWords('ANSWER_FOREIGN.status', { call, by, status })),
  };
}

/** A web page, whatever its status says. */
export function isPage(text: string, contentType: string | undefined): boolean {
  return /^[\s\ufeff]*</.test(text) || /^\s*text\/html\b/i.test(contentType ?? '');
}

/**
 * Refusals that a system may send without a word. Where something must stand (a redirect, "not there"), and with what no API sends (460 of a load
 * balancer), an empty answer is somebody else's.
 */
const silent = new Set([400, 401, 402, 403, 405, 406, 407, 408, 409, 410, 412, 413, 414, 415, 422, 423, 425, 429, 431]);

export const mayBeSilent = (status: number): boolean => status >= 500 || silent.has(status);

/** An answer with nothing in it, as of a connection that was cut: no system says so little of what it was asked. */
export function isNothing(body: unknown): boolean {
  return body === '' || body === null || body === undefined || (typeof body === 'object' && Object.keys(body).length === 0);
}
