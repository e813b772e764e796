import { addDays, monthsBetween } from '../../firm/calendar-date.ts';
import { clientAccount } from '../../firm/client-accounts.ts';
import type { BillingType } from '../../firm/engagement.ts';
import { exchangeRates } from '../../firm/exchange-rates.ts';
import type { Firm } from '../../firm/firm.ts';
import { erpId } from './erp-ids.ts';
import { quarterHours, toJsonNumber } from '../../firm/minor-units.ts';
import type { Person } from '../../firm/people.ts';
import { type Project, phaseCode, spanOf, taskCode } from '../../firm/projects.ts';

type NetSuiteRecord = Record<string, unknown> & { externalId: string };

export interface NetSuiteFirm {
  records: Record<'employee' | 'customer' | 'job' | 'projectTask', NetSuiteRecord[]> & { currencyRate: Record<string, unknown>[] };
  periods: { start: string; closed: boolean }[];
}

/** SOAP `JobBillingType` in its short form; fixed prices and retainers are billed by milestones in this firm */
const BILLING: Record<BillingType, string> = { 'Time and Materials': 'TM', 'Fixed Price': 'FBM', Retainer: 'FBM' };

/** The ERP's accounts begin with this month. */
const FIRST_PERIOD = '2015-01-01';

/** The account's project statuses: what is closed takes no time any more. */
const CLOSED = '1';
const IN_PROGRESS = '2';

const byExternalId = (key: string) => ({ externalId: erpId(key) });

/** The firm as its ERP holds it: employees, the running projects with customer and work breakdown, and the months, closed or open, until a year from now. */
export function netsuiteRecords(firm: Firm): NetSuiteFirm {
  const customers = new Map(firm.projects.map((project) => [project.customer, project]));
  return {
    records: {
      employee: firm.people.filter((person) => person.inErp).map(employee),
      customer: [...customers.values()].map(customer),
      job: firm.projects.map((project) => job(project, firm.closedProjects.includes(project.code))),
      projectTask: firm.projects.flatMap(projectTasks),
      currencyRate: exchangeRates(firm).map(({ from, to, day, rate }) => ({
        transactionCurrency: byExternalId(from),
        baseCurrency: byExternalId(to),
        effectiveDate: day,
        exchangeRate: rate / 10_000,
      })),
    },
    periods: monthsBetween(FIRST_PERIOD, addDays(firm.date, 366)).map((start) => ({ start, closed: start <= firm.closedMonth })),
  };
}

function employee(person: Person): NetSuiteRecord {
  return {
    externalId: person.code,
    entityId: `${person.firstName} ${person.lastName}`,
    firstName: person.firstName,
    lastName: person.lastName,
    email: person.email,
    title: person.role,
    subsidiary: byExternalId(person.legalEntity),
    isJobResource: true,
    isInactive: false,
  };
}

function customer(project: Project): NetSuiteRecord {
  const account = clientAccount(project.engagement.account);
  return {
    externalId: erpId(project.customer),
    entityId: project.customer,
    companyName: account.legalName,
    isPerson: false,
    subsidiary: byExternalId(project.legalEntity),
    currency: byExternalId(project.currency),
    vatRegNumber: account.taxId,
    isInactive: false,
  };
}

function job(project: Project, closed: boolean): NetSuiteRecord {
  const { engagement } = project;
  const price = project.phases.reduce((sum, phase) => sum + phase.budget, 0);
  const span = spanOf(project);
  return {
    externalId: project.code,
    entityId: project.code,
    companyName: project.name,
    parent: byExternalId(project.customer),
    subsidiary: byExternalId(project.legalEntity),
    currency: byExternalId(project.currency),
    startDate: span.start,
    projectedEndDate: span.end,
    comments: [...(engagement.poNumber ? [`PO ${engagement.poNumber}`] : []), engagement.assumptions].join('\n'),
    jobBillingType: BILLING[engagement.billing],
    jobPrice: toJsonNumber(price, project.currency),
    allowTime: true,
    entityStatus: { id: closed ? CLOSED : IN_PROGRESS },
    isInactive: false,
  };
}

function projectTasks(project: Project): NetSuiteRecord[] {
  return project.phases.flatMap((phase) => [
    {
      externalId: erpId(phaseCode(project, phase)),
      title: phase.name,
      project: byExternalId(project.code),
      constraintType: 'FIXEDSTART',
      startDate: phase.start,
      finishByDate: phase.end,
      estimatedWork: 0,
    },
    ...phase.tasks.map((task) => ({
      externalId: erpId(taskCode(project, phase, task)),
      title: task.name,
      project: byExternalId(project.code),
      parent: byExternalId(phaseCode(project, phase)),
      constraintType: 'FIXEDSTART',
      startDate: phase.start,
      estimatedWork: quarterHours(task.plannedMinutes),
      nonBillableTask: !task.billable,
    })),
  ]);
}
