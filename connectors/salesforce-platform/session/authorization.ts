import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { CredentialKeeper } from '../../../model/kept-credential.ts';
import type { Token } from '../../http/access-tokens.ts';
import { HttpClient } from '../../http/client.ts';
import { SignedAssertions } from '../../oauth2/signed-assertion.ts';
import { RotatingSecret } from '../../oauth2/rotating-secret.ts';
import { assertSafeUrl } from '../../http/safe-url.ts';
import { tokenAnswer } from '../../oauth2/token-answer.ts';
import { textIn } from '../wire/answer-shape.ts';
import { type CheckedConfig, signingKey } from '../settings.ts';
import { longId } from '../wire/record-id.ts';
import { classifyTokenAnswer } from '../errors/token-errors.ts';

/** Who the connection is, as far as the sign-in says. */
export interface Identity {
  orgId?: string;
  userId?: string;
}

export interface AuthorizationPorts {
  now(): number;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** where a refresh token is kept that replaces the one in the connection */
  credentials?: CredentialKeeper;
}

/** Fetches access tokens by the configured flow and remembers whom they belong to. */
export class Authorization {
  identity: Identity | undefined;
  /** of the refresh token flow */
  private readonly refreshToken: RotatingSecret | undefined;
  private readonly config: CheckedConfig;
  private readonly now: () => number;
  private readonly http: HttpClient;
  private readonly assertions = new SignedAssertions();

  constructor(config: CheckedConfig, ports: AuthorizationPorts) {
    this.config = config;
    this.now = () => ports.now();
    if (config.flow === 'refresh-token') this.refreshToken = rotatingToken(config, ports);
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
    const answer = this.refreshToken
      ? await this.refreshToken.use((refreshToken) => this.renewed(refreshToken))
      : await this.signIn(await this.form());
    const value = String(answer['access_token']);
    const baseUrl = textIn(answer['instance_url'])?.trim();
    const address = URL.parse(baseUrl ?? '');
    if (!baseUrl || !address) {
      // not quoted: what stands in an answer to a sign-in may be the token
      throw new Failure({
        class: 'auth.denied',
        ...inWords('TOKEN_INCOMPLETE.salesforce'),
        system: 'salesforce',
      });
    }
    assertSafeUrl('salesforce', address.origin);
    this.identity = identityOf(value, textIn(answer['id']));
    return { value, baseUrl };
  }

  /** What was kept for this connection goes. */
  async forgetKept(): Promise<void> {
    await this.refreshToken?.forget();
  }

  private signIn(form: Record<string, string>): Promise<Record<string, unknown>> {
    const request = { url: 'services/oauth2/token', form };
    return tokenAnswer(this.http, request, { name: 'salesforce', refusal: (answer) => classifyTokenAnswer(answer, this.now()) });
  }

  /** Where the app rotates refresh tokens, each sign-in brings a new one and ends the old. */
  private async renewed(refreshToken: string): Promise<{ result: Record<string, unknown>; next: string | undefined }> {
    const { clientId, clientSecret } = this.config;
    const secret: Record<string, string> = clientSecret ? { client_secret: clientSecret } : {};
    const result = await this.signIn({ grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken, ...secret });
    return { result, next: textIn(result['refresh_token']) };
  }

  private async form(): Promise<Record<string, string>> {
    const { flow, clientId, clientSecret = '', username = '', password = '' } = this.config;
    switch (flow) {
      case 'jwt-bearer':
        return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: await this.assertion() };
      case 'username-password':
        return { grant_type: 'password', client_id: clientId, client_secret: clientSecret, username, password };
      default:
        return { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    }
  }

  /** https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_jwt_flow.htm: RS256, valid for minutes only */
  private assertion(): Promise<string> {
    return this.assertions.sign({
      algorithm: 'RS256',
      key: signingKey(this.config.privateKey as string),
      issuer: this.config.clientId,
      subject: this.config.username,
      audience: this.config.audience,
      expiresAt: Math.floor(this.now() / 1000) + 180,
    });
  }
}

function rotatingToken(
  { loginUrl, clientId, refreshToken = '', timeoutMs }: CheckedConfig,
  { credentials, ...ports }: AuthorizationPorts,
): RotatingSecret {
  return new RotatingSecret({
    system: 'salesforce',
    typed: refreshToken,
    use: `salesforce ${loginUrl} ${clientId}`,
    useMs: timeoutMs,
    keeper: credentials,
    now: () => ports.now(),
    sleep: (ms) => ports.sleep(ms, new AbortController().signal),
  });
}

/** From the identity URL `…/id/<org>/<user>`. A session id begins with the org's id, too; a token of another form says nothing. */
function identityOf(token: string, url: string | undefined): Identity {
  const match = /\/id\/(00D\w{12}(?:\w{3})?)\/(\w{15,18})$/.exec(url ?? '');
  if (match) return { orgId: longId(match[1] as string), userId: longId(match[2] as string) };
  const org = /^(00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?)!/.exec(token)?.[1];
  return org ? { orgId: longId(org) } : {};
}
