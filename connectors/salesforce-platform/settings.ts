import type { KeyObject } from 'node:crypto';
import type { Failure } from '../../model/failure.ts';
import { withoutEndingSlashes } from '../../model/uri.ts';
import { longestTimeoutMs, mostCallsAtOnce } from '../http/call-limits.ts';
import { assertSafeUrl } from '../http/safe-url.ts';
import { wholeSetting, wrongSetting } from '../kit/setting-checks.ts';
import { isShortRsa, typedKey } from '../oauth2/typed-key.ts';
import { knownOf } from '../../model/known-of.ts';

export type SalesforceFlow = 'jwt-bearer' | 'client-credentials' | 'refresh-token' | 'username-password';

/** How to reach one Salesforce org. Secrets are handed in and never logged. */
export interface SalesforceConfig {
  /** `https://login.salesforce.com`, `https://test.salesforce.com` or the My Domain address */
  loginUrl: string;
  /** `66.0` */
  apiVersion?: string;
  flow: SalesforceFlow;
  /** consumer key of the External Client App or Connected App */
  clientId: string;
  clientSecret?: string;
  /** PEM of the RSA key whose certificate the app knows */
  privateKey?: string;
  username?: string;
  /** password with the security token appended, where the org asks for one */
  password?: string;
  refreshToken?: string;
  /** `aud` of the assertion; default: the login URL */
  audience?: string;
  /** shows up as the origin of our changes; default `psconnect` */
  callOptionsClient?: string;
  timeoutMs?: number;
  /** requests in flight at most; default 8 */
  concurrency?: number;
}

export type CheckedConfig = SalesforceConfig &
  Required<Pick<SalesforceConfig, 'apiVersion' | 'audience' | 'callOptionsClient' | 'timeoutMs' | 'concurrency'>>;

const neededBy: Record<SalesforceFlow, (keyof SalesforceConfig)[]> = {
  'jwt-bearer': ['clientId', 'username', 'privateKey'],
  'client-credentials': ['clientId', 'clientSecret'],
  'refresh-token': ['clientId', 'refreshToken'],
  'username-password': ['clientId', 'clientSecret', 'username', 'password'],
};

/** The configuration with its defaults; throws a Failure that names the field which is missing or wrong. */
export function checkedConfig(config: SalesforceConfig): CheckedConfig {
  if (!config.loginUrl) throw wrong('loginUrl', undefined, 'The login URL is missing.', 'Enter your My Domain address.');
  const loginUrl = withoutEndingSlashes(config.loginUrl.trim());
  assertSafeUrl('salesforce', loginUrl);
  checkHost(config, new URL(loginUrl).hostname.toLowerCase());
  const needed = knownOf(neededBy, config.flow);
  if (!needed) {
    throw wrong('flow', config.flow, `"${config.flow}" is not a way to sign in.`, `Choose one of ${Object.keys(neededBy).join(', ')}.`);
  }
  for (const field of needed) {
    if (!config[field]) throw wrong(field, undefined, `${field} is missing.`, `The flow ${config.flow} needs ${needed.join(', ')}.`);
  }
  if (config.flow === 'jwt-bearer') signingKey(config.privateKey as string);
  const apiVersion = (config.apiVersion ?? '66.0').replace(/^v/, '');
  if (!/^\d{2}\.0$/.test(apiVersion) || Number(apiVersion) < 46) {
    throw wrong(
      'apiVersion',
      config.apiVersion,
      `"${config.apiVersion}" is not an API version this connector can use.`,
      'Enter a version such as 66.0 (46.0 is the oldest that reports what an upsert did).',
    );
  }
  return {
    ...config,
    loginUrl,
    apiVersion,
    audience: config.audience || loginUrl,
    callOptionsClient: config.callOptionsClient || 'psconnect',
    timeoutMs: whole('timeoutMs', config.timeoutMs, 60_000, longestTimeoutMs),
    concurrency: whole('concurrency', config.concurrency, 8, mostCallsAtOnce),
  };
}

const whole = (field: string, value: number | undefined, standard: number, most: number) =>
  wholeSetting('salesforce', { most, standard }, field, value);

/** The key that signs assertions. */
export function signingKey(pem: string): KeyObject {
  const key = typedKey(pem);
  if (key?.asymmetricKeyType === 'rsa' && !isShortRsa(key)) return key;
  throw wrong('privateKey', undefined, `The private key is ${key ? kindOf(key) : 'not one in PEM form without a passphrase'}.`, keyRemedy);
}

const keyRemedy =
  'Paste the whole file, from -----BEGIN to -----END. Salesforce accepts RS256 only: an ordinary RSA key of 2048 bits or more (openssl genrsa -out key.pem 2048).';

function kindOf(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return `an RSA key of ${key.asymmetricKeyDetails?.modulusLength} bits`;
  return key.asymmetricKeyType === 'rsa-pss'
    ? 'for RSA-PSS alone, with which RS256 cannot be signed'
    : `a key of kind ${key.asymmetricKeyType}`;
}

/** Hosts that cannot work, told before the first call. */
function checkHost(config: SalesforceConfig, host: string): void {
  if (host.endsWith('.lightning.force.com')) {
    throw wrong(
      'loginUrl',
      config.loginUrl,
      `${host} serves the user interface only, not the API.`,
      `Use ${host.replace('.lightning.force.com', '.my.salesforce.com')}.`,
    );
  }
  if (config.flow === 'client-credentials' && (host === 'login.salesforce.com' || host === 'test.salesforce.com')) {
    throw wrong(
      'loginUrl',
      config.loginUrl,
      'Client credentials are served by the My Domain address only.',
      'Use https://<your domain>.my.salesforce.com.',
    );
  }
}

function wrong(field: string, value: string | undefined, message: string, remedy: string): Failure {
  return wrongSetting('salesforce', field, { value: value || undefined, message, remedy });
}
