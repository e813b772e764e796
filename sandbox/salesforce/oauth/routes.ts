import type { Express, Request, Response } from 'express';
import type { SimRequest, Simulator } from '../../simulator.ts';
import type { SalesforceState } from '../store/state.ts';
import { identity, introspect, userInfo } from './identity.ts';
import { findSession, requireSession, revoke } from './sessions.ts';
import { soapCall } from './soap-login.ts';
import { issueToken, OAuthFailure, requireClient } from './token.ts';

const LOGIN_HOSTS = ['https://login.salesforce.com', 'https://test.salesforce.com'];

/** Login: OAuth 2.0, identity and SOAP. */
export function oauthRoutes(app: Express, sim: Simulator<SalesforceState>): void {
  app.all('/services/oauth2/token', async (request, response) => {
    const host = `${request.protocol}://${request.headers.host}`;
    const audiences = [...LOGIN_HOSTS, sim.url, host, sim.url.replace('127.0.0.1', 'localhost')];
    await oauthAnswer(response, () => {
      if (request.method !== 'POST') throw new OAuthFailure('invalid_request', 'must use HTTP POST');
      return issueToken({ sim, form: formOf(request), authorization: request.headers.authorization, audiences });
    });
  });

  app.post('/services/oauth2/introspect', async (request, response) => {
    const form = formOf(request);
    await oauthAnswer(response, () => {
      if (!/^Bearer /i.test(request.headers.authorization ?? '')) {
        requireClient({ sim, form, authorization: request.headers.authorization }, true);
      }
      return introspect(sim, form.get('token') ?? '');
    });
  });

  app.all('/services/oauth2/revoke', async (request, response) => {
    const form = formOf(request);
    await oauthAnswer(response, () => {
      const known = revoke(sim.state, form.get('token') ?? String(request.query['token'] ?? ''));
      if (!known) throw new OAuthFailure('unsupported_token_type', 'this token type is not supported');
      return undefined;
    });
  });

  app.all('/services/oauth2/userinfo', (request, response) => {
    const user = caller(sim, request);
    if (!user) badToken(request, response);
    else response.json(userInfo(sim, user));
  });

  app.get('/id/:orgId/:userId', (request, response) => {
    const user = caller(sim, request);
    if (!user) badToken(request, response);
    else response.json(identity(sim, user, request.query['version'] ? String(request.query['version']) : undefined));
  });

  app.get('/.well-known/openid-configuration', (_request, response) => {
    const base = `${sim.url}/services/oauth2`;
    response.json({
      issuer: sim.url,
      authorization_endpoint: `${base}/authorize`,
      token_endpoint: `${base}/token`,
      revocation_endpoint: `${base}/revoke`,
      userinfo_endpoint: `${base}/userinfo`,
      introspection_endpoint: `${base}/introspect`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
    });
  });

  app.post(/^\/services\/Soap\/[uc]\/(\d+\.\d)/, (request, response) => {
    const version = /\/(\d+\.\d)/.exec(request.path)?.[1] ?? '';
    const { status, xml } = soapCall(sim, version, (request as SimRequest).rawBody);
    response.status(status).setHeader('Content-Type', 'text/xml;charset=UTF-8');
    response.end(xml);
  });
}

/** Form or JSON body, or the query of a GET. */
function formOf(request: Request): URLSearchParams {
  const { rawBody } = request as SimRequest;
  if (/json/i.test(request.headers['content-type'] ?? '') && rawBody.startsWith('{')) {
    return new URLSearchParams(JSON.parse(rawBody) as Record<string, string>);
  }
  return new URLSearchParams(rawBody);
}

async function oauthAnswer(response: Response, answer: () => unknown): Promise<void> {
  response.setHeader('Cache-Control', 'no-cache, no-store');
  try {
    const body = await answer();
    if (body === undefined) response.status(200).end();
    else response.json(body);
  } catch (error) {
    if (!(error instanceof OAuthFailure)) throw error;
    response.status(error.status).json({ error: error.error, error_description: error.message });
  }
}

function caller(sim: Simulator<SalesforceState>, request: Request) {
  const token = tokenOf(request);
  const session = token === undefined ? undefined : findSession(sim.state, token);
  if (!session) return undefined;
  requireSession(sim.state, `Bearer ${token}`);
  return sim.state.records['User']?.[session.userId];
}

const tokenOf = (request: Request): string | undefined =>
  /^(?:Bearer|OAuth)\s+(\S.*)$/i.exec(request.headers.authorization ?? '')?.[1] ??
  (typeof request.query['oauth_token'] === 'string' ? request.query['oauth_token'] : undefined) ??
  (typeof request.query['access_token'] === 'string' ? request.query['access_token'] : undefined) ??
  formOf(request).get('access_token') ??
  undefined;

/** These two answer in plain text. */
function badToken(request: Request, response: Response): void {
  response.status(403).setHeader('Content-Type', 'text/html;charset=UTF-8');
  response.end(tokenOf(request) === undefined ? 'Missing_OAuth_Token' : 'Bad_OAuth_Token');
}
