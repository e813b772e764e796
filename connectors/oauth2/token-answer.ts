import { Failure, type FailureDetails } from '../../model/failure.ts';
import { inWords, wordsOf } from '../../model/failure-words.ts';
import { isObject } from '../../model/json.ts';
import type { HttpClient } from '../http/client.ts';
import { isPage } from '../http/foreign-answer.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-call.ts';

/**
 * What a token endpoint answers that has taken a sign-in. A page with status 200 (maintenance, a proxy) is not its answer: neither a token nor a
 * refusal, so that it passes.
 */
export async function tokenAnswer(
  http: HttpClient,
  { url, form }: { url: string; form: Record<string, string> },
  system: { name: string; refusal(answer: HttpAnswer): FailureDetails },
): Promise<Record<string, unknown>> {
  const answer = await http.request(tokenRequest(url, form)).catch((error: unknown) => {
    throw Failure.is(error) && error.code.startsWith('ANSWER_') ? notOfSignIn(error) : error;
  });
  const body = objectOf(answer.body);
  if (body && typeof body['access_token'] === 'string' && body['access_token'] !== '') return body;
  if (body && typeof body['error'] === 'string') throw new Failure({ system: system.name, ...system.refusal(answer) });
  throw new Failure({
    class: 'transient.unavailable',
    ...inWords('TOKEN_INCOMPLETE'),
    system: system.name,
    status: answer.status,
  });
}

/** What answered in place of the token endpoint passes, unlike a page in place of the API. */
function notOfSignIn(error: Failure): Failure {
  const { message, remedy, words } = inWords('SIGN_IN_ANSWER', { before: wordsOf(error) });
  return error.with({ class: 'transient.unavailable', message, remedy, words });
}

/** RFC 6749 §4: a form. Asked twice, it leaves nothing behind. */
function tokenRequest(url: string, form: Record<string, string>): HttpRequest {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return { method: 'POST', url, headers, body: new URLSearchParams(form).toString(), reads: true };
}

/** Errors of OAuth that are not about who signs in (RFC 6749 §4.1.2.1), and what systems call them. */
const passing: ReadonlySet<string> = new Set(['server_error', 'temporarily_unavailable', 'unknown_error', 'internal_error', 'slow_down']);
/** What systems say of a moment's rush in the words of a lasting refusal; descriptions are protocol text and not translated. */
const rush = /retry your request|already being processed|rate (?:limit )?exceeded/i;
/** Errors that are: RFC 6749 §5.2. */
const lasting: ReadonlySet<string> = new Set([
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'access_denied',
]);
/** Statuses by which a sign-in is refused, whoever says so. */
const refusing: ReadonlySet<number> = new Set([401, 403, 407]);

/** A refusal of a token endpoint that is not the fault of who signs in: its trouble, its limit, or no answer of it at all. */
export function passingTrouble(name: string, { status, body }: HttpAnswer): FailureDetails | undefined {
  const error = errorOf(body);
  const code = error ?? `HTTP_${status}`;
  const said = error === undefined ? inWords('SIGN_IN_PASSING.status', { name, status }) : inWords('SIGN_IN_PASSING', { name, error });
  const details = { ...said, code };
  if (status === 429) return { ...inWords('SIGN_IN_RUSH', { name }), code, class: 'transient.throttled' };
  if (status === 408 || status === 504) return { ...details, class: 'transient.timeout' };
  if (status >= 500 || status === 425 || passing.has(error ?? '')) return { ...details, class: 'transient.unavailable' };
  if (rush.test(descriptionOf(body))) return { ...details, class: 'transient.throttled' };
  // a page (a firewall, a network that asks to sign in) is nobody's refusal of these credentials
  if (typeof body === 'string' && isPage(body, undefined)) return { ...details, class: 'transient.unavailable' };
  if (refusing.has(status) || (error !== undefined && lasting.has(error))) return undefined;
  return { ...details, class: 'transient.unavailable' };
}

export function errorOf(body: unknown): string | undefined {
  const error = objectOf(body)?.['error'];
  return typeof error === 'string' && error !== '' ? error : undefined;
}

function descriptionOf(body: unknown): string {
  const description = objectOf(body)?.['error_description'];
  return typeof description === 'string' ? description : '';
}

const objectOf = (value: unknown) => (isObject(value) ? value : undefined);
