/** What a person may be allowed, each by itself; Node-RED's `*`, `read` and `write` hold here too. */
export const permissions = [
  'ps-connect.read',
  'ps-connect.replay',
  'ps-connect.edit',
  'ps-connect.approve',
  'ps-connect.configure',
] as const;
export type Permission = (typeof permissions)[number];

/** Each in words, for the documents, the OpenAPI description and whoever lacks it. */
export const permissionWords: Record<Permission, string> = {
  'ps-connect.read': 'see runs, figures, connections and the journal, with personal data masked',
  'ps-connect.replay': 'decide what becomes of a run as it is: replay, wake, cancel, discard, undo',
  'ps-connect.edit': 'see and change what is in an event: the whole dead letter, corrections, writes in doubt, mapping samples',
  'ps-connect.approve': 'approve and reject',
  'ps-connect.configure': 'try a connection’s settings',
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
