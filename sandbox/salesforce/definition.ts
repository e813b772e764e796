import type { SystemDefinition } from '../simulator.ts';
import { ownCertificate } from '../certificate.ts';
import { inSalesforce } from './firm/in-salesforce.ts';
import { load } from './load.ts';
import { oauthRoutes } from './oauth/routes.ts';
import { eventBus, eventBusRoutes, startEventBus } from './pubsub/event-bus.ts';
import { restRoutes } from './rest/server.ts';
import { emptyState, REFRESH_TOKEN, useKeyPair } from './store/new-org.ts';
import type { SalesforceState } from './store/state.ts';

/** The Salesforce simulator: OAuth 2.0, REST API 31.0 to 68.0, Bulk API 2.0, SOAP login, Pub/Sub API. */
export const salesforce: SystemDefinition<SalesforceState> = {
  name: 'salesforce',
  emptyState,
  routes(app, sim) {
    // A state restored from disk brings its own key; a later reset must keep it.
    useKeyPair({ privateKey: sim.state.privateKey, publicKey: sim.state.app.publicKey });
    eventBusRoutes(app, sim);
    oauthRoutes(app, sim);
    restRoutes(app, sim);
  },
  credentials(sim) {
    const { state } = sim;
    const bus = eventBus(sim);
    const username = state.app.runAs;
    const secret = state.passwords[username] as { password: string; securityToken: string };
    return {
      loginUrl: sim.url,
      instanceUrl: sim.url,
      clientId: state.app.clientId,
      clientSecret: state.app.clientSecret,
      username,
      password: secret.password,
      securityToken: secret.securityToken,
      refreshToken: REFRESH_TOKEN,
      privateKey: state.privateKey,
      orgId: state.orgId,
      apiVersion: '66.0',
      ...(bus ? { pubsub: bus.address, certificate: ownCertificate().certificate } : {}),
    };
  },
  beside: startEventBus,
  expireTokens(state) {
    state.sessions = {};
  },
  load,
  firm: inSalesforce,
};
