import { choice, date, dateTime, type Fields, flag, number, readOnly, reference, text } from '../field.ts';
import type { RecordType } from '../record-type.ts';

const stamp: Fields = { lastModifiedDate: readOnly(dateTime) };

function list(name: string, fields: Fields, more: Partial<RecordType> = {}): RecordType {
  return { name, group: name, nameField: 'name', fields: { name: text, isInactive: flag, ...fields, ...stamp }, sublists: {}, ...more };
}

/** Where a department, class or location may be used: SOAP `subsidiaryList`, one subsidiary here; absent = everywhere. */
const segment: Fields = { parent: reference(), includeChildren: flag, subsidiary: reference('subsidiary') };

export const listTypes: readonly RecordType[] = [
  list('currency', {
    symbol: text,
    displaySymbol: text,
    exchangeRate: number,
    currencyPrecision: number,
    isBaseCurrency: flag,
    includeInFxRateUpdates: flag,
    overrideCurrencyFormat: flag,
    symbolPlacement: choice({ '1': 'Before Number', '2': 'After Number' }),
  }),
  list('subsidiary', {
    parent: reference('subsidiary'),
    legalName: text,
    country: text,
    currency: reference('currency'),
    state: text,
    url: text,
    email: text,
    isElimination: flag,
    edition: text,
    tranPrefix: text,
  }),
  // of a SuiteTax account, whose nexuses are told here by the subsidiary that has them
  list('salesTaxItem', { itemId: text, rate: number, taxType: reference(), subsidiary: reference('subsidiary') }, { nameField: 'itemId' }),
  {
    // SOAP `CurrencyRate`: what one unit of the transaction's currency is in the base currency, from that day on
    name: 'currencyRate',
    group: 'currencyRate',
    nameField: 'id',
    noExternalId: true,
    fields: {
      baseCurrency: reference('currency'),
      transactionCurrency: reference('currency'),
      exchangeRate: number,
      effectiveDate: date,
      ...stamp,
    },
    sublists: {},
  },
  // SOAP `Account`: what an amount is posted to. `eliminate` = between companies of the group alone
  {
    name: 'account',
    group: 'account',
    nameField: 'acctName',
    fields: { acctNumber: text, acctName: text, acctType: text, eliminate: flag, isInactive: flag, ...stamp },
    sublists: {},
  },
  list('department', segment),
  list('classification', segment),
  list('location', { ...segment, tranPrefix: text }),
  list('term', { daysUntilNetDue: number }),
  list('expenseCategory', { description: text }),
  list('customerStatus', {}),
  list('jobStatus', {}),
  list('projectExpenseType', {}),
  {
    name: 'accountingPeriod',
    group: 'accountingPeriod',
    nameField: 'periodName',
    noExternalId: true,
    fields: {
      periodName: text,
      startDate: date,
      endDate: date,
      closed: flag,
      closedOnDate: date,
      allLocked: flag,
      apLocked: flag,
      arLocked: flag,
      payrollLocked: flag,
      allowNonGLChanges: flag,
      isAdjust: flag,
      isQuarter: flag,
      isYear: flag,
      isPosting: flag,
      isInactive: flag,
      ...stamp,
    },
    sublists: {},
  },
  {
    name: 'serviceSaleItem',
    group: 'item',
    nameField: 'itemId',
    uniqueName: ['itemId'],
    fields: {
      itemId: text,
      displayName: text,
      salesDescription: text,
      isInactive: flag,
      rate: number,
      isFulfillable: flag,
      createJob: flag,
      includeChildren: flag,
      subsidiary: reference('subsidiary'),
      department: reference('department'),
      class: reference('classification'),
      location: reference('location'),
      incomeAccount: reference(),
      taxSchedule: reference(),
      costEstimate: number,
      costEstimateType: text,
      createdDate: readOnly(dateTime),
      ...stamp,
    },
    sublists: {},
  },
];
