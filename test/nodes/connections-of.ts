import type { Sandbox } from '../../sandbox/server.ts';

/** A connection node that works with a simulator: its fields, and what Node-RED keeps as its credentials. */
export interface SandboxConnection {
  fields: Record<string, unknown>;
  credentials: Record<string, string>;
}

const netsuiteKeys = ['clientId', 'certificateId', 'privateKey', 'consumerKey', 'consumerSecret', 'tokenId', 'tokenSecret'];

/** The connection nodes of a sandbox, by type. */
export function connectionsOf({ urls, credentials }: Sandbox): Record<string, SandboxConnection> {
  const only = (system: keyof typeof credentials, ...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, credentials[system][name] ?? '']));
  return {
    'salesforce-connection': {
      fields: { loginUrl: urls.salesforce, flow: 'jwt-bearer' },
      credentials: only('salesforce', 'clientId', 'clientSecret', 'username', 'password', 'refreshToken', 'privateKey'),
    },
    'erp-connection': {
      fields: { system: 'netsuite', ...only('netsuite', 'accountId'), baseUrl: urls.netsuite, auth: 'oauth2' },
      credentials: only('netsuite', ...netsuiteKeys),
    },
    'psa-connection': {
      fields: { system: 'kantata', baseUrl: `${urls.kantata}/api/v1`, settleAfterMs: 300 },
      credentials: only('kantata', 'accessToken'),
    },
  };
}
