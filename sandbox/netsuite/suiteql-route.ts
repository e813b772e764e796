import type { Express } from 'express';
import type { Simulator } from '../simulator.ts';
import { preferences } from './async-jobs.ts';
import { callerBase } from './caller-base.ts';
import { jsonBody, sendJson } from './media-type.ts';
import { NetSuiteError } from './netsuite-error.ts';
import { page, pageRequest } from './page.ts';
import { isObject } from './parse-record.ts';
import { storeOf } from './record-store.ts';
import type { NetSuiteState } from './state.ts';
import { queryError } from './suiteql/query-error.ts';
import { runQuery } from './suiteql/run-query.ts';

/** SuiteQL over REST: https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_157909186990.html */
export function suiteqlRoute(app: Express, sim: Simulator<NetSuiteState>): void {
  app.post('/services/rest/query/v1/suiteql', (request, response) => {
    if (!preferences(request).includes('transient')) {
      throw new NetSuiteError(400, [
        {
          detail: "Required header 'Prefer' is missing or invalid. Use the header with the value 'transient'.",
          'o:errorCode': 'INVALID_HEADER',
          'o:errorHeader': 'Prefer',
        },
      ]);
    }
    const body = jsonBody(request);
    const sql = isObject(body) ? body.q : undefined;
    if (typeof sql !== 'string' || sql.trim() === '') throw queryError('The query is missing.');
    const wanted = pageRequest(request);
    sim.state.queries += 1;
    const { total, rows } = runQuery(storeOf(sim.state), sql, sim.clock.now(), wanted, sim.state.queries);
    const items = rows.map((row) => ({ links: [], ...row }));
    sendJson(response, 'collection', page(request, callerBase(sim, request), wanted, items, total));
  });
}
