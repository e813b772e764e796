import { isCustomField } from '../field.ts';
import type { RecordStore } from '../record-store.ts';
import type { RecordType } from '../record-type.ts';
import { knownType } from '../record-types.ts';
import type { StoredRecord } from '../state.ts';
import { deletedRecordTable } from './deleted-record-table.ts';
import { type Column, idValue, propertyColumn, type Row, type Table } from './table.ts';
import { transactionAccountingLineTable } from './accounting-lines.ts';
import { nextTransactionLineLinkTable, transactionLineTable, transactionTable } from './transaction-tables.ts';

/** Record types with a table of their own; transactions share two. */
const recordTables: Record<string, string> = {
  customer: 'customer',
  job: 'job',
  projecttask: 'projectTask',
  timebill: 'timeBill',
  employee: 'employee',
  vendor: 'vendor',
  subsidiary: 'subsidiary',
  currency: 'currency',
  accountingperiod: 'accountingPeriod',
  item: 'serviceSaleItem',
  billingschedule: 'billingSchedule',
  department: 'department',
  classification: 'classification',
  location: 'location',
  term: 'term',
  expensecategory: 'expenseCategory',
  customrecord_psc_assignment: 'customrecord_psc_assignment',
  salestaxitem: 'salesTaxItem',
  currencyrate: 'currencyRate',
  account: 'account',
};

/** Properties that the analytics tables do not show (seen in a replica of a real account). */
const notExposed: Record<string, readonly string[]> = {
  customer: [
    'autoName',
    'customForm',
    'daysOverdue',
    'defaultAddress',
    'depositBalance',
    'groupInvoices',
    'representingSubsidiary',
    'subsidiary',
    'vatRegNumber',
  ],
  job: ['applyProjectExpenseTypeToAll', 'autoName', 'billingRateCard', 'customForm', 'email', 'phone', 'projectExpenseType'],
  accountingPeriod: ['payrollLocked'],
};

/** Columns of the analytics tables that the record service has under no name. */
const extraColumns: Record<string, (store: RecordStore) => Record<string, Column>> = {
  customer: () => ({ altname: nameOf('companyName') }),
  job: (store) => ({
    customer: propertyColumn(store, 'parent', { kind: 'reference', to: ['customer'] }),
    altname: nameOf('companyName'),
  }),
  subsidiary: () => ({ fullname: nameOf('name') }),
  serviceSaleItem: () => ({ fullname: nameOf('itemId'), itemtype: { value: () => 'Service' }, description: nameOf('salesDescription') }),
  employee: () => ({ fullname: nameOf('entityId') }),
};

function nameOf(property: string): Column {
  return { value: ({ record }) => (record.fields[property] === undefined ? null : String(record.fields[property])) };
}

export function findTable(store: RecordStore, name: string): Table | undefined {
  if (name === 'transaction') return transactionTable(store);
  if (name === 'transactionline') return transactionLineTable(store);
  if (name === 'transactionaccountingline') return transactionAccountingLineTable(store);
  if (name === 'nexttransactionlinelink') return nextTransactionLineLinkTable(store);
  if (name === 'deletedrecord') return deletedRecordTable(store);
  if (name === 'dual')
    return { name, columns: new Map(), rows: () => [{ type: 'dual', record: { id: '1', version: 1, fields: {}, lines: {} } }] };
  const type = Object.hasOwn(recordTables, name) ? recordTables[name] : undefined;
  return type === undefined ? undefined : recordTable(store, name, knownType(type));
}

export function identityColumns(): [string, Column][] {
  return [
    ['id', { value: ({ record }) => idValue(record.id) }],
    ['externalid', { value: ({ record }) => record.externalId ?? null }],
  ];
}

function recordTable(store: RecordStore, name: string, type: RecordType): Table {
  const columns = new Map<string, Column>(identityColumns());
  for (const [property, field] of Object.entries(type.fields)) {
    if (notExposed[type.name]?.includes(property)) continue;
    columns.set(field.column ?? property.toLowerCase(), propertyColumn(store, property, field));
  }
  for (const [column, definition] of Object.entries(extraColumns[type.name]?.(store) ?? {})) columns.set(column, definition);
  const row = (record: StoredRecord): Row => ({ record, type: type.name });
  return {
    name,
    columns: withCustomColumns(columns),
    rows: () => store.all(type.name).map(row),
    lookUp(column, value) {
      if (column !== 'id' && column !== 'externalid') return undefined;
      const record = column === 'id' ? store.get(type.name, value) : store.byExternalId(type, value);
      return record ? [row(record)] : [];
    },
  };
}

/** Custom fields are known only by the records that carry them: any such name is a column. */
function withCustomColumns(columns: Map<string, Column>): ReadonlyMap<string, Column> {
  const get = columns.get.bind(columns);
  columns.get = (name) => get(name) ?? (isCustomField(name) ? customColumn(name) : undefined);
  return columns;
}

function customColumn(name: string): Column {
  return {
    value({ record }) {
      const property = Object.keys(record.fields).find((key) => key.toLowerCase() === name);
      const value = property === undefined ? undefined : record.fields[property];
      if (value === undefined) return null;
      return typeof value === 'boolean' ? (value ? 'T' : 'F') : value;
    },
  };
}
