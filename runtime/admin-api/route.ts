import type { Request } from 'express';
import type { Pack } from '../pack.ts';

export interface Call {
  pack: Pack;
  /** path and query parameters */
  parameters: Record<string, string | undefined>;
  body: Record<string, unknown>;
  /** who is signed in */
  actor: string;
  request: Request;
  /** aborted when the caller leaves before the answer */
  signal: AbortSignal;
}

/** One route of the admin API: served, permitted and described from this. */
export interface Route {
  method: 'get' | 'post';
  /** below `/ps-connect/api/v1`, parameters as `:name` */
  path: string;
  permission: 'ps-connect.read' | 'ps-connect.write';
  summary: string;
  query?: Record<string, string>;
  body?: Record<string, string>;
  handle(call: Call): Promise<unknown>;
}

/** An answer other than 200. */
export class ApiProblem extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function wholeNumber(text: string | undefined, fallback: number, most: number): number {
  const value = Number(text);
  return text === undefined || !Number.isInteger(value) || value < 0 ? fallback : Math.min(value, most);
}

export function reasonIn(body: Record<string, unknown>): { reason?: string } {
  return typeof body['reason'] === 'string' && body['reason'] ? { reason: body['reason'] } : {};
}
