import { isObject } from '../../../model/json.ts';
import type { FailureClass, FailureDetails } from '../../../model/failure.ts';
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
  remedy: string;
}

/**
 * What a refusal of the token endpoint means; the first row that fits counts.
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
 */
export const tokenErrors: TokenError[] = [
  {
    description: /login rate|rate limit/i,
    class: 'transient.throttled',
    remedy: 'Nothing to do: the user signs in too often at present, and the connection tries again later.',
  },
  {
    description: /retry your request|try again|already being processed|concurrent/i,
    class: 'transient.unavailable',
    remedy: 'Nothing to do: Salesforce asks to try again.',
  },
  {
    error: 'invalid_grant',
    description: /ip restricted|login hours/i,
    class: 'auth.denied',
    remedy:
      'Salesforce does not let the user in from the address of this machine: add it to the login IP ranges of the user’s profile, or relax the IP restrictions in the app’s policies. Check the login hours of the profile too.',
  },
  {
    error: 'invalid_grant',
    description: /user is locked|locked out/i,
    class: 'auth.denied',
    remedy: 'The integration user is locked, as after several wrong passwords: unlock it in Setup > Users.',
  },
  {
    error: 'invalid_grant',
    description: /inactive user|user is inactive/i,
    class: 'auth.denied',
    remedy: 'The user of the connection is inactive in the org: activate it in Setup > Users.',
  },
  {
    error: 'invalid_grant',
    description: /audience/i,
    class: 'auth.denied',
    remedy:
      'Set the audience of the connection to the address you log in to: the My Domain address, or https://test.salesforce.com for a sandbox.',
  },
  {
    error: 'invalid_grant',
    description: /approved this consumer/i,
    class: 'auth.denied',
    remedy:
      'In the app’s policies choose "Admin approved users are pre-authorized" and add the integration user’s permission set or profile.',
  },
  {
    error: 'invalid_grant',
    description: /expired access\/refresh token/i,
    class: 'auth.denied',
    remedy: 'The refresh token was revoked or has expired: sign in again and store the new one in the connection.',
  },
  {
    error: 'invalid_grant',
    description: /authentication failure/i,
    class: 'auth.denied',
    remedy: 'Check user name and password; the security token is appended to the password unless the address is trusted by the org.',
  },
  {
    error: 'invalid_grant',
    description: /no valid scopes/i,
    class: 'auth.denied',
    remedy: 'Give the app the scope "Manage user data via APIs (api)".',
  },
  {
    error: 'invalid_grant',
    description: /not supported on this domain/i,
    class: 'auth.denied',
    remedy: 'Client credentials work on the My Domain address only: set the login URL to it.',
  },
  {
    error: 'invalid_grant',
    description: /no client credentials user/i,
    class: 'auth.denied',
    remedy: 'Enable the client credentials flow in the app and choose its Run-As user.',
  },
  {
    error: 'invalid_grant',
    description: /not installed in this org/i,
    class: 'auth.denied',
    remedy: 'Install the External Client App in this org, or use one that was made here.',
  },
  {
    error: 'invalid_grant',
    description: /assertion/i,
    class: 'auth.denied',
    remedy: 'The signed assertion was refused: check this machine’s clock and that the private key belongs to the certificate in the app.',
  },
  {
    error: 'invalid_grant',
    class: 'auth.denied',
    remedy: 'Check the user, the key and the policies of the app; the login history of the user says more.',
  },
  {
    error: 'invalid_app_access',
    class: 'auth.denied',
    remedy: 'Give the integration user the permission set or profile that the app requires.',
  },
  { error: 'invalid_client_id', class: 'auth.denied', remedy: 'Copy the consumer key of the app into the connection again.' },
  { error: 'invalid_client', class: 'auth.denied', remedy: 'Copy the consumer key and secret of the app into the connection again.' },
  {
    error: 'unsupported_grant_type',
    class: 'auth.denied',
    remedy: 'This org or app does not allow the chosen flow: enable it in the app or choose JWT bearer.',
  },
  { error: 'inactive_user', class: 'auth.denied', remedy: 'The integration user is inactive: activate it.' },
  { error: 'inactive_org', class: 'auth.denied', remedy: 'The org is locked or closed: ask Salesforce.' },
  {
    error: 'rate_limit_exceeded',
    class: 'transient.throttled',
    remedy: 'Too many logins in the last hour; the connection tries again later.',
  },
];

/** A refusal of the token endpoint as a failure. `now` is this machine's clock, compared with the server's. */
export function classifyTokenAnswer(answer: HttpAnswer, now: number): FailureDetails {
  const error = errorOf(answer.body);
  const description = (isObject(answer.body) ? textIn(answer.body['error_description']) : undefined) ?? '';
  const row = tokenErrors.find((candidate) => (candidate.error ?? error) === error && (candidate.description?.test(description) ?? true));
  const passes = row && !statusSpeaks(answer.status) ? undefined : passingTrouble('Salesforce', answer);
  const to = elsewhere(answer);
  if (passes) return to ? { ...passes, remedy: `${passes.remedy}${to}`, words: undefined } : passes;
  return {
    class: row?.class ?? 'auth.denied',
    code: error ?? `HTTP_${answer.status}`,
    message: `Salesforce refused the sign-in: ${description || error || `status ${answer.status}`}.`,
    remedy: `${row?.remedy ?? 'Check login URL, app and user of the connection.'}${skew(answer, now)}`,
  };
}

/** Whatever comes with it. */
const statusSpeaks = (status: number) => status >= 500 || status === 408 || status === 425 || status === 429;

/** A My Domain that was renamed sends to its new name for some time. */
function elsewhere(answer: HttpAnswer): string {
  const to = answer.headers['location'];
  return answer.status < 400 && to && URL.canParse(to)
    ? ` It sends to ${new URL(to).host}: if that is yours, enter it as the login URL.`
    : '';
}

/** An assertion is valid for minutes, so a wrong clock is the usual cause of a refusal. */
function skew(answer: HttpAnswer, now: number): string {
  const server = outsideInstant(answer.headers['date']);
  if (server === undefined || Math.abs(now - server) < 60_000) return '';
  const seconds = Math.round((now - server) / 1000);
  return ` This machine’s clock is ${Math.abs(seconds)} seconds ${seconds > 0 ? 'ahead of' : 'behind'} Salesforce’s.`;
}
