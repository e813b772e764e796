import { SignJWT } from 'jose';
import { Failure } from '../../model/failure.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { HttpClient } from '../http/client.ts';
import { assertSafeUrl } from '../http/safe-url.ts';
import type { Token } from '../http/token-cache.ts';
import { objectIn, textIn } from './answer-shape.ts';
import { type CheckedConfig, signingKey } from './config.ts';
import { longId } from './record-id.ts';
import { classifyTokenAnswer } from './token-errors.ts';

/** Who the connection is, as the token says. */
export interface Identity {
  orgId: string;
  userId?: string;
}

/** Fetches access tokens by the configured flow and remembers whom they belong to. */
export class Authorization {
  identity: Identity | undefined;
  private readonly config: CheckedConfig;
  private readonly now: () => number;
  private readonly http: HttpClient;
  private forgetLast: () => void = () => undefined;

  constructor(config: CheckedConfig, now: () => number) {
    this.config = config;
    this.now = now;
    this.http = new HttpClient({
      system: 'salesforce',
      baseUrl: config.loginUrl,
      concurrency: 1,
      kind: 'sign-in',
      timeoutMs: config.timeoutMs,
      classify: (answer) => classifyTokenAnswer(answer, this.now()),
    });
  }

  /** https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flows.htm */
  async fetchToken(): Promise<Token> {
    const answer = await this.http.request({
      method: 'POST',
      url: 'services/oauth2/token',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(await this.form()).toString(),
      reads: true,
    });
    const body = objectIn(answer.body, 'the sign-in');
    const value = textIn(body['access_token']);
    const baseUrl = textIn(body['instance_url']);
    if (!value || !baseUrl) {
      throw new Failure({
        class: 'auth.denied',
        code: 'TOKEN_INCOMPLETE',
        system: 'salesforce',
        message: 'The sign-in succeeded but the answer has no access token or no instance URL.',
        remedy: 'Check that the login URL is an address of Salesforce.',
      });
    }
    assertSafeUrl('salesforce', baseUrl);
    this.identity = identityOf(value, textIn(body['id']));
    return { value, baseUrl };
  }

  private async form(): Promise<Record<string, string>> {
    const { flow, clientId, clientSecret = '', username = '', password = '', refreshToken = '' } = this.config;
    switch (flow) {
      case 'jwt-bearer':
        return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: await this.assertion() };
      case 'client-credentials':
        return { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      case 'refresh-token':
        return {
          grant_type: 'refresh_token',
          client_id: clientId,
          refresh_token: refreshToken,
          ...(clientSecret ? { client_secret: clientSecret } : {}),
        };
      case 'username-password':
        return { grant_type: 'password', client_id: clientId, client_secret: clientSecret, username, password };
    }
  }

  /** https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm: RS256, valid for minutes only */
  private async assertion(): Promise<string> {
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(this.config.clientId)
      .setSubject(this.config.username as string)
      .setAudience(this.config.audience)
      .setExpirationTime(Math.floor(this.now() / 1000) + 180)
      .sign(signingKey(this.config.privateKey as string));
    this.forgetLast();
    this.forgetLast = knownSecrets.learn(assertion);
    return assertion;
  }
}

/** From the identity URL `…/id/<org>/<user>`; a token begins with the org's id, too. */
function identityOf(token: string, url: string | undefined): Identity {
  const match = /\/id\/(\w{15,18})\/(\w{15,18})$/.exec(url ?? '');
  if (match) return { orgId: longId(match[1] as string), userId: longId(match[2] as string) };
  return { orgId: longId(token.split('!')[0] as string) };
}
