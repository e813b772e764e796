import type { SystemDefinition } from '../simulator.ts';
import { inKantata } from './firm/in-kantata.ts';
import { load } from './load.ts';
import { mountRoutes } from './routes.ts';
import { ADMINISTRATOR_TOKEN, AUTHORIZATION_CODE, emptyState, type KantataState, RESTRICTED_TOKEN } from './state.ts';

/** Kantata OX (formerly Mavenlink), API v1: https://developer.kantata.com/ */
export const kantata: SystemDefinition<KantataState> = {
  name: 'kantata',
  emptyState,
  routes: mountRoutes,
  credentials: (sim) => ({
    apiUrl: `${sim.url}/api/v1`,
    accessToken: ADMINISTRATOR_TOKEN,
    restrictedToken: RESTRICTED_TOKEN,
    authorizeUrl: `${sim.url}/oauth/authorize`,
    tokenUrl: `${sim.url}/oauth/token`,
    clientId: 'kantata-sandbox',
    clientSecret: 'kantata-sandbox-secret',
    authorizationCode: AUTHORIZATION_CODE,
  }),
  expireTokens: (state) => {
    state.tokens = {};
  },
  load,
  firm: inKantata,
};
