import { userError } from '../netsuite-error.ts';
import type { StoredRecord } from '../state.ts';
import { calendarDate } from '../time-zone.ts';
import { requireOpenPeriod } from './periods.ts';
import { invalidKey, requireSegmentsOfSubsidiary } from './subsidiaries.ts';
import { type Rules, referred, requireField, setDefault, textOf, unusable, type Write } from './write.ts';

/** Status `1` of a project is Closed: nothing can be booked on it. */
export function takesBookings(project: StoredRecord, permission: 'allowTime' | 'allowExpenses'): boolean {
  return project.fields.isInactive !== true && project.fields.entityStatus !== '1' && project.fields[permission] !== false;
}

export function requireUnbilled(write: Write): void {
  if (write.before?.fields.status === 'Billed') throw userError(write.state, 'alreadyBilled');
}

function requireOwnSubsidiary(write: Write): void {
  const subsidiary = textOf(write.record, 'subsidiary');
  const employee = referred(write, 'employee');
  if (subsidiary !== undefined && employee && textOf(employee, 'subsidiary') !== subsidiary) {
    throw invalidKey(write, 'employee', employee.id, subsidiary);
  }
  const customer = referred(write, 'customer');
  if (!write.state.intercompanyTime && customer && subsidiary !== undefined && textOf(customer, 'subsidiary') !== subsidiary) {
    throw invalidKey(write, 'customer', customer.id, subsidiary);
  }
}

export const timeBillRules: Rules = {
  defaults(write) {
    const { record, state, now } = write;
    setDefault(record, 'tranDate', calendarDate(state.timeZone, now.getTime()));
    setDefault(record, 'subsidiary', referred(write, 'employee')?.fields.subsidiary);
    setDefault(record, 'isBillable', false);
    setDefault(record, 'timeType', 'A');
    setDefault(record, 'approvalStatus', '1');
    if (record.fields.isBillable === true) setDefault(record, 'rate', referred(write, 'item')?.fields.rate);
  },
  check(write) {
    requireUnbilled(write);
    requireField(write, 'employee', 'Employee');
    requireField(write, 'hours', 'Duration');
    if (write.record.fields.isBillable === true) {
      requireField(write, 'customer', 'Customer');
      requireField(write, 'item', 'Item');
    }
    for (const field of ['employee', 'item']) if (referred(write, field)?.fields.isInactive === true) throw unusable(write, field);
    const customer = referred(write, 'customer');
    if (customer && !takesBookings(customer, 'allowTime')) throw unusable(write, 'customer');
    const task = referred(write, 'caseTaskEvent');
    if (task && textOf(task, 'project') !== textOf(write.record, 'customer')) throw unusable(write, 'caseTaskEvent');
    requireOwnSubsidiary(write);
    requireSegmentsOfSubsidiary(write);
    requireOpenPeriod(write);
  },
};
