import { createPublicKey, randomUUID } from 'node:crypto';
import type { Express, Request } from 'express';
import { decodeProtectedHeader, jwtVerify } from 'jose';
import type { SimRequest, Simulator } from '../simulator.ts';
import { callerBase } from './caller-base.ts';
import type { NetSuiteState } from './state.ts';

export const tokenPath = '/services/rest/auth/oauth2/v1/token';
const lifetimeSeconds = 3600;
const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** RS256 is refused: https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_162686838198.html */
const algorithms = ['PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];

/** OAuth 2.0 client credentials flow (machine to machine): a signed assertion buys an access token, there is no refresh token. */
export function tokenEndpoint(app: Express, sim: Simulator<NetSuiteState>): void {
  app.post(tokenPath, (request, response, next) => {
    issueToken(sim, request).then((answer) => {
      response.setHeader('Cache-Control', 'no-store');
      response.status(answer.status).json(answer.body);
    }, next);
  });
}

async function issueToken(sim: Simulator<NetSuiteState>, request: Request): Promise<{ status: number; body: unknown }> {
  const form = new URLSearchParams((request as SimRequest).rawBody);
  const assertion = form.get('client_assertion');
  if (form.get('grant_type') !== 'client_credentials' || form.get('client_assertion_type') !== assertionType || !assertion) {
    return { status: 400, body: { error: 'invalid_request' } };
  }
  const scope = await verifiedScope(sim, request, assertion).catch(() => undefined);
  if (!scope) return { status: 401, body: { error: 'invalid_client' } };
  const token = randomUUID();
  sim.state.tokens[token] = { expiresAt: new Date(Date.now() + lifetimeSeconds * 1000).toISOString(), scope };
  sim.saveSoon();
  return { status: 200, body: { access_token: token, expires_in: String(lifetimeSeconds), token_type: 'bearer' } };
}

/** The scopes that the assertion asks for, or undefined / an exception when it proves nothing. */
async function verifiedScope(sim: Simulator<NetSuiteState>, request: Request, assertion: string): Promise<string[] | undefined> {
  const { keys, clientId } = sim.state.credentials;
  const { kid } = decodeProtectedHeader(assertion);
  const pair = Object.values(keys).find((candidate) => candidate.certificateId === kid);
  if (!pair) return undefined;
  const { payload } = await jwtVerify(assertion, createPublicKey(pair.publicKey), {
    algorithms,
    typ: 'JWT',
    issuer: clientId,
    audience: [...new Set([sim.url, callerBase(sim, request)])].map((base) => `${base}${tokenPath}`),
    requiredClaims: ['iat', 'exp', 'scope'],
    currentDate: new Date(),
  });
  if ((payload.exp ?? 0) - (payload.iat ?? 0) > 3600) return undefined;
  const scope = Array.isArray(payload.scope) ? payload.scope.map(String) : String(payload.scope).split(/[\s,]+/);
  const known = ['restlets', 'rest_webservices', 'suite_analytics'];
  return scope.length > 0 && scope.every((name) => known.includes(name)) ? scope : undefined;
}
