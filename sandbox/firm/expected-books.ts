import type { CalendarDate } from './calendar-date.ts';
import { approvedOnDay, type DayScript } from './day-script.ts';
import { dealDefects } from './deal-defects.ts';
import type { Engagement } from './engagement.ts';
import type { Firm } from './firm.ts';
import { toDecimal } from './minor-units.ts';
import { type Project, projectsOf, taskCodes } from './projects.ts';
import type { BookedTime } from './time-sheets.ts';

/** `standing`: so before the business day began; `day`: comes about during it. */
export type Since = 'standing' | 'day';

export interface ExpectedProject {
  /** the project's key in the ERP, and its external reference in the PSA */
  code: string;
  engagement: string;
  /** the customer's key in the ERP */
  customer: string;
  legalEntity: string;
  currency: string;
  /** the keys of its tasks in the ERP, and their external references in the PSA */
  tasks: string[];
  since: Since;
}

export interface ExpectedDemand {
  engagement: string;
  /** project of the legal entity that delivers the phase */
  project: string;
  /** need code in its engagement: `N3` */
  code: string;
  phase: string;
  role: string;
  skills: string[];
  region: string;
  start: CalendarDate;
  end: CalendarDate;
  minutes: number;
  headcount: number;
}

export interface ExpectedTime {
  /** id in the PSA; absent for entries that are booked during the day */
  id?: string;
  employee: string;
  email: string;
  project: string;
  task: string;
  date: CalendarDate;
  minutes: number;
  billable: boolean;
  legalEntity: string;
  currency: string;
  /** decimal string; what is billable of it */
  amount: string;
  since: Since;
}

export interface ExpectedTotal {
  legalEntity: string;
  currency: string;
  entries: number;
  minutes: number;
  billableMinutes: number;
  amount: string;
}

export type TimeRefusal = 'employee-unknown' | 'project-closed' | 'period-closed';

export type ExpectedRefusal =
  | { kind: 'deal'; key: string; reasons: string[]; since: Since }
  | { kind: 'time'; key: string; reasons: TimeRefusal[]; since: Since; entry: ExpectedTime };

export interface ExpectedBooks {
  crm: { provisioned: string[]; failed: string[] };
  erp: { customers: string[]; projects: ExpectedProject[]; time: ExpectedTime[]; totals: ExpectedTotal[] };
  psa: { projects: ExpectedProject[]; demands: ExpectedDemand[]; approvedEntries: number };
  refusals: ExpectedRefusal[];
}

/** What every system must hold when the day is over and every run has ended; worked out from the firm's data alone. */
export function expectedBooks(firm: Firm, day: DayScript): ExpectedBooks {
  const won = firm.engagements
    .map((deal) => day.wins.find((win) => win.deal.code === deal.code)?.deal ?? deal)
    .filter((deal) => deal.stage === 'Closed Won');
  const sound = won.filter((deal) => dealDefects(deal).length === 0);
  const projects = sound.flatMap((deal) => projectsOf(deal).map((project) => expectedProject(project, deal)));
  const approved = [
    ...firm.sheets
      .filter((sheet) => sheet.status === 'approved')
      .flatMap((sheet) => sheet.entries.map((entry) => expectedTime(entry, 'standing', entry.id))),
    ...approvedOnDay(day).map(({ entry, id }) => expectedTime(entry, 'day', id)),
  ];
  const judged = approved.map((entry) => ({ entry, reasons: timeRefusals(entry, firm) }));
  const posted = judged.filter(({ reasons }) => reasons.length === 0).map(({ entry }) => entry);
  return {
    crm: {
      provisioned: sound.map((deal) => deal.code),
      failed: won.filter((deal) => !sound.includes(deal)).map((deal) => deal.code),
    },
    erp: {
      customers: [...new Set(projects.map((project) => project.customer))].sort(),
      projects,
      time: posted,
      totals: totals(posted),
    },
    psa: { projects, demands: sound.flatMap(expectedDemands), approvedEntries: approved.length },
    refusals: [
      ...won.filter((deal) => !sound.includes(deal)).map((deal) => dealRefusal(deal)),
      ...judged
        .filter(({ reasons }) => reasons.length > 0)
        .map(({ entry, reasons }) => ({ kind: 'time' as const, key: timeKey(entry), reasons, since: entry.since, entry })),
    ],
  };
}

/** Names an entry by what people see of it: the same for loaded entries and for those booked during the day. */
export function timeKey(entry: Pick<ExpectedTime, 'employee' | 'date' | 'task'>): string {
  return `${entry.employee}|${entry.date}|${entry.task}`;
}

const sinceOf = (deal: Engagement): Since => (deal.standing === 'pipeline' ? 'day' : 'standing');

function expectedProject(project: Project, deal: Engagement): ExpectedProject {
  const { code, customer, legalEntity, currency } = project;
  return { code, engagement: deal.code, customer, legalEntity, currency, tasks: taskCodes(project), since: sinceOf(deal) };
}

function expectedDemands(deal: Engagement): ExpectedDemand[] {
  const projects = projectsOf(deal);
  return deal.needs.map(({ effortMinutes, ...need }) => ({
    engagement: deal.code,
    project: (projects.find((project) => project.phases.some((phase) => phase.code === need.phase)) as Project).code,
    ...need,
    minutes: effortMinutes,
  }));
}

function dealRefusal(deal: Engagement): ExpectedRefusal {
  return { kind: 'deal', key: deal.code, reasons: dealDefects(deal), since: sinceOf(deal) };
}

function expectedTime(entry: BookedTime, since: Since, id: string | undefined): ExpectedTime {
  const { project, person } = entry;
  return {
    ...(id ? { id } : {}),
    employee: person.code,
    email: person.email,
    project: project.code,
    task: entry.task,
    date: entry.date,
    minutes: entry.minutes,
    billable: entry.billable,
    legalEntity: project.legalEntity,
    currency: project.currency,
    // rates are whole units and minutes are quarter hours: exact in minor units
    amount: toDecimal((entry.rate * entry.minutes) / 60, project.currency),
    since,
  };
}

function timeRefusals(entry: ExpectedTime, firm: Firm): TimeRefusal[] {
  const reasons: TimeRefusal[] = [];
  if (!firm.people.some((person) => person.inErp && person.code === entry.employee)) reasons.push('employee-unknown');
  if (firm.closedProjects.includes(entry.project)) reasons.push('project-closed');
  if (entry.date.slice(0, 7) <= firm.closedMonth.slice(0, 7)) reasons.push('period-closed');
  return reasons;
}

function totals(posted: ExpectedTime[]): ExpectedTotal[] {
  const groups = Map.groupBy(posted, (entry) => `${entry.legalEntity}|${entry.currency}`);
  return [...groups.values()]
    .map((entries) => {
      const { legalEntity, currency } = entries[0] as ExpectedTime;
      const sum = (list: ExpectedTime[]) => list.reduce((minutes, entry) => minutes + entry.minutes, 0);
      const minor = entries.reduce((amount, entry) => amount + Number(entry.amount.replace('.', '')), 0);
      return {
        legalEntity,
        currency,
        entries: entries.length,
        minutes: sum(entries),
        billableMinutes: sum(entries.filter((entry) => entry.billable)),
        amount: toDecimal(minor, currency),
      };
    })
    .sort((a, b) => `${a.legalEntity}${a.currency}`.localeCompare(`${b.legalEntity}${b.currency}`));
}
