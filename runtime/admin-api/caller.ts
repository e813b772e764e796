import type { IncomingMessage } from 'node:http';
import { type Permission, permissions, permissionsIn } from './permissions.ts';

/** Who asks, as Node-RED's sign-in knows it. */
export interface Caller {
  /** user name, for the journal */
  actor: string;
  /** people sign in to this Node-RED (`adminAuth`) */
  signsIn: boolean;
  /** false: it may be anybody, since nobody has to sign in (for this) */
  known: boolean;
  /** what else the sign-in calls the person: e-mail address, full name */
  names: string[];
  may: readonly Permission[];
}

/** `adminAuth` of settings.js, as far as it matters here: https://nodered.org/docs/user-guide/runtime/securing-node-red */
export interface AdminAuth {
  default?: unknown;
  module?: { default?: unknown };
}

type User = Record<string, unknown> & { username?: unknown; anonymous?: unknown };

/** @param adminAuth absent = nobody signs in, and everybody may do everything, as in the rest of Node-RED */
export async function callerOf(request: IncomingMessage, adminAuth: AdminAuth | undefined): Promise<Caller> {
  const { user, authInfo } = request as IncomingMessage & { user?: User; authInfo?: { scope?: unknown } };
  if (!adminAuth) return { actor: 'anonymous', signsIn: false, known: false, names: [], may: permissions };
  const actor = typeof user?.username === 'string' && user.username ? user.username : 'anonymous';
  const known = actor !== 'anonymous' && user?.anonymous !== true && actor !== (await defaultUser(adminAuth));
  const names = known ? [actor, user?.['email'], user?.['name'], user?.['displayName']] : [];
  return {
    actor,
    signsIn: true,
    known,
    names: names.filter((name): name is string => typeof name === 'string' && name.trim() !== ''),
    may: user ? permissionsIn(authInfo?.scope) : [],
  };
}

/** The user that Node-RED takes for whoever does not sign in; one with a name must not pass for a person. */
async function defaultUser(adminAuth: AdminAuth): Promise<unknown> {
  const made = adminAuth.module?.default ?? adminAuth.default;
  if (typeof made !== 'function') return undefined;
  try {
    return ((await (made as () => unknown)()) as User | null | undefined)?.username;
  } catch {
    return undefined; // then nobody got in as that user
  }
}
