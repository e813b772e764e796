import { addDays, type CalendarDate, mondayOf, monthStart, workdayUpTo } from './calendar-date.ts';
import { CLIENT_ACCOUNTS, type ClientAccount } from './client-accounts.ts';
import { DEALS } from './deals.ts';
import type { Engagement } from './engagement.ts';
import { LEGAL_ENTITIES, type LegalEntity } from './legal-entities.ts';
import { hirePeople, type Person } from './people.ts';
import { planEngagement } from './plan-engagement.ts';
import { type DayOff, planLeave } from './plan-leave.ts';
import { type Project, projectsOf } from './projects.ts';
import { seededRandom } from './random.ts';
import { recordTime } from './record-time.ts';
import { staffProjects } from './staff-projects.ts';
import type { BookedTime, Booking, TimeSheet } from './time-sheets.ts';

/** A professional-services firm as it stands on the morning of its business day. Same seed and date, same firm, to the byte. */
export interface Firm {
  seed: number;
  /** the business day */
  date: CalendarDate;
  /** the last working day up to `date` */
  workday: CalendarDate;
  /** Monday of `workday`'s week */
  week0: CalendarDate;
  /** first day of the last month that the ERP has closed */
  closedMonth: CalendarDate;
  legalEntities: readonly LegalEntity[];
  accounts: readonly ClientAccount[];
  people: Person[];
  engagements: Engagement[];
  /** deals that sales wins on the business day, and when */
  closing: { code: string; at: string }[];
  /** projects that exist in ERP and PSA already */
  projects: Project[];
  /** closed in the ERP, still open in the PSA */
  closedProjects: string[];
  team: Booking[];
  leave: DayOff[];
  sheets: TimeSheet[];
  /** what people book on the business day itself; stays in draft */
  today: BookedTime[];
  /** last week's time that somebody books, hands in and gets approved only on the business day */
  late: BookedTime[];
}

export interface FirmOptions {
  seed?: number;
  date?: CalendarDate;
}

/** weeks of time behind the business day's own week */
export const WEEKS_OF_TIME = 3;

export function generateFirm({ seed = 1, date = new Date().toISOString().slice(0, 10) }: FirmOptions = {}): Firm {
  const random = seededRandom(seed);
  const workday = workdayUpTo(date);
  const week0 = mondayOf(workday);
  const closedMonth = monthStart(addDays(monthStart(addDays(week0, -7 * WEEKS_OF_TIME)), -1));
  const people = hirePeople(random);
  const engagements = DEALS.map((deal, index) => planEngagement(deal, { code: engagementCode(index), week0, people, random }));
  const closing = DEALS.flatMap(({ closesAt }, index) => (closesAt ? [{ code: engagementCode(index), at: closesAt }] : []));
  const projects = engagements.filter((deal) => deal.standing === 'running').flatMap(projectsOf);
  const closedProjects = projects.filter((project) => project.phases.every((phase) => phase.end < addDays(week0, -28))).map((p) => p.code);
  const team = staffProjects(projects, people, random);
  const time = recordTime({ workday, week0, closedMonth, closedProjects, people, projects, team, random });
  return {
    seed,
    date,
    workday,
    week0,
    closedMonth,
    legalEntities: LEGAL_ENTITIES,
    accounts: CLIENT_ACCOUNTS,
    people,
    engagements,
    closing,
    projects,
    closedProjects,
    team,
    leave: planLeave(people, week0, random),
    ...time,
  };
}

function engagementCode(index: number): string {
  return `ENG-${String(index + 1).padStart(4, '0')}`;
}
