import type { CalendarDate } from './calendar-date.ts';
import { clientAccount } from './client-accounts.ts';
import type { Engagement, Phase, Task } from './engagement.ts';

/** One legal entity's share of an engagement: a project of its own in ERP and PSA. */
export interface Project {
  /** `ENG-0001` for the contracting entity, `ENG-0001-NL01` for another */
  code: string;
  name: string;
  engagement: Engagement;
  legalEntity: string;
  /** the client as this legal entity's customer: `ACC-0001@DE01` */
  customer: string;
  currency: string;
  phases: Phase[];
}

/** The contracting entity always has a project, even when every phase is delivered by others: it holds the contract. */
export function projectsOf(engagement: Engagement): Project[] {
  const others = engagement.phases.map((phase) => phase.legalEntity).filter((entity) => entity !== engagement.legalEntity);
  const account = clientAccount(engagement.account);
  return [engagement.legalEntity, ...new Set(others)].map((entity) => ({
    code: entity === engagement.legalEntity ? engagement.code : `${engagement.code}-${entity}`,
    name: entity === engagement.legalEntity ? engagement.name : `${engagement.name} (${entity})`,
    engagement,
    legalEntity: entity,
    customer: `${account.code}@${entity}`,
    currency: engagement.currency,
    phases: engagement.phases.filter((phase) => phase.legalEntity === entity),
  }));
}

/** `ENG-0001/P1` */
export function phaseCode(project: Project, phase: Phase): string {
  return `${project.code}/${phase.code}`;
}

/** `ENG-0001/P1/T1` */
export function taskCode(project: Project, phase: Phase, task: Task): string {
  return `${phaseCode(project, phase)}/${task.code}`;
}

/** every row of the project's work breakdown, phases before their tasks */
export function taskCodes(project: Project): string[] {
  return project.phases.flatMap((phase) => [phaseCode(project, phase), ...phase.tasks.map((task) => taskCode(project, phase, task))]);
}

/** When the legal entity works on it: the whole contract where it holds that, else its own phases. */
export function spanOf({ engagement, legalEntity, phases }: Project): { start: CalendarDate | null; end: CalendarDate | null } {
  if (legalEntity === engagement.legalEntity) return { start: engagement.contractStart, end: engagement.contractEnd };
  const [starts, ends] = [phases.map(({ start }) => start).sort(), phases.map(({ end }) => end).sort()];
  return { start: starts[0] ?? null, end: ends.at(-1) ?? null };
}
