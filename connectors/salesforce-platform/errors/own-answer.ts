import { Failure, type FailureDetails } from '../../../model/failure.ts';
import { inWords, phrase, wordsOf } from '../../../model/failure-words.ts';
import { shorten } from '../../../model/contract.ts';
import { isWrite } from '../../http/call-failures.ts';
import type { HttpAnswer, HttpRequest } from '../../http/http-call.ts';
import { foreignAnswer, mayBeSilent } from '../../http/foreign-answer.ts';
import { saysItself } from '../../http/own-refusal.ts';

/**
 * Whether a refusal without an error code may still be Salesforce's own. Its refusals are lists of errors with their codes; a maintenance page, a proxy or
 * the sign-in page of a network says nothing about the record and nothing about what became of a write.
 */
export function isOwnWithoutCode({ status, body }: HttpAnswer): boolean {
  // 420: its edge knows no way to the org at the moment
  return saysItself(status) || status === 420 || (isEmpty(body) && mayBeSilent(status));
}

/** What is no JSON is not of Salesforce's API, whatever its status says: it comes again. */
export function notOfTheApi(error: unknown): Failure {
  const failure = Failure.from(error);
  return failure.code === 'ANSWER_NOT_JSON' ? failure.with({ class: 'transient.unavailable' }) : failure;
}

/** An answer that somebody else gave in Salesforce's place; what became of a write is then not known. */
export function foreign(answer: Pick<HttpAnswer, 'status' | 'headers'>, request?: HttpRequest): FailureDetails {
  const towards = hostIn(answer.headers['location']);
  const call = request ? `${request.method} ${shorten(request.url)}` : phrase('ANSWER_FOREIGN.salesforce-part');
  const details = foreignAnswer({ by: phrase('API_OF', { name: 'Salesforce' }), call, status: answer.status });
  return {
    ...details,
    system: 'salesforce',
    ...(towards ? inWords('ANSWER_FOREIGN.salesforce', { before: wordsOf(details), towards }) : {}),
    ...(request && isWrite(request) ? { outcome: 'unknown' } : {}),
  };
}

const isEmpty = (body: unknown) => body === '' || body === undefined || body === null;

function hostIn(location: string | undefined): string | undefined {
  return location && URL.canParse(location) ? new URL(location).host : undefined;
}
