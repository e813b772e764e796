import type { KeyObject } from 'node:crypto';
import type { Failure } from '../../model/failure.ts';
import type { Words } from '../../model/failure-sentence.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { withoutEndingSlashes } from '../../model/uri.ts';
import { longestTimeoutMs, mostCallsAtOnce } from '../http/call-limits.ts';
import { assertSafeUrl } from '../http/safe-url.ts';
import { wholeSetting, wrongSetting } from '../kit/setting-checks.ts';
import { type CustomRecordType, isCustomRecordType } from './records/custom-record-type.ts';
import { isShortRsa, typedKey } from '../oauth2/typed-key.ts';

/** Signature algorithms that NetSuite takes for client assertions; RS256 is refused. */
export const assertionAlgorithms = ['PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'] as const;
export type AssertionAlgorithm = (typeof assertionAlgorithms)[number];

/** OAuth 2.0 client credentials (machine to machine) with a certificate. */
export interface OAuth2Auth {
  kind: 'oauth2';
  clientId: string;
  /** id of the certificate on the page "OAuth 2.0 Client Credentials (M2M) Setup" */
  certificateId: string;
  /** PKCS #8 PEM */
  privateKey: string;
  /** default: what the key can do (RSA: PS256; P-256: ES256 …) */
  algorithm?: AssertionAlgorithm;
}

/** Token-Based Authentication: OAuth 1.0a, HMAC-SHA256. */
export interface TbaAuth {
  kind: 'tba';
  consumerKey: string;
  consumerSecret: string;
  tokenId: string;
  tokenSecret: string;
}

/** What holds where nothing is given, stated here alone: the form of a connection begins with it, and the checks fall back on it. */
export const defaults = {
  auth: 'oauth2',
  serviceItem: 'SVC-CONSULTING',
  projectExpenseType: '-2',
  assignmentRecord: 'customrecord_psc_assignment',
  concurrency: 4,
  timeoutMs: 60_000,
  rateMaxAgeDays: 7,
} as const;

/** older than that no rate is one of the day */
export const oldestRateDays = 366;

export interface NetSuiteConfig {
  /** as NetSuite shows it: `1234567`, `1234567_SB1` */
  accountId: string;
  baseUrl?: string;
  auth: OAuth2Auth | TbaAuth;
  /** external id of the service item that time is posted with */
  serviceItem?: string;
  /** requests in flight at most. The account's limit counts all integrations together (5 on the smallest tier). */
  concurrency?: number;
  timeoutMs?: number;
  /** internal id of the approval status that posted time gets (`3` = approved); absent = the account's own routing */
  approvalStatus?: string;
  /** internal id of the project expense type */
  projectExpenseType?: string;
  /** numbers of the accounts that labour is posted to, with commas between them; all other costs are expenses */
  labourAccounts?: string;
  /** script id of the record type that assignments are kept in */
  assignmentRecord?: string;
  /** an exchange rate of the account counts for so many days after its own, over weekends and holidays */
  rateMaxAgeDays?: number;
}

export interface NetSuiteSettings {
  accountId: string;
  /** upper case with `_`, as OAuth 1.0 wants it */
  realm: string;
  baseUrl: string;
  auth: (Omit<OAuth2Auth, 'privateKey' | 'algorithm'> & { key: KeyObject; algorithm: AssertionAlgorithm }) | TbaAuth;
  serviceItem: string;
  concurrency: number;
  timeoutMs: number;
  approvalStatus?: string;
  projectExpenseType: string;
  labourAccounts: readonly string[];
  assignmentRecord: CustomRecordType;
  rateMaxAgeDays: number;
}

/** The connection's settings, checked; each mistake is a Failure that names its field. */
export function netSuiteSettings(config: NetSuiteConfig): NetSuiteSettings {
  const accountId = required(config.accountId, 'accountId', phrase('CONFIG_INVALID.netsuite-account'));
  const host = accountId.toLowerCase().replaceAll('_', '-');
  const baseUrl = withoutEndingSlashes(config.baseUrl?.trim() || `https://${host}.suitetalk.api.netsuite.com`);
  assertSafeUrl('netsuite', baseUrl);
  return {
    accountId,
    realm: accountId.toUpperCase().replaceAll('-', '_'),
    baseUrl,
    auth: authSettings(config.auth),
    serviceItem: config.serviceItem?.trim() || defaults.serviceItem,
    concurrency: whole('concurrency', config.concurrency, mostCallsAtOnce),
    timeoutMs: whole('timeoutMs', config.timeoutMs, longestTimeoutMs),
    ...(config.approvalStatus ? { approvalStatus: config.approvalStatus } : {}),
    projectExpenseType: config.projectExpenseType?.trim() || defaults.projectExpenseType,
    labourAccounts: (config.labourAccounts ?? '').split(',').flatMap((number) => number.trim() || []),
    assignmentRecord: customRecord(config.assignmentRecord?.trim() || defaults.assignmentRecord),
    rateMaxAgeDays: whole('rateMaxAgeDays', config.rateMaxAgeDays, oldestRateDays, 0),
  };
}

function customRecord(id: string): CustomRecordType {
  if (isCustomRecordType(id)) return id;
  throw invalid('assignmentRecord', id, phrase('CONFIG_INVALID.netsuite-custom-record'));
}

function authSettings(auth: NetSuiteConfig['auth'] | undefined): NetSuiteSettings['auth'] {
  switch (auth?.kind) {
    case 'oauth2': {
      const key = privateKey(required(auth.privateKey, 'auth.privateKey', phrase('CONFIG_INVALID.netsuite-key')));
      return {
        kind: 'oauth2',
        clientId: required(auth.clientId, 'auth.clientId', phrase('CONFIG_INVALID.netsuite-client')),
        certificateId: required(auth.certificateId, 'auth.certificateId', phrase('CONFIG_INVALID.netsuite-certificate')),
        key,
        algorithm: algorithmFor(key, auth.algorithm),
      };
    }
    case 'tba': {
      const remedy = phrase('CONFIG_INVALID.netsuite-token-values');
      return {
        kind: 'tba',
        consumerKey: required(auth.consumerKey, 'auth.consumerKey', remedy),
        consumerSecret: required(auth.consumerSecret, 'auth.consumerSecret', remedy),
        tokenId: required(auth.tokenId, 'auth.tokenId', remedy),
        tokenSecret: required(auth.tokenSecret, 'auth.tokenSecret', remedy),
      };
    }
    default:
      throw invalid('auth.kind', undefined, phrase('CONFIG_INVALID.netsuite-kind'));
  }
}

/** In each failure the value is a secret: it is not repeated. */
function privateKey(pem: string): KeyObject {
  const key = typedKey(pem);
  if (!key) throw invalid('auth.privateKey', undefined, phrase('CONFIG_INVALID.netsuite-pem'));
  if (key.asymmetricKeyType === 'rsa-pss') {
    throw invalid('auth.privateKey', 'rsa-pss', phrase('CONFIG_INVALID.netsuite-rsa-pss'));
  }
  if (isShortRsa(key)) {
    throw invalid('auth.privateKey', `RSA ${key.asymmetricKeyDetails?.modulusLength}`, phrase('CONFIG_INVALID.netsuite-rsa-bits'));
  }
  return key;
}

/** Curves by their OpenSSL names; RSA keys sign with RSASSA-PSS. */
const curveAlgorithms: Record<string, AssertionAlgorithm> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };

function algorithmFor(key: KeyObject, wanted: AssertionAlgorithm | undefined): AssertionAlgorithm {
  const rsa = key.asymmetricKeyType === 'rsa';
  const own = rsa ? 'PS256' : curveAlgorithms[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (!own) throw invalid('auth.privateKey', key.asymmetricKeyType, phrase('CONFIG_INVALID.netsuite-key-kind'));
  if (!wanted) return own;
  const fits = assertionAlgorithms.includes(wanted) && (rsa ? wanted.startsWith('PS') : wanted === own);
  if (fits) return wanted;
  const remedy = rsa ? phrase('CONFIG_INVALID.netsuite-signs-rsa') : phrase('CONFIG_INVALID.netsuite-signs', { algorithm: own });
  throw invalid('auth.algorithm', wanted, remedy);
}

function required(value: unknown, field: string, remedy: Words): string {
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  throw invalid(field, undefined, remedy);
}

const whole = (field: 'concurrency' | 'timeoutMs' | 'rateMaxAgeDays', value: number | undefined, most: number, least = 1) =>
  wholeSetting('netsuite', { least, most, standard: defaults[field] }, field, value);

function invalid(field: string, value: string | undefined, remedy: Words): Failure {
  const said =
    value === undefined
      ? inWords('CONFIG_INVALID.netsuite', { field, remedy })
      : inWords('CONFIG_INVALID.netsuite-value', { field, value, remedy });
  return wrongSetting('netsuite', field, { value, ...said });
}
