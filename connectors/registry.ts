import { Failure } from '../model/failure.ts';
import type { CredentialKeeper } from '../model/kept-credential.ts';
import type { Connector, Role } from '../model/operations.ts';
import { createKantata } from './kantata/connector.ts';
import { createNetSuite } from './netsuite/connector.ts';
import { createSalesforce, type SalesforceFlow } from './salesforce/connector.ts';
import { knownOf } from '../model/known-of.ts';

/** A connection's settings as the form or the environment gives them: text by field name; empty fields are absent. */
export type ConnectionValues = Readonly<Record<string, string>>;

/** The systems of each role. Adding a system is one line here, one folder beside this file and one in the sandbox. */
export const systems: Record<Role, Record<string, (values: ConnectionValues, credentials?: CredentialKeeper) => Connector>> = {
  crm: {
    salesforce: (values, credentials) =>
      createSalesforce(
        {
          ...values,
          loginUrl: values['loginUrl'] ?? '',
          clientId: values['clientId'] ?? '',
          flow: (values['flow'] ?? 'jwt-bearer') as SalesforceFlow,
          ...numbers(values, 'concurrency', 'timeoutMs'),
        },
        credentials ? { credentials } : {},
      ),
  },
  erp: {
    netsuite: (values) =>
      createNetSuite({
        accountId: values['accountId'] ?? '',
        ...only(values, 'baseUrl', 'serviceItem', 'approvalStatus', 'projectExpenseType'),
        ...numbers(values, 'concurrency', 'timeoutMs'),
        auth:
          values['auth'] === 'tba'
            ? {
                kind: 'tba',
                consumerKey: values['consumerKey'] ?? '',
                consumerSecret: values['consumerSecret'] ?? '',
                tokenId: values['tokenId'] ?? '',
                tokenSecret: values['tokenSecret'] ?? '',
              }
            : {
                kind: 'oauth2',
                clientId: values['clientId'] ?? '',
                certificateId: values['certificateId'] ?? '',
                privateKey: values['privateKey'] ?? '',
              },
      }),
  },
  psa: {
    kantata: (values) =>
      createKantata({
        accessToken: values['accessToken'] ?? '',
        ...only(values, 'baseUrl', 'serviceName', 'currency'),
        ...numbers(values, 'concurrency', 'timeoutMs', 'settleAfterMs'),
        ...(values['approverIds'] ? { approverIds: values['approverIds'].split(',').map((id) => id.trim()) } : {}),
      }),
  },
};

/**
 * A connector for a system of a role; throws a Failure that names the field when the settings cannot work. `credentials` keeps what changes by
 * being used.
 */
export function createConnector(role: Role, system: string, values: ConnectionValues, credentials?: CredentialKeeper): Connector {
  const create = knownOf(systems[role], system);
  if (create) return create(values, credentials);
  throw new Failure({
    class: 'contract.invalid',
    code: 'SYSTEM_UNKNOWN',
    message: `There is no connector for "${system}" as ${role.toUpperCase()}.`,
    field: 'system',
    value: system,
    remedy: `Choose one of ${Object.keys(systems[role]).join(', ')}.`,
  });
}

function only(values: ConnectionValues, ...names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]])));
}

function numbers(values: ConnectionValues, ...names: string[]): Record<string, number> {
  return Object.fromEntries(names.flatMap((name) => (values[name] === undefined ? [] : [[name, Number(values[name])]])));
}
