import { nameInForm } from '../../declarations/field-of-system.ts';
import { formerConnections } from '../../declarations/migrations/one-connection-node.ts';
import type { Sandbox } from '../../sandbox/server.ts';

/** A connection node that works with a simulator: its fields, and what Node-RED keeps as its credentials. */
export interface SandboxConnection {
  fields: Record<string, unknown>;
  credentials: Record<string, string>;
}

const netsuiteKeys = ['clientId', 'certificateId', 'privateKey', 'consumerKey', 'consumerSecret', 'tokenId', 'tokenSecret'];

/** The connection to each simulator: its fields and credentials by the names that the system knows them by. */
function plainConnections({ urls, credentials }: Sandbox): Record<string, SandboxConnection> {
  const only = (system: keyof typeof credentials, ...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, credentials[system][name] ?? '']));
  return {
    salesforce: {
      fields: { loginUrl: urls.salesforce, flow: 'jwt-bearer', ...only('salesforce', 'pubsub') },
      credentials: only('salesforce', 'clientId', 'clientSecret', 'username', 'password', 'refreshToken', 'privateKey'),
    },
    netsuite: {
      fields: { ...only('netsuite', 'accountId'), baseUrl: urls.netsuite, auth: 'oauth2' },
      credentials: only('netsuite', ...netsuiteKeys),
    },
    kantata: {
      fields: { baseUrl: `${urls.kantata}/api/v1`, settleAfterMs: 300 },
      credentials: only('kantata', 'accessToken'),
    },
    'event-receiver': {
      fields: only('event-receiver', 'url'),
      credentials: only('event-receiver', 'secret'),
    },
  };
}

/** The connection node of each system, by its name. */
export function connectionsOf(sandbox: Sandbox): Record<string, SandboxConnection> {
  return Object.fromEntries(
    Object.entries(plainConnections(sandbox)).map(([system, { fields, credentials }]) => {
      const inForm = <T>(plain: Record<string, T>) =>
        Object.fromEntries(Object.entries(plain).map(([name, value]) => [nameInForm(system, name), value]));
      return [system, { fields: { system, ...inForm(fields) }, credentials: inForm(credentials) }];
    }),
  );
}

/** What a node of a type of connection is filled in with: one for all systems has what each of them needs. */
export function filledIn(type: string, sandbox: Sandbox): SandboxConnection | undefined {
  const former = formerConnections[type];
  if (former) return plainConnections(sandbox)[former.system];
  if (type !== 'system-connection') return undefined;
  const all = Object.values(connectionsOf(sandbox));
  return {
    fields: { ...Object.assign({}, ...all.map(({ fields }) => fields)), system: 'salesforce' },
    credentials: Object.assign({}, ...all.map(({ credentials }) => credentials)) as Record<string, string>,
  };
}
