import type { KeyPairs } from './keys.ts';
import type { Language } from './messages.ts';

export type Scalar = string | number | boolean;

/** One line of a sublist; `line` is its key. Dates are `YYYY-MM-DD`, durations minutes, references and choices ids. */
export interface Line {
  line: number;
  fields: Record<string, Scalar>;
}

export interface StoredRecord {
  id: string;
  externalId?: string;
  /** grows with every change: how the system knows that somebody else saved in between */
  version: number;
  fields: Record<string, Scalar>;
  lines: Record<string, Line[]>;
}

export interface DeletedRecord {
  id: string;
  type: string;
  externalId?: string;
  name: string;
  deletedDate: string;
}

/** One unit of an asynchronous job and what it would have answered. */
export interface Task {
  id: string;
  startTime?: string;
  endTime?: string;
  result?: { status: number; headers: Record<string, string>; body?: unknown };
}

export interface Job {
  id: string;
  idempotencyKey?: string;
  tasks: Task[];
}

export interface Credentials {
  accountId: string;
  clientId: string;
  consumerKey: string;
  consumerSecret: string;
  tokenId: string;
  tokenSecret: string;
  keys: KeyPairs;
}

export interface NetSuiteState {
  credentials: Credentials;
  /** language of the integration user: business messages come in it */
  language: Language;
  /** requests in flight over the whole account: 5 on the standard tier, 15 on tier 1, +10 per SuiteCloud Plus licence */
  concurrencyLimit: number;
  /** how an overloaded account answers: 429, or the login failure that was seen in the field (julbrs/netsuite-api-client#26) */
  overload: 'throttle' | 'loginFailure' | 'invalidLogin';
  latencyMs: number;
  asyncDelayMs: number;
  maintenance: boolean;
  /** time zone of the integration user: SuiteQL reads and shows instants in it, dates sent as instants are cut in it */
  timeZone: string;
  /** subsidiaries (internal ids) that the integration role may not see */
  restrictedSubsidiaries: string[];
  /** Intercompany Time: an employee may book on a project of another subsidiary */
  intercompanyTime: boolean;
  nextId: Record<string, number>;
  records: Record<string, Record<string, StoredRecord>>;
  deleted: DeletedRecord[];
  tokens: Record<string, { expiresAt: string; scope: string[] }>;
  jobs: Record<string, Job>;
  /** counts SuiteQL requests: pages without a unique order do not fit together */
  queries: number;
}
