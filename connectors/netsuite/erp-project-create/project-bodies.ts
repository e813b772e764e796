import { phaseCode, taskCode } from '../../../model/engagement-parts.ts';
import { crmMark } from '../../../model/found-record.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords, phrase } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import { jsonNumber } from '../../../model/json-number.ts';
import { decimalHours } from '../../../model/minutes.ts';
import type { Billing, Phase, Project, Task } from '../../../model/types.generated.ts';
import { called } from '../../../model/record-names.ts';
import { milestoneScheduleBody, scheduleLines } from '../records/billing-schedule.ts';
import { milestoneShares } from './billing-shares.ts';
import { externalIdOf } from '../records/external-id.ts';

/** NetSuite's billing types; only fixed bids may have a schedule of milestones, and schedule and project must have the same type. */
const billingTypes: Record<Billing['type'], { withMilestones: string; without: string }> = {
  'time-and-materials': { withMilestones: 'TM', without: 'TM' },
  'fixed-price': { withMilestones: 'FBM', without: 'FBI' },
  retainer: { withMilestones: 'FBM', without: 'FBI' },
};

export function billingType(project: Project): string {
  const types = billingTypes[project.billing.type];
  return project.milestones.length > 0 ? types.withMilestones : types.without;
}

export function hasBillingSchedule(project: Project): boolean {
  return billingType(project) === 'FBM';
}

export const jobTexts = (project: Project) => ({
  externalId: externalIdOf(project.code),
  entityId: project.code,
  companyName: project.name,
});

export const phaseTexts = (project: Project, phase: Phase) => ({
  externalId: externalIdOf(phaseCode(project.code, phase.code)),
  title: phase.name,
});

export const taskTexts = (project: Project, phase: Phase, task: Task) => ({
  externalId: externalIdOf(taskCode(project.code, phase.code, task.code)),
  title: task.name,
});

/** It is made before the project, so that the project is written once, with its schedule; so its lines name their phase in the comment. */
export function billingScheduleBody(project: Project): JsonObject {
  const lines = scheduleLines(project.code, project.milestones, called.project(project.code));
  if (priceOf(project) === undefined) throw priceUnknown(project);
  return milestoneScheduleBody(project.code, lines);
}

export interface JobReferences {
  customer: string;
  subsidiary: string;
  currency: string;
  projectExpenseType: string;
  projectManager?: string;
  billingSchedule?: string;
}

export function jobBody(project: Project, found: JobReferences): JsonObject {
  const price = hasBillingSchedule(project) ? priceOf(project) : undefined;
  const comments = commentsOf(project);
  return {
    ...jobTexts(project),
    parent: { id: found.customer },
    subsidiary: { id: found.subsidiary },
    currency: { id: found.currency },
    startDate: project.start,
    projectedEndDate: project.end,
    projectExpenseType: { id: found.projectExpenseType },
    jobBillingType: { id: billingType(project) },
    ...(price === undefined ? {} : { jobPrice: jsonNumber(price, 'amount') }),
    ...(found.billingSchedule ? { billingSchedule: { id: found.billingSchedule } } : {}),
    ...(found.projectManager ? { projectManager: { id: found.projectManager } } : {}),
    ...(comments ? { comments } : {}),
  };
}

/** A schedule bills shares of the project price, so the price is what the milestones add up to; in another currency it is the project's own amount. */
export function priceOf(project: Project): string | undefined {
  const { total } = milestoneShares(project.milestones, called.project(project.code));
  if (total.currency === project.currency) return total.amount;
  return project.amount?.currency === project.currency ? project.amount.amount : undefined;
}

/** A schedule bills shares of a price: without one it would bill nothing. */
function priceUnknown({ code, currency, phases }: Project): Failure {
  const lacking = phases.filter(({ budget }) => !budget).map((phase) => phase.code);
  return new Failure({
    class: 'contract.invalid',
    ...inWords('PRICE_UNKNOWN', { project: code, currency, lacking: lacking.join(', ') || phrase('PRICE_UNKNOWN.amount') }),
    system: 'netsuite',
    record: called.project(code),
    field: 'phases.budget',
    value: lacking.join(', '),
    outcome: 'not-made',
  });
}

/** What the deal is worth, where the project has no price of its own to say so. */
export function contractAmount(project: Project): string | undefined {
  if (!project.amount || (hasBillingSchedule(project) && priceOf(project) !== undefined)) return undefined;
  return `${project.amount.amount} ${project.amount.currency}`;
}

export function commentsOf(project: Project): string {
  const dates = hasBillingSchedule(project) ? [] : project.milestones;
  const amount = contractAmount(project);
  return [
    ...(project.billing.poNumber ? [`PO ${project.billing.poNumber}`] : []),
    ...dates.map(
      (milestone) => `${milestone.code} ${milestone.name}: ${milestone.due}, ${milestone.amount.amount} ${milestone.amount.currency}`,
    ),
    ...(project.deliveryAssumptions ? [project.deliveryAssumptions] : []),
    ...(amount ? [`Contract amount: ${amount}`] : []),
    ...(project.engagementId ? [crmMark(project.engagementId)] : []),
  ].join('\n');
}

export function phaseBody(project: Project, phase: Phase, job: string): JsonObject {
  return {
    ...phaseTexts(project, phase),
    project: { id: job },
    constraintType: { id: 'FIXEDSTART' },
    startDate: phase.start,
    finishByDate: phase.end,
  };
}

/** A phase's dates follow from its tasks, so each task starts with its phase. */
export function taskBody(project: Project, phase: Phase, task: Task, found: { job: string; phase: string }): JsonObject {
  return {
    ...taskTexts(project, phase, task),
    project: { id: found.job },
    parent: { id: found.phase },
    constraintType: { id: 'FIXEDSTART' },
    startDate: phase.start,
    finishByDate: phase.end,
    ...(task.plannedMinutes === undefined ? {} : { estimatedWork: Number(decimalHours(task.plannedMinutes)) }),
    nonBillableTask: task.billable === false,
  };
}
