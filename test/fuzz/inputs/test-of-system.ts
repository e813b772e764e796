import type { Lane } from '../flows/flow-node.ts';
import { typedSecret } from './admin-request.ts';
import type { AnswerInput, HttpInput } from './input.ts';

/** A form of a connection that points at the hostile system, with its secrets typed anew. */
export function testOfSystem({ system, family }: AnswerInput, addresses: Lane, environment: Record<string, string>): HttpInput {
  const url = addresses[system];
  const kinds = {
    salesforce: {
      config: { system, salesforceLoginUrl: url, salesforceFlow: 'username-password', salesforceApiVersion: '66.0' },
      credentials: {
        salesforceClientId: 'SALESFORCE_CLIENT_ID',
        salesforceClientSecret: 'SALESFORCE_CLIENT_SECRET',
        salesforceUsername: 'SALESFORCE_USERNAME',
        salesforcePassword: 'SALESFORCE_PASSWORD',
      },
    },
    netsuite: {
      config: { system, netsuiteAccountId: '1234567_SB1', netsuiteBaseUrl: url, netsuiteAuth: 'tba', netsuiteConcurrency: 4 },
      credentials: {
        netsuiteConsumerKey: 'NETSUITE_CONSUMER_KEY',
        netsuiteConsumerSecret: 'NETSUITE_CONSUMER_SECRET',
        netsuiteTokenId: 'NETSUITE_TOKEN_ID',
        netsuiteTokenSecret: 'NETSUITE_TOKEN_SECRET',
      },
    },
    kantata: {
      config: { system, kantataBaseUrl: `${url}/api/v1`, kantataSettleAfterMs: 100 },
      credentials: { kantataAccessToken: 'KANTATA_ACCESS_TOKEN' },
    },
  }[system];
  const credentials = Object.fromEntries(
    Object.entries(kinds.credentials).map(([name, variable]) => [name, environment[variable] ?? typedSecret]),
  );
  return {
    ...{
      kind: 'admin',
      family: `${family} to a test of ${system}`,
      house: 'users',
      method: 'POST',
      path: '/ps-connect/api/v1/connections/test',
    },
    headers: [['content-type', 'application/json']],
    body: Buffer.from(JSON.stringify({ type: 'system-connection', id: '', config: kinds.config, credentials })),
    identity: 'admin',
    expects: { ours: true },
  };
}
