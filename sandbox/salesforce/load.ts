import type { Request } from 'express';
import type { Simulator } from '../simulator.ts';
import { fail } from './failure.ts';
import { findObject } from './schema/catalogue.ts';
import type { SalesforceState } from './store/state.ts';
import { loadRecord } from './write/save.ts';
import { Work } from './write/work.ts';

interface LoadData {
  records?: unknown;
  limits?: unknown;
  app?: unknown;
}

/**
 * `{records: [{attributes: {type}, …}], limits: {DailyApiRequests: {Max, Remaining} | number}, app: {rotatesRefreshTokens}}`; all records
 * or none.
 */
export function load(sim: Simulator<SalesforceState>, data: unknown): void {
  const { records, limits, app } = (data ?? {}) as LoadData;
  setLimits(sim.state, limits);
  const rotates = (app as { rotatesRefreshTokens?: unknown } | undefined)?.rotatesRefreshTokens;
  if (typeof rotates === 'boolean') sim.state.app.rotatesRefreshTokens = rotates;
  // The loader writes no journal, so no request is needed to name.
  const work = new Work(sim, {} as Request, sim.state.admin, { loading: true });
  const start = work.savepoint();
  try {
    for (const record of Array.isArray(records) ? (records as Record<string, unknown>[]) : []) {
      const type = (record['attributes'] as { type?: unknown } | undefined)?.type;
      const object = findObject(typeof type === 'string' ? type : '');
      if (!object) throw fail('INVALID_TYPE', `load: sObject type '${String(type)}' is not supported.`);
      loadRecord(work, object, record);
    }
  } catch (error) {
    work.rollbackTo(start);
    throw error;
  }
  work.commit();
}

function setLimits(state: SalesforceState, limits: unknown): void {
  if (typeof limits !== 'object' || limits === null) return;
  for (const [name, value] of Object.entries(limits as Record<string, unknown>)) {
    if (typeof value === 'number') state.limits[name] = { Max: value, Used: state.limits[name]?.Used ?? 0 };
    else {
      const { Max, Remaining } = value as { Max?: number; Remaining?: number };
      const max = Max ?? state.limits[name]?.Max ?? 0;
      state.limits[name] = { Max: max, Used: Remaining === undefined ? (state.limits[name]?.Used ?? 0) : max - Remaining };
    }
  }
}
