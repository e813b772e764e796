import type { SandboxAccess } from '../../sandbox/firm/sandbox-access.ts';

/** The environment by which the connections of the template flows (prefixes SALESFORCE, NETSUITE, KANTATA) find the sandbox. */
export function connectionEnvironment({ salesforce, netsuite, kantata }: SandboxAccess): Record<string, string> {
  return present({
    SALESFORCE_LOGIN_URL: salesforce.url,
    SALESFORCE_CLIENT_ID: salesforce['clientId'],
    SALESFORCE_CLIENT_SECRET: salesforce['clientSecret'],
    SALESFORCE_USERNAME: salesforce['username'],
    SALESFORCE_PASSWORD: salesforce['password'],
    SALESFORCE_PRIVATE_KEY: salesforce['privateKey'],
    NETSUITE_BASE_URL: netsuite.url,
    NETSUITE_ACCOUNT_ID: netsuite['accountId'] ?? netsuite['account'],
    NETSUITE_CLIENT_ID: netsuite['clientId'],
    NETSUITE_CERTIFICATE_ID: netsuite['certificateId'],
    NETSUITE_PRIVATE_KEY: netsuite['privateKey'],
    NETSUITE_CONSUMER_KEY: netsuite['consumerKey'],
    NETSUITE_CONSUMER_SECRET: netsuite['consumerSecret'],
    NETSUITE_TOKEN_ID: netsuite['tokenId'],
    NETSUITE_TOKEN_SECRET: netsuite['tokenSecret'],
    KANTATA_BASE_URL: `${kantata.url}/api/v1`,
    KANTATA_ACCESS_TOKEN: kantata['accessToken'],
  });
}

function present(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
