import { projectsOf } from '../../model/engagement-parts.ts';
import { Failure, type Issue } from '../../model/failure.ts';
import type { Unfit } from '../../model/operations.ts';
import type { Project } from '../../model/types.generated.ts';
import { sharesOf } from './billing-schedule-set.ts';
import { codesMustDiffer } from './unfit/codes-must-differ.ts';
import { unfitTexts } from './unfit/field-limits.ts';
import { billingScheduleBody, hasBillingSchedule } from './erp-project-create/project-bodies.ts';
import { refundIssues, textsOfExpense } from './unfit/unfit-expense.ts';
import { textsOfAssignment, textsOfCustomers, textsOfProject, textsOfSchedule, textsOfTime } from './unfit/written-texts.ts';

/** What NetSuite could not hold of a deal, a time entry or an assignment: the same checks that its operations begin with, over all that they will write. */
export const unfit: Unfit = {
  engagement: (engagement) => {
    const projects = projectsOf(engagement);
    return [...unfitTexts(textsOfCustomers(engagement.account, projects)), ...unfitProjects(projects)];
  },
  project: (project) => unfitProjects([project]),
  'time-entry': (entry) => unfitTexts(textsOfTime(entry)),
  'billing-schedule': (schedule) => [...unfitTexts([textsOfSchedule(schedule.project)]), ...issueOf(() => sharesOf(schedule))],
  assignment: (assignment) => unfitTexts(textsOfAssignment(assignment)),
  expense: (expense) => [...unfitTexts(textsOfExpense(expense)), ...refundIssues(expense)],
};

function unfitProjects(projects: Project[]): Issue[] {
  return [
    ...issueOf(() => codesMustDiffer(projects)),
    ...unfitTexts(projects.flatMap(textsOfProject)),
    ...projects.filter(hasBillingSchedule).flatMap((project) => issueOf(() => billingScheduleBody(project))),
  ];
}

function issueOf(check: () => unknown): Issue[] {
  try {
    check();
    return [];
  } catch (error) {
    if (!Failure.is(error)) throw error;
    const { code, field = '', value, message, remedy = '', words } = error;
    return [{ code, field, ...(value === undefined ? {} : { value }), message, remedy, ...(words ? { words } : {}) }];
  }
}
