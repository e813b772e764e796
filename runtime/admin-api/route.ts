import type { Request } from 'express';
import { outsideNumber } from '../../model/outside-number.ts';
import type { Pack } from '../pack.ts';
import type { Caller } from './caller.ts';
import { lacking } from './door.ts';
import type { Permission } from './permissions.ts';

export interface Call {
  pack: Pack;
  /** path and query parameters */
  parameters: Record<string, string | undefined>;
  body: Record<string, unknown>;
  /** who is signed in */
  actor: string;
  caller: Caller;
  request: Request;
}

/** One route of the admin API: served, permitted and described from this. */
export interface Route {
  method: 'get' | 'post';
  /** below `/ps-connect/api/v1`, parameters as `:name` */
  path: string;
  permission: Permission;
  /** personal data in its answer: masked, shown, or shown only to who has `ps-connect.edit` */
  persons?: 'shown' | 'shown-to-editors';
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

/** What only some calls of a route need beyond its permission. */
export function mustBeAllowed({ caller }: Call, permission: Permission): void {
  if (caller.may.includes(permission)) return;
  const { status, message } = lacking(permission);
  throw new ApiProblem(status, message);
}

export function wholeNumber(text: string | undefined, fallback: number, most: number): number {
  return outsideNumber(text, { least: 0, most, whole: true }) ?? fallback;
}

/** So many characters a reason may have: it is in the journal, which keeps it for good. */
const longestReason = 4_000;

export function reasonIn({ reason }: Record<string, unknown>): { reason?: string } {
  if (reason === undefined || reason === null || reason === '') return {};
  if (typeof reason !== 'string') throw new ApiProblem(400, 'reason is text.');
  if (reason.length > longestReason) throw new ApiProblem(400, `reason is longer than ${longestReason} characters. Give a short one.`);
  if (!reason.isWellFormed() || reason.includes('\0')) throw new ApiProblem(400, 'reason has a character that no text may have.');
  return { reason };
}
