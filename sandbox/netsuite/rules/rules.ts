import { userError } from '../netsuite-error.ts';
import { customerRules, employeeRules, jobRules, vendorRules } from './entities.ts';
import { requireOpenPeriod } from './periods.ts';
import { billingScheduleRules, itemRules, listRules, projectTaskRules } from './projects.ts';
import { requireUnbilled, timeBillRules } from './time.ts';
import { expenseReportRules } from './expense-reports.ts';
import { creditMemoRules, customerPaymentRules } from './settlements.ts';
import { invoiceRules, journalEntryRules, salesOrderRules } from './transactions.ts';
import type { Rules, Write } from './write.ts';

const table: Record<string, Rules> = {
  customer: customerRules,
  vendor: vendorRules,
  employee: employeeRules,
  job: jobRules,
  projectTask: projectTaskRules,
  billingSchedule: billingScheduleRules,
  serviceSaleItem: itemRules,
  timeBill: timeBillRules,
  invoice: invoiceRules,
  salesOrder: salesOrderRules,
  expenseReport: expenseReportRules,
  customerPayment: customerPaymentRules,
  creditMemo: creditMemoRules,
  journalEntry: journalEntryRules,
};

export function rulesOf(type: string): Rules {
  return table[type] ?? listRules;
}

/** External ids are unique in their group, names in their type and parent. */
export function requireUnique({ state, store, type, record }: Write): void {
  const holder = record.externalId === undefined ? undefined : store.holder(type, record.externalId);
  if (holder && (holder.type !== type.name || holder.id !== record.id)) throw userError(state, 'recordExists', [], { path: 'externalId' });
  const namesake = store.nameHolder(type, record);
  if (namesake !== undefined && namesake !== record.id) throw userError(state, type.group === 'entity' ? 'entityExists' : 'recordExists');
}

/** type → [type that may refer to it, by which field] */
const dependents: Record<string, readonly (readonly [string, string])[]> = {
  customer: [
    ['job', 'parent'],
    ['timeBill', 'customer'],
    ['invoice', 'entity'],
    ['salesOrder', 'entity'],
  ],
  job: [
    ['projectTask', 'project'],
    ['timeBill', 'customer'],
    ['invoice', 'entity'],
  ],
  projectTask: [
    ['timeBill', 'caseTaskEvent'],
    ['projectTask', 'parent'],
  ],
  employee: [
    ['timeBill', 'employee'],
    ['expenseReport', 'entity'],
  ],
  billingSchedule: [['job', 'billingSchedule']],
  subsidiary: [
    ['customer', 'subsidiary'],
    ['employee', 'subsidiary'],
  ],
};

export function requireDeletable(write: Write): void {
  const { state, store, type, record } = write;
  for (const [name, field] of dependents[type.name] ?? []) {
    if (store.all(name).some((other) => other.fields[field] === record.id)) throw userError(state, 'hasDependents');
  }
  if (type.name === 'timeBill') requireUnbilled(write);
  if (['timeBill', 'invoice', 'expenseReport'].includes(type.name)) requireOpenPeriod(write);
}
