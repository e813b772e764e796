import { keyPairs } from './keys.ts';
import { RecordStore } from './record-store.ts';
import { knownType } from './record-types.ts';
import type { NetSuiteState, Scalar } from './state.ts';

const opened = '2015-01-01T00:00:00Z';

const currencies: Record<string, Scalar>[] = [
  {
    id: '1',
    externalId: 'EUR',
    name: 'Euro',
    symbol: 'EUR',
    displaySymbol: '€',
    currencyPrecision: 2,
    exchangeRate: 1,
    isBaseCurrency: true,
  },
  {
    id: '2',
    externalId: 'GBP',
    name: 'British pound',
    symbol: 'GBP',
    displaySymbol: '£',
    currencyPrecision: 2,
    exchangeRate: 1.16,
    isBaseCurrency: false,
  },
  {
    id: '3',
    externalId: 'USD',
    name: 'US Dollar',
    symbol: 'USD',
    displaySymbol: '$',
    currencyPrecision: 2,
    exchangeRate: 0.92,
    isBaseCurrency: false,
  },
  {
    id: '4',
    externalId: 'CHF',
    name: 'Swiss Franc',
    symbol: 'CHF',
    displaySymbol: 'CHF',
    currencyPrecision: 2,
    exchangeRate: 1.05,
    isBaseCurrency: false,
  },
  {
    id: '5',
    externalId: 'JPY',
    name: 'Japanese Yen',
    symbol: 'JPY',
    displaySymbol: '¥',
    currencyPrecision: 0,
    exchangeRate: 0.0061,
    isBaseCurrency: false,
  },
];

/** Legal entities: the external id is the firm's own code. */
const subsidiaries: Record<string, Scalar>[] = [
  { id: '1', externalId: 'DE01', name: 'Germany', legalName: 'Sandbox Consulting GmbH', country: 'DE', currency: '1' },
  { id: '2', externalId: 'NL01', name: 'Netherlands', legalName: 'Sandbox Consulting B.V.', country: 'NL', currency: '1', parent: '1' },
  { id: '3', externalId: 'GB01', name: 'United Kingdom', legalName: 'Sandbox Consulting Ltd', country: 'GB', currency: '2', parent: '1' },
  { id: '4', externalId: 'US01', name: 'United States', legalName: 'Sandbox Consulting Inc.', country: 'US', currency: '3', parent: '1' },
  { id: '5', externalId: 'CH01', name: 'Switzerland', legalName: 'Sandbox Consulting AG', country: 'CH', currency: '4', parent: '1' },
  { id: '6', externalId: 'JP01', name: 'Japan', legalName: 'Sandbox Consulting K.K.', country: 'JP', currency: '5', parent: '1' },
];

const lists: Record<string, Record<string, Scalar>[]> = {
  term: [
    { id: '1', name: 'Net 15', daysUntilNetDue: 15 },
    { id: '2', name: 'Net 30', daysUntilNetDue: 30 },
    { id: '3', name: 'Net 60', daysUntilNetDue: 60 },
    { id: '4', name: 'Due on receipt', daysUntilNetDue: 0 },
    { id: '5', name: 'Net 45', daysUntilNetDue: 45 },
  ],
  expenseCategory: ['Travel', 'Accommodation', 'Meals', 'Mileage', 'Other', 'Lodging', 'Food', 'Entertainment', 'Per diem'].map(
    (name, index) => ({
      id: String(index + 1),
      name,
    }),
  ),
  salesTaxItem: [
    { id: '11', externalId: 'DE-19', itemId: 'VAT_DE:S-DE', rate: 19, subsidiary: '1' },
    { id: '12', externalId: 'DE-7', itemId: 'VAT_DE:R-DE', rate: 7, subsidiary: '1' },
    { id: '13', externalId: 'NL-21', itemId: 'VAT_NL:S-NL', rate: 21, subsidiary: '2' },
    { id: '14', externalId: 'GB-20', itemId: 'VAT_GB:S-GB', rate: 20, subsidiary: '3' },
  ],
  customerStatus: [
    { id: '6', name: 'LEAD-Unqualified' },
    { id: '7', name: 'LEAD-Qualified' },
    { id: '13', name: 'CUSTOMER-Closed Won' },
  ],
  account: [
    { id: '1', acctNumber: '1100', acctName: 'Accounts Receivable', acctType: 'AcctRec', eliminate: false },
    { id: '2', acctNumber: '2400', acctName: 'Deferred Revenue', acctType: 'DeferRevenue', eliminate: false },
    { id: '3', acctNumber: '4000', acctName: 'Services', acctType: 'Income', eliminate: false },
    { id: '4', acctNumber: '4900', acctName: 'Services within the group', acctType: 'Income', eliminate: true },
    { id: '5', acctNumber: '5000', acctName: 'Project labour', acctType: 'COGS', eliminate: false },
    { id: '6', acctNumber: '6000', acctName: 'Project expenses', acctType: 'Expense', eliminate: false },
    { id: '7', acctNumber: '2100', acctName: 'Wages Payable', acctType: 'OthCurrLiab', eliminate: false },
  ],
  jobStatus: [
    { id: '1', name: 'Closed' },
    { id: '2', name: 'In Progress' },
    { id: '4', name: 'Pending' },
    { id: '5', name: 'Awarded' },
  ],
  projectExpenseType: [{ id: '-2', name: 'Regular' }],
  serviceSaleItem: [
    { id: '1', externalId: 'SVC-CONSULTING', itemId: 'Consulting', displayName: 'Consulting', isFulfillable: false, rate: 150 },
  ],
};

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function accountingPeriods(first: number, last: number): Record<string, Scalar>[] {
  const periods: Record<string, Scalar>[] = [];
  for (let year = first; year <= last; year++) {
    for (let month = 0; month < 12; month++) periods.push({ id: String(periods.length + 1), ...accountingPeriod(year, month) });
  }
  return periods;
}

/** An open month; January is 0. */
export function accountingPeriod(year: number, month: number): Record<string, Scalar> {
  return {
    periodName: `${monthNames[month]} ${year}`,
    startDate: isoDate(year, month, 1),
    endDate: isoDate(year, month + 1, 0),
    closed: false,
    allLocked: false,
    apLocked: false,
    arLocked: false,
    isAdjust: false,
    isQuarter: false,
    isYear: false,
    isPosting: true,
  };
}

function isoDate(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);
}

/** A OneWorld account as an implementer hands it over: legal entities, currencies, lists, open periods, one service item, no business yet. */
export function emptyAccount(): NetSuiteState {
  const state: NetSuiteState = {
    credentials: {
      accountId: '1234567_SB1',
      clientId: 'sandbox-integration-client',
      consumerKey: 'sandbox-consumer-key',
      consumerSecret: 'sandbox-consumer-secret',
      tokenId: 'sandbox-token-id',
      tokenSecret: 'sandbox-token-secret',
      keys: keyPairs(),
    },
    language: 'en',
    concurrencyLimit: 5,
    overload: 'throttle',
    latencyMs: 0,
    asyncDelayMs: 0,
    maintenance: false,
    timeZone: 'UTC',
    restrictedSubsidiaries: [],
    intercompanyTime: true,
    nextId: { entity: 101, transaction: 1001, activity: 1, timeBill: 1, item: 1 },
    records: {},
    deleted: [],
    tokens: {},
    jobs: {},
    queries: 0,
  };
  const store = new RecordStore(state);
  const seed: Record<string, Record<string, Scalar>[]> = {
    currency: currencies,
    subsidiary: subsidiaries,
    ...lists,
    accountingPeriod: accountingPeriods(2015, 2027),
  };
  for (const [name, rows] of Object.entries(seed)) {
    for (const { id, externalId, ...fields } of rows) {
      store.put(knownType(name), {
        id: String(id),
        ...(externalId === undefined ? {} : { externalId: String(externalId) }),
        version: 1,
        fields: { isInactive: false, ...fields, lastModifiedDate: opened },
        lines: {},
      });
    }
  }
  return state;
}
