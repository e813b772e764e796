import { Failure, type FailureDetails } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import type { Token } from '../../http/access-tokens.ts';
import { HttpClient } from '../../http/client.ts';
import type { HttpAnswer } from '../../http/http-call.ts';
import { SignedAssertions } from '../../oauth2/signed-assertion.ts';
import { errorOf, passingTrouble, tokenAnswer } from '../../oauth2/token-answer.ts';
import { TokenCache } from '../../oauth2/token-cache.ts';
import type { NetSuiteSettings } from '../settings.ts';
import type { LoginClock } from './login-clock.ts';

type OAuth2Settings = Extract<NetSuiteSettings['auth'], { kind: 'oauth2' }>;

const tokenPath = '/services/rest/auth/oauth2/v1/token';
/** a token is renewed this long before it ends, so that none ends on the way */
const marginMs = 60_000;

/**
 * Access tokens by the OAuth 2.0 client credentials flow with a signed assertion; there is no refresh token.
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_162790605110.html
 */
export function clientAssertionTokens(settings: NetSuiteSettings, auth: OAuth2Settings, clock: LoginClock): TokenCache {
  const audience = `${settings.baseUrl}${tokenPath}`;
  const client = new HttpClient({
    system: 'netsuite',
    baseUrl: settings.baseUrl,
    concurrency: 1,
    kind: 'sign-in',
    timeoutMs: settings.timeoutMs,
    classify: tokenRefusal,
    observe: (answer) => clock.observe(answer),
  });
  const assertions = new SignedAssertions();
  return new TokenCache(async () => {
    const attempt = {};
    try {
      return await signIn(attempt);
    } catch (error) {
      if (!Failure.is(error) || error.class !== 'auth.denied' || !clock.refused(attempt)) throw error;
      return signIn({});
    }
  });

  async function signIn(attempt: object): Promise<Token> {
    const issued = Math.floor(clock.timeFor(attempt) / 1000);
    const assertion = await assertions.sign({
      algorithm: auth.algorithm,
      key: auth.key,
      header: { typ: 'JWT', kid: auth.certificateId },
      claims: { scope: ['rest_webservices'] },
      issuer: auth.clientId,
      audience,
      issuedAt: issued,
      expiresAt: issued + 300,
    });
    const form = {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    };
    return tokenOf(await tokenAnswer(client, { url: audience, form }, { name: 'netsuite', refusal: tokenRefusal }));
  }
}

/** `expires_in` comes as text or as a number. */
function tokenOf(answer: Record<string, unknown>): Token {
  return {
    value: String(answer['access_token']),
    expiresAt: Date.now() + Math.max(lifetimeMs(answer['expires_in']) - marginMs, 1000),
  };
}

/** An hour unless the answer says otherwise; a day at most. */
const lifetimeMs = (seconds: unknown) => (outsideNumber(seconds, { least: 0, most: 86_400 }) ?? 3_600) * 1000;

function tokenRefusal(answer: HttpAnswer): FailureDetails {
  const passes = passingTrouble('NetSuite', answer);
  if (passes) return passes;
  const code = errorOf(answer.body) ?? `HTTP_${answer.status}`;
  return {
    class: 'auth.denied',
    ...inWords('AS_SAID.netsuite-sign-in', { code }),
    code,
    field: 'auth',
  };
}
