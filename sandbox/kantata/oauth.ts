import { randomBytes } from 'node:crypto';
import type { Express } from 'express';
import type { SimRequest, Simulator } from '../simulator.ts';
import { parseFormBody } from './form-body.ts';
import { ADMINISTRATOR_ID, type KantataState } from './state.ts';

/**
 * The authorization-code grant, https://developer.kantata.com/ "OAuth 2.0". The sandbox's administrator always consents.
 * Tokens last until they are revoked and there is no refresh token: a revoked token needs a person.
 */
export function mountOAuth(app: Express, sim: Simulator<KantataState>): void {
  app.get('/oauth/authorize', (request, response) => {
    const query = new URL(request.originalUrl, 'http://sandbox').searchParams;
    const redirect = query.get('redirect_uri');
    if (query.get('response_type') !== 'code' || !query.get('client_id') || !redirect || !URL.canParse(redirect)) {
      response.status(400).json({ errors: [{ type: 'oauth', message: 'Invalid OAuth 2 Request' }] });
      return;
    }
    const code = randomBytes(12).toString('hex');
    sim.state.codes[code] = ADMINISTRATOR_ID;
    const target = new URL(redirect);
    target.searchParams.set('code', code);
    const state = query.get('state');
    if (state) target.searchParams.set('state', state);
    response.redirect(302, target.toString());
  });

  app.post('/oauth/token', (request, response) => {
    const { rawBody } = request as SimRequest;
    const body = rawBody.trimStart().startsWith('{') ? (JSON.parse(rawBody) as Record<string, unknown>) : parseFormBody(rawBody);
    const code = String(body['code'] ?? '');
    const userId = Object.hasOwn(sim.state.codes, code) ? sim.state.codes[code] : undefined;
    if (body['grant_type'] !== 'authorization_code' || !body['client_id'] || !body['client_secret'] || userId === undefined) {
      response.status(400).json({ error: 'invalid_grant' });
      return;
    }
    delete sim.state.codes[code];
    const token = randomBytes(32).toString('hex');
    sim.state.tokens[token] = userId;
    sim.saveSoon();
    response.json({ access_token: token, token_type: 'bearer' });
  });
}
