import type { Lane } from '../flows/flow-node.ts';
import { typedSecret } from './admin-request.ts';
import type { AnswerInput, HttpInput } from './input.ts';

/** A form of a connection that points at the hostile system, with its secrets typed anew. */
export function testOfSystem({ system, family }: AnswerInput, addresses: Lane, environment: Record<string, string>): HttpInput {
  const url = addresses[system];
  const kinds = {
    salesforce: {
      type: 'salesforce-connection',
      config: { loginUrl: url, flow: 'username-password', apiVersion: '66.0' },
      credentials: {
        clientId: 'SALESFORCE_CLIENT_ID',
        clientSecret: 'SALESFORCE_CLIENT_SECRET',
        username: 'SALESFORCE_USERNAME',
        password: 'SALESFORCE_PASSWORD',
      },
    },
    netsuite: {
      type: 'erp-connection',
      config: { system, accountId: '1234567_SB1', baseUrl: url, auth: 'tba', concurrency: 4 },
      credentials: {
        consumerKey: 'NETSUITE_CONSUMER_KEY',
        consumerSecret: 'NETSUITE_CONSUMER_SECRET',
        tokenId: 'NETSUITE_TOKEN_ID',
        tokenSecret: 'NETSUITE_TOKEN_SECRET',
      },
    },
    kantata: {
      type: 'psa-connection',
      config: { system, baseUrl: `${url}/api/v1`, settleAfterMs: 100 },
      credentials: { accessToken: 'KANTATA_ACCESS_TOKEN' },
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
    body: Buffer.from(JSON.stringify({ type: kinds.type, id: '', config: kinds.config, credentials })),
    identity: 'admin',
    expects: { ours: true },
  };
}
