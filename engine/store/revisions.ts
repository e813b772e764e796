import type { Json } from '../../model/json.ts';
import type { Calls } from './calls.ts';

export interface Revisions {
  /** Flows as deployed, kept with the runs that passed through them. */
  saveRevision(revision: string, flows: Json, now: number): Promise<void>;
}

export const revisionCalls = {
  saveRevision: 'keeps',
} satisfies Calls<Revisions>;
