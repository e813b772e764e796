import { isObject } from '../../../model/json.ts';
import type { FailureClass, FailureDetails } from '../../../model/failure.ts';
import type { Param, Words } from '../../../model/failure-sentence.ts';
import { inWords, phrase, wordsOf } from '../../../model/failure-words.ts';
import { outsideInstant } from '../../../model/outside-number.ts';
import type { HttpAnswer } from '../../http/http-call.ts';
import { errorOf, passingTrouble } from '../../oauth2/token-answer.ts';
import { textIn } from '../wire/answer-shape.ts';

interface TokenError {
  /** absent = whatever the code, the description says it */
  error?: string;
  /** error_description is protocol text and not translated (RFC 6749 §5.2) */
  description?: RegExp;
  class: FailureClass;
  remedy: Words;
}

/**
 * What a refusal of the token endpoint means; the first row that fits counts.
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
 */
export const tokenErrors: TokenError[] = [
  {
    description: /login rate|rate limit/i,
    class: 'transient.throttled',
    remedy: phrase('SALESFORCE.signs-in-too-often'),
  },
  {
    description: /retry your request|try again|already being processed|concurrent/i,
    class: 'transient.unavailable',
    remedy: phrase('SALESFORCE.asks-to-try-again'),
  },
  {
    error: 'invalid_grant',
    description: /ip restricted|login hours/i,
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.ip-restricted'),
  },
  {
    error: 'invalid_grant',
    description: /user is locked|locked out/i,
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.user-locked'),
  },
  {
    error: 'invalid_grant',
    description: /inactive user|user is inactive/i,
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.user-inactive'),
  },
  {
    error: 'invalid_grant',
    description: /audience/i,
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.audience'),
  },
  {
    error: 'invalid_grant',
    description: /approved this consumer/i,
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.not-pre-authorized'),
  },
  {
    error: 'invalid_grant',
    description: /expired access\/refresh token/i,
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.refresh-token-expired'),
  },
  {
    error: 'invalid_grant',
    description: /authentication failure/i,
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.name-or-password'),
  },
  {
    error: 'invalid_grant',
    description: /no valid scopes/i,
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.no-scope'),
  },
  {
    error: 'invalid_grant',
    description: /not supported on this domain/i,
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.my-domain-only'),
  },
  {
    error: 'invalid_grant',
    description: /no client credentials user/i,
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.no-run-as-user'),
  },
  {
    error: 'invalid_grant',
    description: /not installed in this org/i,
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.app-not-installed'),
  },
  {
    error: 'invalid_grant',
    description: /assertion/i,
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.assertion-refused'),
  },
  {
    error: 'invalid_grant',
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.invalid_grant'),
  },
  {
    error: 'invalid_app_access',
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.invalid_app_access'),
  },
  { error: 'invalid_client_id', class: 'auth.denied', remedy: phrase('SALESFORCE.invalid_client_id') },
  { error: 'invalid_client', class: 'auth.denied', remedy: phrase('SALESFORCE.invalid_client') },
  {
    error: 'unsupported_grant_type',
    class: 'auth.denied',
    remedy: phrase('SALESFORCE.unsupported_grant_type'),
  },
  { error: 'inactive_user', class: 'auth.denied', remedy: phrase('SALESFORCE.inactive_user') },
  { error: 'inactive_org', class: 'auth.denied', remedy: phrase('SALESFORCE.inactive_org') },
  {
    error: 'rate_limit_exceeded',
    class: 'transient.throttled',
    remedy: phrase('SALESFORCE.rate_limit_exceeded'),
  },
];

/** A refusal of the token endpoint as a failure. `now` is this machine's clock, compared with the server's. */
export function classifyTokenAnswer(answer: HttpAnswer, now: number): FailureDetails {
  const error = errorOf(answer.body);
  const description = (isObject(answer.body) ? textIn(answer.body['error_description']) : undefined) ?? '';
  const row = tokenErrors.find((candidate) => (candidate.error ?? error) === error && (candidate.description?.test(description) ?? true));
  const passes = row && !statusSpeaks(answer.status) ? undefined : passingTrouble('Salesforce', answer);
  if (passes) return withElsewhere(passes, answer);
  const said = description || error || phrase('SALESFORCE.status', { status: answer.status });
  return {
    class: row?.class ?? 'auth.denied',
    ...refused(said, row?.remedy ?? phrase('SALESFORCE.sign-in-settings'), skewOf(answer, now)),
    code: error ?? `HTTP_${answer.status}`,
  };
}

/** Whatever comes with it. */
const statusSpeaks = (status: number) => status >= 500 || status === 408 || status === 425 || status === 429;

/** A My Domain that was renamed sends to its new name for some time. */
function withElsewhere(passes: FailureDetails, answer: HttpAnswer): FailureDetails {
  const to = answer.headers['location'];
  if (answer.status >= 400 || !to || !URL.canParse(to)) return passes;
  const { code } = passes;
  return { ...passes, ...inWords('AS_SAID.salesforce-elsewhere', { before: wordsOf(passes), host: new URL(to).host }), code };
}

function refused(said: Param, remedy: Words, skew: number | undefined) {
  if (skew === undefined) return inWords('AS_SAID.salesforce-sign-in', { said, remedy });
  const seconds = Math.abs(skew);
  return skew > 0
    ? inWords('AS_SAID.salesforce-sign-in-ahead', { said, remedy, seconds })
    : inWords('AS_SAID.salesforce-sign-in-behind', { said, remedy, seconds });
}

/** In seconds, by which this machine’s clock is ahead. An assertion is valid for minutes, so a wrong clock is the usual cause of a refusal. */
function skewOf(answer: HttpAnswer, now: number): number | undefined {
  const server = outsideInstant(answer.headers['date']);
  if (server === undefined || Math.abs(now - server) < 60_000) return undefined;
  return Math.round((now - server) / 1000);
}
