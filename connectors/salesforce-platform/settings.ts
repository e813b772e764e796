import type { KeyObject } from 'node:crypto';
import type { Failure } from '../../model/failure.ts';
import type { Param } from '../../model/failure-sentence.ts';
import { type FailureText, inWords, phrase } from '../../model/failure-words.ts';
import { withoutEndingSlashes } from '../../model/uri.ts';
import { longestTimeoutMs, mostCallsAtOnce } from '../http/call-limits.ts';
import { assertSafeUrl } from '../http/safe-url.ts';
import { wholeSetting, wrongSetting } from '../kit/setting-checks.ts';
import { isShortRsa, typedKey } from '../oauth2/typed-key.ts';
import { knownOf } from '../../model/known-of.ts';

export type SalesforceFlow = 'jwt-bearer' | 'client-credentials' | 'refresh-token' | 'username-password';

/** What holds where nothing is given, stated here alone: the form of a connection begins with it, and the checks fall back on it. */
export const defaults = {
  flow: 'jwt-bearer',
  apiVersion: '66.0',
  // https://developer.salesforce.com/docs/platform/pub-sub-api/guide/pub-sub-endpoints.html
  pubsub: 'api.pubsub.salesforce.com:7443',
  concurrency: 8,
  timeoutMs: 60_000,
} as const;

/** How to reach one Salesforce org. Secrets are handed in and never logged. */
export interface SalesforceConfig {
  /** `https://login.salesforce.com`, `https://test.salesforce.com` or the My Domain address */
  loginUrl: string;
  /** as the org names it, with or without a `v` */
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
  /** shows up as the origin of our changes; default: this pack */
  callOptionsClient?: string;
  /** host and port of the event bus, which is always spoken to encrypted */
  pubsub?: string;
  timeoutMs?: number;
  /** requests in flight at most */
  concurrency?: number;
}

export type CheckedConfig = SalesforceConfig &
  Required<Pick<SalesforceConfig, 'apiVersion' | 'audience' | 'callOptionsClient' | 'pubsub' | 'timeoutMs' | 'concurrency'>>;

const neededBy: Record<SalesforceFlow, (keyof SalesforceConfig)[]> = {
  'jwt-bearer': ['clientId', 'username', 'privateKey'],
  'client-credentials': ['clientId', 'clientSecret'],
  'refresh-token': ['clientId', 'refreshToken'],
  'username-password': ['clientId', 'clientSecret', 'username', 'password'],
};

/** The configuration with its defaults; throws a Failure that names the field which is missing or wrong. */
export function checkedConfig(config: SalesforceConfig): CheckedConfig {
  if (!config.loginUrl) throw wrong('loginUrl', undefined, inWords('CONFIG_INVALID.salesforce-no-login-url'));
  const loginUrl = withoutEndingSlashes(config.loginUrl.trim());
  assertSafeUrl('salesforce', loginUrl);
  checkHost(config, new URL(loginUrl).hostname.toLowerCase());
  const needed = knownOf(neededBy, config.flow);
  const { flow } = config;
  if (!needed) throw wrong('flow', flow, inWords('CONFIG_INVALID.salesforce-flow', { flow, flows: Object.keys(neededBy).join(', ') }));
  for (const field of needed) {
    if (config[field]) continue;
    throw wrong(field, undefined, inWords('CONFIG_INVALID.salesforce-missing', { field, flow, needed: needed.join(', ') }));
  }
  if (config.flow === 'jwt-bearer') signingKey(config.privateKey as string);
  const apiVersion = (config.apiVersion ?? defaults.apiVersion).replace(/^v/, '');
  if (!/^\d{2}\.0$/.test(apiVersion) || Number(apiVersion) < 46) {
    throw wrong('apiVersion', config.apiVersion, inWords('CONFIG_INVALID.salesforce-version', { version: String(config.apiVersion) }));
  }
  return {
    ...config,
    loginUrl,
    apiVersion,
    audience: config.audience || loginUrl,
    pubsub: hostAndPort(config.pubsub?.trim() || defaults.pubsub),
    callOptionsClient: config.callOptionsClient || 'psconnect',
    timeoutMs: whole('timeoutMs', config.timeoutMs, longestTimeoutMs),
    concurrency: whole('concurrency', config.concurrency, mostCallsAtOnce),
  };
}

/** `host:port`: a name, or an address, and nothing before or behind it. */
function hostAndPort(text: string): string {
  const match = /^([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]):(\d{1,5})$/.exec(text);
  if (match && Number(match[2]) > 0 && Number(match[2]) < 65_536) return text;
  throw wrong('pubsub', text, inWords('CONFIG_INVALID.salesforce-pubsub', { text }));
}

const whole = (field: 'timeoutMs' | 'concurrency', value: number | undefined, most: number) =>
  wholeSetting('salesforce', { most, standard: defaults[field] }, field, value);

/** The key that signs assertions. */
export function signingKey(pem: string): KeyObject {
  const key = typedKey(pem);
  if (key?.asymmetricKeyType === 'rsa' && !isShortRsa(key)) return key;
  throw wrong(
    'privateKey',
    undefined,
    inWords('CONFIG_INVALID.salesforce-key', { what: key ? kindOf(key) : phrase('CONFIG_INVALID.salesforce-no-pem') }),
  );
}

function kindOf({ asymmetricKeyType: kind, asymmetricKeyDetails: details }: KeyObject): Param {
  if (kind === 'rsa') return phrase('CONFIG_INVALID.salesforce-rsa', { bits: String(details?.modulusLength) });
  return kind === 'rsa-pss'
    ? phrase('CONFIG_INVALID.salesforce-rsa-pss')
    : phrase('CONFIG_INVALID.salesforce-kind', { kind: String(kind) });
}

type Said = Required<FailureText>;

/** Hosts that cannot work, told before the first call. */
function checkHost(config: SalesforceConfig, host: string): void {
  if (host.endsWith('.lightning.force.com')) {
    const other = host.replace('.lightning.force.com', '.my.salesforce.com');
    throw wrong('loginUrl', config.loginUrl, inWords('CONFIG_INVALID.salesforce-lightning', { host, other }));
  }
  if (config.flow === 'client-credentials' && (host === 'login.salesforce.com' || host === 'test.salesforce.com')) {
    throw wrong('loginUrl', config.loginUrl, inWords('CONFIG_INVALID.salesforce-my-domain'));
  }
}

function wrong(field: string, value: string | undefined, said: Said): Failure {
  return wrongSetting('salesforce', field, { value: value || undefined, ...said });
}
