import type { Express, Request, Response } from 'express';
import type { Simulator } from '../simulator.ts';
import { wantsAsync } from './async-jobs.ts';
import { authenticate, loginRefused } from './authenticate.ts';
import { select } from './execute-write.ts';
import { NetSuiteError } from './netsuite-error.ts';
import { storeOf } from './record-store.ts';
import { recordType } from './record-types.ts';
import type { NetSuiteState } from './state.ts';
import { NonceLog } from './token-based-authentication.ts';

/** What every request to the web services passes first: maintenance, the account's concurrency limit, the work's duration, the login. */
export function gate(app: Express, sim: Simulator<NetSuiteState>): void {
  const nonces = new NonceLog();
  let inFlight = 0;
  app.use('/services/rest', (request, response, next) => {
    enter(request, response).then(() => next(), next);
  });

  async function enter(request: Request, response: Response): Promise<void> {
    const { state } = sim;
    if (state.maintenance) throw maintenance();
    if (inFlight >= state.concurrencyLimit) throw overloaded(state);
    inFlight += 1;
    response.once('close', () => {
      inFlight -= 1;
    });
    response.locals.versionSeen = versionOnArrival(sim, request);
    await turn(state.latencyMs);
    authenticate(sim, nonces, request);
  }
}

/** The version that a write is based on: if another write is faster, this one is refused (`RCRD_HAS_BEEN_CHANGED`). */
function versionOnArrival(sim: Simulator<NetSuiteState>, request: Request): number | undefined {
  const [, typeName = '', selector = ''] = /^\/record\/v1\/([^/]+)\/([^/]+)$/.exec(request.path) ?? [];
  const type = recordType(typeName);
  if (!type || request.method === 'GET' || wantsAsync(request)) return undefined;
  return select(storeOf(sim.state), type, decodeURIComponent(selector))?.version;
}

function turn(latencyMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (latencyMs > 0) setTimeout(resolve, latencyMs);
    else setImmediate(resolve);
  });
}

/** The limit counts requests in flight, not per minute; there is no Retry-After. */
function overloaded(state: NetSuiteState): NetSuiteError {
  if (state.overload === 'loginFailure') return loginRefused(state.credentials.accountId, 'INVALID_LOGIN_ATTEMPT');
  if (state.overload === 'invalidLogin') return loginRefused(state.credentials.accountId, 'INVALID_LOGIN');
  return new NetSuiteError(429, [
    { detail: 'Concurrent request limit exceeded. Request blocked.', 'o:errorCode': 'CONCURRENCY_LIMIT_EXCEEDED' },
  ]);
}

function maintenance(): NetSuiteError {
  const detail = 'The account you are trying to access is currently unavailable while we undergo our regularly scheduled maintenance.';
  return new NetSuiteError(503, [{ detail, 'o:errorCode': 'ACCT_TEMP_UNAVAILABLE' }]);
}
