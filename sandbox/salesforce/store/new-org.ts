import { generateKeyPairSync } from 'node:crypto';
import { CURRENCIES, FORECAST_NAMES, STAGES } from '../schema/picklists.ts';
import { makeId } from './ids.ts';
import type { Row, SalesforceState, Value } from './state.ts';

/** As the web-server flow would have given it; the sandbox has no consent page. The same after a reset, like all credentials. */
export const REFRESH_TOKEN = '5Aep861PSConnectSandboxRefreshToken';
const CLIENT_ID = '3MVG9PSConnectSandboxExternalClientApp';
export const USERNAME = 'integration@northwind-consulting.example';

const BORN = '2024-01-02T08:00:00.000+0000';

/** Allocations that `/limits` reports (Limits resource, Enterprise Edition values scaled down). */
const LIMITS: Readonly<Record<string, number>> = {
  ConcurrentAsyncGetReportInstances: 200,
  DailyApiRequests: 1_000_000,
  DailyAsyncApexExecutions: 250_000,
  DailyBulkApiBatches: 15_000,
  DailyBulkV2QueryFileStorageMB: 976_562,
  DailyBulkV2QueryJobs: 10_000,
  DailyDeliveredPlatformEvents: 50_000,
  DailyGenericStreamingApiEvents: 10_000,
  DailyStreamingApiEvents: 200_000,
  DataStorageMB: 10_240,
  FileStorageMB: 10_240,
  HourlyPublishedPlatformEvents: 250_000,
  HourlyPublishedStandardVolumePlatformEvents: 1_000,
  MassEmail: 5_000,
  MonthlyPlatformEventsUsageEntitlement: 1_500_000,
  SingleEmail: 5_000,
};

interface KeyPair {
  privateKey: string;
  publicKey: string;
}

/** Made once: a reset keeps the credentials that were printed at the start. */
let keyPair: KeyPair | undefined;

export function useKeyPair(pair: KeyPair): void {
  keyPair = pair;
}

function ownKeyPair(): KeyPair {
  keyPair ??= generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return keyPair;
}

/** A fresh org: organization, users, stages, currencies, standard price book; no business records. */
export function emptyState(): SalesforceState {
  const admin = makeId('005', 1);
  const integration = makeId('005', 2);
  const keys = ownKeyPair();
  const state: SalesforceState = {
    orgId: makeId('00D', 1),
    admin,
    privateKey: keys.privateKey,
    app: {
      clientId: CLIENT_ID,
      clientSecret: 'PSCONNECT0SANDBOX0CLIENT0SECRET',
      runAs: USERNAME,
      publicKey: keys.publicKey,
    },
    passwords: { [USERNAME]: { password: 'sandbox-Passw0rd', securityToken: 'SandboxSecurityToken' } },
    sessions: {},
    refreshTokens: { [REFRESH_TOKEN]: { userId: integration, clientId: CLIENT_ID } },
    records: {},
    sequences: { '005': 2, '00D': 1 },
    limits: Object.fromEntries(Object.entries(LIMITS).map(([name, max]) => [name, { Max: max, Used: 0 }])),
    jobs: {},
  };
  const put = (type: string, row: Row): void => {
    state.records[type] ??= {};
    state.records[type][row.Id] = {
      ...row,
      CreatedDate: BORN,
      CreatedById: admin,
      LastModifiedDate: BORN,
      LastModifiedById: admin,
      SystemModstamp: BORN,
    };
  };
  const numbered = (type: string, prefix: string, rows: readonly Record<string, Value>[]): void => {
    rows.forEach((row, index) => {
      put(type, { Id: makeId(prefix, index + 1), ...row });
    });
    state.sequences[prefix] = rows.length;
  };
  put('Organization', { Id: state.orgId, ...ORGANIZATION });
  put('User', {
    Id: admin,
    Username: 'admin@northwind-consulting.example',
    FirstName: 'Ada',
    LastName: 'Admin',
    Alias: 'aadmi',
    ...PERSON,
  });
  put('User', { Id: integration, Username: USERNAME, FirstName: 'PS Connect', LastName: 'Integration', Alias: 'psint', ...PERSON });
  for (const row of Object.values(state.records['User'] ?? {})) {
    row['Name'] = `${row['FirstName']} ${row['LastName']}`;
    row['Email'] = row['Username'];
    row['CommunityNickname'] = row['Alias'];
  }
  numbered(
    'OpportunityStage',
    '01J',
    STAGES.map(([label, probability, closed, won, category], index) => ({
      MasterLabel: label,
      ApiName: label,
      IsActive: true,
      SortOrder: index + 1,
      IsClosed: closed,
      IsWon: won,
      ForecastCategory: category,
      ForecastCategoryName: FORECAST_NAMES[category] ?? category,
      DefaultProbability: probability,
    })),
  );
  numbered(
    'CurrencyType',
    '01L',
    CURRENCIES.map((code, index) => ({
      IsoCode: code,
      ConversionRate: RATES[index] ?? 1,
      DecimalPlaces: code === 'JPY' ? 0 : 2,
      IsActive: true,
      IsCorporate: code === 'EUR',
    })),
  );
  numbered('Pricebook2', '01s', [{ Name: 'Standard Price Book', IsActive: true, IsStandard: true }]);
  return state;
}

const ORGANIZATION: Readonly<Record<string, Value>> = {
  Name: 'Northwind Consulting (Sandbox)',
  Country: 'DE',
  DefaultLocaleSidKey: 'en_US',
  TimeZoneSidKey: 'GMT',
  LanguageLocaleKey: 'en_US',
  FiscalYearStartMonth: 1,
  OrganizationType: 'Enterprise Edition',
  InstanceName: 'SBX1',
  IsSandbox: true,
  IsReadOnly: false,
  CurrencyIsoCode: 'EUR',
};

const PERSON: Readonly<Record<string, Value>> = {
  IsActive: true,
  TimeZoneSidKey: 'GMT',
  LocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
  UserType: 'Standard',
  ProfileId: makeId('00e', 1),
  DefaultCurrencyIsoCode: 'EUR',
  CurrencyIsoCode: 'EUR',
};

/** Units of each currency per euro, in the order of CURRENCIES. */
const RATES = [1, 1.1, 0.85, 0.95, 4.3, 11.4, 160];
