import { type FailureText, inWords } from '../../model/failure-words.ts';

/** What a person may be allowed, each by itself; Node-RED's `*`, `read` and `write` hold here too. */
export const permissions = [
  'ps-connect.read',
  'ps-connect.replay',
  'ps-connect.edit',
  'ps-connect.approve',
  'ps-connect.configure',
  'ps-connect.map',
] as const;
export type Permission = (typeof permissions)[number];

/** Each in words, for the documents, the OpenAPI description and whoever lacks it. */
export const permissionWords: Record<Permission, FailureText> = {
  'ps-connect.read': inWords('PERMISSION.read'),
  'ps-connect.replay': inWords('PERMISSION.replay'),
  'ps-connect.edit': inWords('PERMISSION.edit'),
  'ps-connect.approve': inWords('PERMISSION.approve'),
  'ps-connect.configure': inWords('PERMISSION.configure'),
  'ps-connect.map': inWords('PERMISSION.map'),
};

/** The permission of before: whoever has it, or `write`, may do everything but look. */
const formerly = 'ps-connect.write';

/** What a sign-in's scope allows: a text or a list of them, in Node-RED's own sense (editor-api, auth/permissions.js). */
export function permissionsIn(scope: unknown): Permission[] {
  return permissions.filter((permission) => holds(scope, permission) || (permission !== 'ps-connect.read' && holds(scope, formerly)));
}

function holds(scope: unknown, permission: string): boolean {
  if (Array.isArray(scope)) return scope.some((one) => holds(one, permission));
  if (scope === '*' || scope === permission) return true;
  if (scope === 'read' || scope === '*.read') return permission.endsWith('.read');
  return (scope === 'write' || scope === '*.write') && permission.endsWith('.write');
}
