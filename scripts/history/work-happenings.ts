import { phrase } from '../../model/failure-words.ts';
import type { Firm } from '../../sandbox/firm/firm.ts';
import type { MinorUnits } from '../../sandbox/firm/minor-units.ts';
import type { Project } from '../../sandbox/firm/projects.ts';
import {
  between,
  codeIn,
  day,
  dayOf,
  event,
  type Happening,
  hour,
  mark,
  money,
  type Office,
  personIn,
  recordId,
  salesforceId,
  stamp,
  telling,
  workingHour,
  write,
} from './happening.ts';

export function assignment(office: Office, { project, person }: Firm['team'][number], index: number, first: number): Happening[] {
  const code = codeIn(office, project.code);
  const id = `kantata:${recordId(office, 4, index)}`;
  const one = (status: 'assigned' | 'changed' | 'released', at: number): Happening => ({
    kind: 'assignment',
    at,
    event: event({ type: `assignment.${status}`, source: '/kantata/workspace_allocations', id }, at, {
      ...{ id, source: { system: 'kantata', id: id.slice(8) }, resource: personIn(office, person), role: person.role },
      ...{ project: { code, id: code.replace(/\D/g, '') }, start: dayOf(office.from), end: dayOf(office.from + 90 * day) },
      ...{ minutes: 52_800, booking: 'hard', status, version: mark(`${id} ${at}`), sourceUpdatedAt: stamp(at) },
    }),
    about: { code, entity: project.legalEntity, person: person.email, day: dayOf(at) },
    writes: () => [
      write(
        'psc-a-erp',
        'netsuite',
        `assignment ${id}`,
        phrase('RECORD.assignment', { id }),
        { externalId: id.replace(':', '___'), custrecord_psc_booking: 'hard' },
        { id: id.slice(-7) },
      ),
      telling('psc-a-crm', code, { Staffing_Status__c: status === 'released' ? 'Released' : 'Staffed' }),
    ],
  });
  return [
    one('assigned', first),
    ...(office.random.chance(25) ? [one('changed', first + between(office, 3, 9) * day)] : []),
    ...(office.random.chance(15) ? [one('released', first + between(office, 10, 16) * day)] : []),
  ];
}

type Entry = Firm['sheets'][number]['entries'][number];

export function timeApproved(office: Office, entry: Entry, at: number): Happening {
  const { person, project, date, minutes, billable, rate, notes } = entry;
  const id = `kantata:${recordId(office, 7, Number(entry.id.replace(/\D/g, '').slice(-4)))}`;
  const [code, currency] = [codeIn(office, project.code), project.currency];
  const hours = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return {
    kind: 'time',
    at,
    event: event({ type: 'time.approved', source: '/kantata/time_entries', id }, at, {
      ...{
        id,
        source: { system: 'kantata', id: id.slice(8) },
        resource: personIn(office, person),
        project: { code, id: code.replace(/\D/g, '') },
      },
      ...{ task: { code: codeIn(office, entry.task), id: id.slice(8) }, workDate: date, minutes, billable },
      ...(billable ? { rate: money(rate, currency), amount: money(Math.round((rate * minutes) / 60), currency) } : {}),
      ...{ note: notes, status: 'approved', version: mark(`${id} ${at}`), sourceUpdatedAt: stamp(at) },
    }),
    about: { code, entity: project.legalEntity, person: person.email, day: date },
    writes: () => [
      write(
        'psc-t-post',
        'netsuite',
        `timeBill ${id}`,
        phrase('RECORD.time-entry', { id }),
        { externalId: id.replace(':', '___'), tranDate: date, hours, isBillable: billable },
        { id: id.slice(-8) },
      ),
    ],
  };
}

export function expense(office: Office, { person, project, date }: Entry, at: number, index: number): Happening {
  const id = `kantata:expense-${recordId(office, 2, index)}`;
  const [code, { legalEntity: entity, currency }] = [codeIn(office, project.code), project];
  const amount = money(between(office, 8, 900) * 100 + between(office, 0, 9) * 10, currency);
  const category = office.random.pick(['Per diem', 'Hotel', 'Rail', 'Flight', 'Taxi']);
  return {
    kind: 'expense',
    at,
    event: event({ type: 'expense.approved', source: '/kantata/expenses', id }, at, {
      ...{
        id,
        source: { system: 'kantata', id: id.slice(16) },
        resource: personIn(office, person),
        project: { code, id: code.replace(/\D/g, '') },
      },
      ...{ legalEntity: entity, day: date, category, amount, billable: true, reimbursable: true, note: 'On site', status: 'approved' },
      ...{ version: mark(`${id} ${at}`), sourceUpdatedAt: stamp(at) },
    }),
    about: { code, entity, person: person.email, day: date },
    writes: () => [
      write(
        'psc-x-post',
        'netsuite',
        `expenseReport ${id}`,
        phrase('RECORD.expense', { id }),
        { externalId: id.replace(':', '___'), tranDate: date },
        { id: id.slice(-8), legalEntity: entity, inBooks: amount },
      ),
    ],
  };
}

export function invoices(office: Office, project: Project, index: number): Happening[] {
  const id = `netsuite:${recordId(office, 1, index)}`;
  const [code, { legalEntity: entity, currency, customer }] = [codeIn(office, project.code), project];
  const posted = office.from + between(office, 1, 8) * day + workingHour(office);
  const gross = between(office, 4_000, 90_000) * 100;
  const number = `INV-${id.slice(9)}`;
  const one = (status: 'posted' | 'partly-paid' | 'paid' | 'credited', at: number, open: MinorUnits): Happening => ({
    kind: 'invoice',
    at,
    event: event({ type: `invoice.${status}`, source: '/netsuite/invoice', id, key: code }, at, {
      ...{
        id,
        source: { system: 'netsuite', id: id.slice(9) },
        number,
        legalEntity: entity,
        customer: { code: customer.split('@')[0]!, legalEntity: entity },
      },
      ...{
        project: { code, legalEntity: entity, currency },
        currency,
        invoiceDate: dayOf(posted),
        dueDate: dayOf(posted + 30 * day),
        status,
      },
      ...{
        net: money(gross, currency),
        tax: money(0, currency),
        gross: money(gross, currency),
        open: money(open, currency),
        version: stamp(at),
      },
    }),
    about: { code, entity, day: dayOf(posted) },
    writes: () => [
      telling('psc-v-crm', salesforceId('006', code), { Invoice_Number__c: number, Invoice_Status__c: status }),
      write(
        'psc-v-psa',
        'kantata',
        `custom_fields ${code} ${mark(`${id} ${at}`).slice(0, 8)}`,
        phrase('RECORD.kantata-invoice-status', { number, project: code }),
        { 'Invoice number': number, 'Invoice status': status },
        { id: code.replace(/\D/g, '') },
      ),
    ],
  });
  return [
    one('posted', posted, gross),
    ...(office.random.chance(20) ? [one('partly-paid', posted + between(office, 2, 6) * day, Math.floor(gross / 2))] : []),
    ...(office.random.chance(70) ? [one('paid', posted + between(office, 7, 11) * day, 0)] : []),
    ...(office.random.chance(3) ? [one('credited', posted + between(office, 7, 11) * day + hour, 0)] : []),
  ];
}
