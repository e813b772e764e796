import { createHmac, randomBytes } from 'node:crypto';
import { fail } from '../failure.ts';
import { toId15 } from '../store/ids.ts';
import type { Row, SalesforceState } from '../store/state.ts';

/** Idle time after which a session ends; each call starts it anew. */
const IDLE_MS = 2 * 3_600_000;

/** A session id: the org's 15-character id, `!`, and a secret. */
export function openSession(state: SalesforceState, userId: string, clientId: string): string {
  const now = Date.now();
  for (const [old, session] of Object.entries(state.sessions)) if (now - session.lastUsed > IDLE_MS) delete state.sessions[old];
  const token = `${toId15(state.orgId)}!AQ${randomBytes(64).toString('base64url').replaceAll('-', '.')}`;
  state.sessions[token] = { userId, clientId, issuedAt: now, lastUsed: now };
  return token;
}

/** Who calls, by `Authorization: Bearer …` (or `OAuth …`). */
export function requireSession(state: SalesforceState, header: string | undefined): string {
  const match = /^(Bearer|OAuth)\s+(\S.*)$/i.exec(header ?? '');
  if (!match) throw fail('INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE');
  const session = findSession(state, match[2] ?? '');
  if (!session) throw fail('INVALID_SESSION_ID', 'Session expired or invalid');
  session.lastUsed = Date.now();
  return session.userId;
}

export function findSession(state: SalesforceState, token: string) {
  const session = Object.hasOwn(state.sessions, token) ? state.sessions[token] : undefined;
  return session && Date.now() - session.lastUsed <= IDLE_MS ? session : undefined;
}

export const expiryOf = (session: { lastUsed: number }): number => session.lastUsed + IDLE_MS;

/** Session ids and refresh tokens alike; true when there was something to end. */
export function revoke(state: SalesforceState, token: string): boolean {
  const known = token in state.sessions || token in state.refreshTokens;
  const owner = state.refreshTokens[token];
  if (owner) {
    for (const [id, session] of Object.entries(state.sessions)) {
      if (session.userId === owner.userId && session.clientId === owner.clientId) delete state.sessions[id];
    }
  }
  delete state.sessions[token];
  delete state.refreshTokens[token];
  return known;
}

/** HMAC of identity URL and issue time, by which a client can check that the answer was not altered. */
export const signature = (secret: string, idUrl: string, issuedAt: string): string =>
  createHmac('sha256', secret).update(`${idUrl}${issuedAt}`).digest('base64');

export const userNamed = (state: SalesforceState, username: string): Row | undefined =>
  Object.values(state.records['User'] ?? {}).find((row) => String(row['Username']).toLowerCase() === username.toLowerCase());
