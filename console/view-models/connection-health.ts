import type { ConnectionRow, Json } from '../answers.ts';
import type { Tone } from './look.ts';

export interface ConnectionHealth {
  tone: Tone;
  /** key of `console.connection.state` */
  state: 'unusable' | 'denied' | 'troubled' | 'answers';
  inFlight: number;
  /** most calls at once */
  concurrency?: number;
  quota?: { used: number; max: number };
  lastFailure?: { at: string; class: string; message: string };
}

/** Reads what a connector says of itself; each says what its API tells, so everything may be absent. */
export function connectionHealth({ health = {}, failure }: Pick<ConnectionRow, 'health' | 'failure'>): ConnectionHealth {
  const lastFailure = failureIn(health['lastFailure']);
  const [used, max] = [numberIn(health['apiRequestsUsed']), numberIn(health['apiRequestsMax'])];
  const concurrency = numberIn(health['concurrency']);
  return {
    ...judge(failure !== undefined, lastFailure?.class),
    inFlight: numberIn(health['inFlight']) ?? 0,
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(used !== undefined && max !== undefined && max > 0 ? { quota: { used, max } } : {}),
    ...(lastFailure ? { lastFailure } : {}),
  };
}

/** A record that the system refused says nothing bad about the connection; a refused sign-in does. */
function judge(unusable: boolean, lastClass: string | undefined): Pick<ConnectionHealth, 'tone' | 'state'> {
  if (unusable) return { tone: 'bad', state: 'unusable' };
  if (lastClass?.startsWith('auth.')) return { tone: 'bad', state: 'denied' };
  if (lastClass?.startsWith('transient.') || lastClass?.startsWith('quota.')) return { tone: 'warn', state: 'troubled' };
  return { tone: 'good', state: 'answers' };
}

function numberIn(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function failureIn(value: Json | undefined): ConnectionHealth['lastFailure'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { at, class: failureClass, message } = value;
  if (typeof message !== 'string') return undefined;
  return { at: typeof at === 'string' ? at : '', class: typeof failureClass === 'string' ? failureClass : '', message };
}
