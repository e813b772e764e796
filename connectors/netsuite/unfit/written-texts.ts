import { phaseCode, taskCode } from '../../../model/engagement-parts.ts';
import type { AccountRef, Assignment, Project, TimeEntry } from '../../../model/types.generated.ts';
import { called } from '../../../model/record-names.ts';
import { customerTexts } from '../customer-ensure/customer-body.ts';
import { customerKey } from '../records/customer-lookup.ts';
import { billingScheduleKey } from '../records/billing-schedule.ts';
import { externalIdOf } from '../records/external-id.ts';
import type { RecordTexts } from './field-limits.ts';
import { hasBillingSchedule, jobTexts, phaseTexts, taskTexts } from '../erp-project-create/project-bodies.ts';

/** The texts of everything that an operation is to write, before it asks or writes anything. */
export function textsOfCustomers(account: AccountRef, entities: readonly { legalEntity: string }[]): RecordTexts[] {
  const keys = new Set(entities.map(({ legalEntity }) => customerKey(account.code, legalEntity)));
  return [...keys].map((key) => ({ type: 'customer', record: called.customer(key), texts: customerTexts(account, key) }));
}

export function textsOfProject(project: Project): RecordTexts[] {
  const { code } = project;
  return [
    ...(hasBillingSchedule(project) ? [textsOfSchedule(code)] : []),
    { type: 'job', record: called.project(code), texts: jobTexts(project) },
    ...project.phases.flatMap((phase): RecordTexts[] => [
      { type: 'projectTask', record: called.phase(phaseCode(code, phase.code)), texts: phaseTexts(project, phase) },
      ...phase.tasks.map((task): RecordTexts => ({
        type: 'projectTask',
        record: called.task(taskCode(code, phase.code, task.code)),
        texts: taskTexts(project, phase, task),
      })),
    ]),
  ];
}

export function textsOfSchedule(project: string): RecordTexts {
  const texts = { externalId: externalIdOf(billingScheduleKey(project)) };
  return { type: 'billingSchedule', record: called.billingScheduleOf(project), texts };
}

export function textsOfAssignment({ id }: Assignment): RecordTexts[] {
  return [{ type: 'assignment', record: called.assignment(id), texts: { externalId: externalIdOf(id) } }];
}

export function textsOfTime(entry: TimeEntry): RecordTexts[] {
  return [{ type: 'timeBill', record: called.timeEntry(entry.id), texts: { externalId: externalIdOf(entry.id) } }];
}
