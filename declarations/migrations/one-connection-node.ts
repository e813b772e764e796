import type { Area } from '../area.ts';
import { nameInForm } from '../field-of-system.ts';
import type { Migration, StoredNode } from './stored-node.ts';

/** What a connection node of the first version was for, and what it had: as it was, whatever its system has now. */
interface FormerConnection {
  area: Area;
  /** the only one that there was */
  system: string;
  /** whether a form chose it all the same */
  chosen?: true;
  fields: readonly string[];
  credentials: readonly string[];
}

export const formerConnections: Readonly<Record<string, FormerConnection>> = {
  'salesforce-connection': {
    area: 'crm',
    system: 'salesforce',
    fields: ['environment', 'loginUrl', 'flow', 'audience', 'apiVersion', 'concurrency', 'timeoutMs'],
    credentials: ['clientId', 'clientSecret', 'username', 'password', 'refreshToken', 'privateKey'],
  },
  'erp-connection': {
    area: 'erp',
    system: 'netsuite',
    chosen: true,
    fields: [
      ...['environment', 'accountId', 'baseUrl', 'auth', 'serviceItem', 'approvalStatus', 'projectExpenseType', 'concurrency', 'timeoutMs'],
    ],
    credentials: ['clientId', 'certificateId', 'privateKey', 'consumerKey', 'consumerSecret', 'tokenId', 'tokenSecret'],
  },
  'psa-connection': {
    area: 'psa',
    system: 'kantata',
    chosen: true,
    fields: ['environment', 'baseUrl', 'approverIds', 'serviceName', 'currency', 'concurrency', 'timeoutMs', 'settleAfterMs'],
    credentials: ['accessToken'],
  },
};

/** A connection node for each kind of system becomes the one for all; what it keeps gets the name of its system. */
export const oneConnectionNode: Migration = {
  types: Object.keys(formerConnections),
  from: 1,
  migrate({ type, config, credentials }: StoredNode): StoredNode {
    const { system, chosen, fields, credentials: secrets } = formerConnections[type]!;
    return {
      type: 'system-connection',
      config: { ...renamed(config, fields, system), system: (chosen && config['system']) || system, schema: 2, former: type },
      credentials: renamed(credentials, secrets, system),
    };
  },
};

/** Everything else of the node, such as its id and its name, stays. */
function renamed(given: Readonly<Record<string, unknown>>, names: readonly string[], system: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [names.includes(name) ? nameInForm(system, name) : name, value]));
}
