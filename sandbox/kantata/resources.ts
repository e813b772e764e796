import { registry } from './registry.ts';
import { assignments } from './resources/assignments.ts';
import { billingMilestones } from './resources/billing-milestones.ts';
import * as calendar from './resources/calendar.ts';
import { customFields, customFieldValues } from './resources/custom-fields.ts';
import { attachments, expenseCategories, expenses } from './resources/expenses.ts';
import { expenseReportSubmissions } from './resources/expense-report-submissions.ts';
import { externalReferences } from './resources/external-references.ts';
import { externalPayments, fixedFeeItems, invoices } from './resources/invoices.ts';
import { lineItemLocks } from './resources/line-item-locks.ts';
import * as people from './resources/people.ts';
import * as rateCards from './resources/rate-cards.ts';
import { resourceRequests } from './resources/resource-requests.ts';
import * as skills from './resources/skills.ts';
import { stories } from './resources/stories.ts';
import { subscribedEvents } from './resources/subscribed-events.ts';
import { timeEntries } from './resources/time-entries.ts';
import { resolutions } from './resources/submissions.ts';
import { timesheetSubmissions } from './resources/timesheet-submissions.ts';
import { workspaceAllocations } from './resources/workspace-allocations.ts';
import { workspaceGroups } from './resources/workspace-groups.ts';
import { workspaceResources } from './resources/workspace-resources.ts';
import { workspaces } from './resources/workspaces.ts';

/** Every collection that the sandbox serves. */
export const resources = [
  ...[workspaces, workspaceGroups, stories, assignments, workspaceResources, workspaceAllocations, resourceRequests],
  ...[timeEntries, timesheetSubmissions, resolutions, lineItemLocks, expenses, expenseCategories, attachments, expenseReportSubmissions],
  ...[billingMilestones, invoices, fixedFeeItems, externalPayments],
  ...Object.values(rateCards),
  ...Object.values(people),
  ...Object.values(skills),
  ...Object.values(calendar),
  ...[customFields, customFieldValues, externalReferences, subscribedEvents],
];

for (const resource of resources) registry.add(resource);
