import type { Express, NextFunction, Request, Response } from 'express';
import type { Simulator, SystemDefinition } from '../simulator.ts';
import { emptyAccount } from './account.ts';
import { asyncRoutes } from './async-jobs.ts';
import { inNetSuite } from './firm/in-netsuite.ts';
import { gate } from './gate.ts';
import { adoptKeyPairs } from './keys.ts';
import { load } from './load.ts';
import { sendError } from './media-type.ts';
import { metadataRoutes } from './metadata-catalog.ts';
import { NetSuiteError } from './netsuite-error.ts';
import { optionsRoute } from './options-route.ts';
import { recordRoutes } from './record-routes.ts';
import type { NetSuiteState } from './state.ts';
import { suiteqlRoute } from './suiteql-route.ts';
import { tokenEndpoint, tokenPath } from './token-endpoint.ts';

/** Oracle NetSuite, a OneWorld account, as its REST web services show it (SuiteTalk REST, SuiteQL, OAuth 2.0 and Token-Based Authentication). */
export const netsuite: SystemDefinition<NetSuiteState> = {
  name: 'netsuite',
  emptyState: emptyAccount,
  routes,
  credentials: ({ url, state: { credentials } }) => ({
    baseUrl: url,
    tokenUrl: `${url}${tokenPath}`,
    accountId: credentials.accountId,
    clientId: credentials.clientId,
    certificateId: credentials.keys.rsa.certificateId,
    privateKey: credentials.keys.rsa.privateKey,
    ecCertificateId: credentials.keys.ec.certificateId,
    ecPrivateKey: credentials.keys.ec.privateKey,
    consumerKey: credentials.consumerKey,
    consumerSecret: credentials.consumerSecret,
    tokenId: credentials.tokenId,
    tokenSecret: credentials.tokenSecret,
    // the record type that the firm has made for assignments
    assignmentRecord: 'customrecord_psc_assignment',
  }),
  expireTokens(state) {
    state.tokens = {};
  },
  load,
  firm: inNetSuite,
};

function routes(app: Express, sim: Simulator<NetSuiteState>): void {
  adoptKeyPairs(sim.state.credentials.keys);
  app.use((_request, response, next) => {
    // the caller takes the server's time from here, so it has to be the sandbox's
    response.setHeader('Date', sim.clock.now().toUTCString());
    next();
  });
  tokenEndpoint(app, sim);
  optionsRoute(app);
  gate(app, sim);
  suiteqlRoute(app, sim);
  asyncRoutes(app, sim);
  metadataRoutes(app);
  recordRoutes(app, sim);
  app.use('/services', (request: Request) => {
    throw new NetSuiteError(404, [
      { detail: 'The requested resource does not exist.', 'o:errorCode': 'INVALID_URL', 'o:errorUrl': request.originalUrl },
    ]);
  });
  app.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) next(error);
    else if (error instanceof NetSuiteError) sendError(response, error);
    else {
      const detail = { detail: `An unexpected error occurred. ${String(error)}`, 'o:errorCode': 'UNEXPECTED_ERROR' };
      sendError(response, new NetSuiteError(500, [detail]));
    }
  });
}
