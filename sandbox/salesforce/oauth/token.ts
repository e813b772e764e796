import { createPublicKey, randomBytes } from 'node:crypto';
import { compactVerify, decodeJwt } from 'jose';
import type { Simulator } from '../../simulator.ts';
import type { Row, SalesforceState } from '../store/state.ts';
import { openSession, signature, userNamed } from './sessions.ts';

/** `{"error","error_description"}` with status 400 (OAuth Authorization Errors). */
export class OAuthFailure extends Error {
  readonly error: string;
  readonly status: number;

  constructor(error: string, description: string, status = 400) {
    super(description);
    this.error = error;
    this.status = status;
  }
}

export interface TokenRequest {
  sim: Simulator<SalesforceState>;
  form: URLSearchParams;
  authorization: string | undefined;
  /** addresses by which the caller may know this org */
  audiences: readonly string[];
}

type Answer = Record<string, string>;

const SCOPE = 'api refresh_token';

/** `POST /services/oauth2/token`, by grant type. */
export async function issueToken(request: TokenRequest): Promise<Answer> {
  const grant = request.form.get('grant_type') ?? '';
  const handler = GRANTS[grant];
  if (!handler) throw new OAuthFailure('unsupported_grant_type', 'grant type not supported');
  return handler(request);
}

const GRANTS: Readonly<Record<string, (request: TokenRequest) => Answer | Promise<Answer>>> = {
  'urn:ietf:params:oauth:grant-type:jwt-bearer': jwtBearer,
  client_credentials: clientCredentials,
  refresh_token: refresh,
  password: usernamePassword,
};

async function jwtBearer(request: TokenRequest): Promise<Answer> {
  const { sim, form, audiences } = request;
  const assertion = form.get('assertion') ?? '';
  let claims: Record<string, unknown>;
  try {
    claims = decodeJwt(assertion);
  } catch {
    throw new OAuthFailure('invalid_grant', 'invalid assertion');
  }
  if (claims['iss'] !== sim.state.app.clientId) throw new OAuthFailure('invalid_client_id', 'client identifier invalid');
  try {
    await compactVerify(assertion, createPublicKey(sim.state.app.publicKey), { algorithms: ['RS256'] });
  } catch {
    throw new OAuthFailure('invalid_grant', 'invalid assertion');
  }
  const given = Array.isArray(claims['aud']) ? claims['aud'].map(String) : [String(claims['aud'] ?? '')];
  if (!given.some((each) => audiences.includes(each.replace(/\/$/, '')))) throw new OAuthFailure('invalid_grant', 'audience is invalid');
  // Some clients send `exp` as a string of digits, which the platform takes.
  const seconds = Number(claims['exp']);
  const now = Date.now() / 1000;
  if (!Number.isFinite(seconds) || seconds < now - 5 || seconds > now + 600)
    throw new OAuthFailure('invalid_grant', 'expired authorization code');
  const user = userNamed(sim.state, String(claims['sub'] ?? ''));
  if (!user) throw new OAuthFailure('invalid_grant', "user hasn't approved this consumer");
  return answer(request, active(user), { signed: false });
}

function clientCredentials(request: TokenRequest): Answer {
  requireClient(request, true);
  const user = userNamed(request.sim.state, request.sim.state.app.runAs);
  if (!user) throw new OAuthFailure('invalid_grant', 'no client credentials user enabled');
  return { ...answer(request, active(user), { signed: true }), api_instance_url: request.sim.url };
}

function refresh(request: TokenRequest): Answer {
  requireClient(request, false);
  const { state } = request.sim;
  const token = request.form.get('refresh_token') ?? '';
  const known = Object.hasOwn(state.refreshTokens, token) ? state.refreshTokens[token] : undefined;
  if (known?.ended) revokeGrant(state, known);
  const user = known && !known.ended ? state.records['User']?.[known.userId] : undefined;
  if (!known || !user) throw new OAuthFailure('invalid_grant', 'expired access/refresh token');
  const reply = answer(request, active(user), { signed: true });
  if (!state.app.rotatesRefreshTokens) return reply;
  known.ended = true;
  const next = `5Aep861${randomBytes(48).toString('base64url')}`;
  state.refreshTokens[next] = { userId: known.userId, clientId: known.clientId };
  return { ...reply, refresh_token: next };
}

/** A refresh token that comes a second time may have been stolen: all that came of the grant ends. */
function revokeGrant(state: SalesforceState, { userId, clientId }: { userId: string; clientId: string }): void {
  const ofGrant = (other: { userId: string; clientId: string }) => other.userId === userId && other.clientId === clientId;
  for (const [name, token] of Object.entries(state.refreshTokens)) if (ofGrant(token)) delete state.refreshTokens[name];
  for (const [name, session] of Object.entries(state.sessions)) if (ofGrant(session)) delete state.sessions[name];
}

function usernamePassword(request: TokenRequest): Answer {
  requireClient(request, true);
  const user = checkPassword(request.sim.state, request.form.get('username') ?? '', request.form.get('password') ?? '');
  if (!user) throw new OAuthFailure('invalid_grant', 'authentication failure');
  return answer(request, active(user), { signed: true });
}

/** Password, or password and security token run together. */
export function checkPassword(state: SalesforceState, username: string, password: string): Row | undefined {
  const user = userNamed(state, username);
  const secret = user && state.passwords[String(user['Username'])];
  return secret && [secret.password, secret.password + secret.securityToken].includes(password) ? user : undefined;
}

/** The calling app, by body or HTTP Basic. */
export function requireClient(request: Pick<TokenRequest, 'sim' | 'form' | 'authorization'>, withSecret: boolean): void {
  const basic = /^Basic\s+(\S.*)$/i.exec(request.authorization ?? '')?.[1];
  const [basicId, ...basicSecret] = basic ? Buffer.from(basic, 'base64').toString().split(':') : [];
  const id = request.form.get('client_id') ?? (basicId && decodeURIComponent(basicId));
  const secret = request.form.get('client_secret') ?? (basic ? decodeURIComponent(basicSecret.join(':')) : null);
  const { app } = request.sim.state;
  if (id !== app.clientId) throw new OAuthFailure('invalid_client_id', 'client identifier invalid');
  if (secret !== null && secret !== undefined ? secret !== app.clientSecret : withSecret) {
    throw new OAuthFailure('invalid_client', 'invalid client credentials');
  }
}

function active(user: Row): Row {
  if (user['IsActive'] !== true) throw new OAuthFailure('inactive_user', 'user is inactive');
  return user;
}

/** The reply; the JWT flow's has neither signature nor time of issue. */
function answer({ sim }: TokenRequest, user: Row, { signed }: { signed: boolean }): Answer {
  const { state } = sim;
  const token = openSession(state, user.Id, state.app.clientId);
  sim.saveSoon();
  const id = `${sim.url}/id/${state.orgId}/${user.Id}`;
  const issuedAt = String(Date.now());
  return {
    access_token: token,
    ...(signed ? { signature: signature(state.app.clientSecret, id, issuedAt) } : {}),
    scope: SCOPE,
    instance_url: sim.url,
    id,
    token_type: 'Bearer',
    ...(signed ? { issued_at: issuedAt } : {}),
  };
}
