import type { Request } from 'express';
import type { Simulator } from '../simulator.ts';
import type { NetSuiteState } from './state.ts';

/** The account's address as this caller wrote it (`127.0.0.1` or `localhost`): links, signatures and audiences are made of it. */
export function callerBase(sim: Simulator<NetSuiteState>, request: Request): string {
  return request.headers.host ? `http://${request.headers.host}` : sim.url;
}
