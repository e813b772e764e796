import type { BulkJob } from '../bulk/job.ts';

export type Value = string | number | boolean | null;
/** Sparse: a field that is absent is null. `Id` is always there. */
export interface Row {
  Id: string;
  [field: string]: Value | undefined;
}

export interface Session {
  userId: string;
  clientId: string;
  /** epoch milliseconds, machine clock: tokens live in transport time, not business time */
  issuedAt: number;
  lastUsed: number;
}

export interface ClientApp {
  clientId: string;
  clientSecret: string;
  /** who client-credentials calls act as */
  runAs: string;
  publicKey: string;
  /** *Enable Refresh Token Rotation*: each refresh gives a new refresh token and ends the old one */
  rotatesRefreshTokens?: boolean;
}

/** All that the org holds: plain JSON. */
export interface SalesforceState {
  orgId: string;
  admin: string;
  privateKey: string;
  app: ClientApp;
  passwords: Record<string, { password: string; securityToken: string }>;
  sessions: Record<string, Session>;
  refreshTokens: Record<string, { userId: string; clientId: string; ended?: boolean }>;
  records: Record<string, Record<string, Row>>;
  sequences: Record<string, number>;
  limits: Record<string, { Max: number; Used: number }>;
  jobs: Record<string, BulkJob>;
  /** by object, how many records a query job is given beside those that there are: more than a machine could hold */
  madeUp?: Record<string, number>;
}
