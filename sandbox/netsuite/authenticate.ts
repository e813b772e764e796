import type { Request } from 'express';
import type { Simulator } from '../simulator.ts';
import { NetSuiteError } from './netsuite-error.ts';
import type { NetSuiteState } from './state.ts';
import { type NonceLog, signatureAccepted } from './token-based-authentication.ts';

const failedLogin =
  'Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at Setup > Users/Roles > User Management > View Login Audit Trail.';

/** 401 with the body of the vendor's error page and the header seen in the field. */
export function loginRefused(accountId: string, code: 'INVALID_LOGIN' | 'INVALID_LOGIN_ATTEMPT'): NetSuiteError {
  return new NetSuiteError(401, [{ detail: failedLogin, 'o:errorCode': code }], {
    headers: { 'WWW-Authenticate': `OAuth realm="${accountId}", error="token_rejected", error_description="Invalid login attempt."` },
  });
}

/**
 * Logins are judged by real time, not the sandbox's: callers sign with their own clock while business days are played at speed.
 * Lets a request through with a live bearer token of scope `rest_webservices` or a valid OAuth 1.0a signature; throws otherwise.
 */
export function authenticate(sim: Simulator<NetSuiteState>, nonces: NonceLog, request: Request): void {
  const { state } = sim;
  const { accountId } = state.credentials;
  const [scheme = '', value = ''] = splitOnce(request.headers.authorization ?? '');
  if (scheme.toLowerCase() === 'bearer') {
    const token = Object.hasOwn(state.tokens, value) ? state.tokens[value] : undefined;
    const live = token && Date.parse(token.expiresAt) > Date.now();
    if (!live || !token.scope.includes('rest_webservices')) throw loginRefused(accountId, 'INVALID_LOGIN');
    return;
  }
  if (scheme.toLowerCase() === 'oauth' && signatureAccepted(sim, nonces, request, value)) return;
  throw loginRefused(accountId, scheme.toLowerCase() === 'oauth' ? 'INVALID_LOGIN_ATTEMPT' : 'INVALID_LOGIN');
}

function splitOnce(header: string): [string, string] {
  const at = header.indexOf(' ');
  return at < 0 ? [header, ''] : [header.slice(0, at), header.slice(at + 1)];
}
