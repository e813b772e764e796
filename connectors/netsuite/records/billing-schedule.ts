import { keyPart } from '../../../model/business-key.ts';
import type { Told } from '../../../model/failure-sentence.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Milestone } from '../../../model/types.generated.ts';
import { phaseCode } from '../../../model/engagement-parts.ts';
import { milestoneShares } from '../erp-project-create/billing-shares.ts';
import { externalIdOf } from './external-id.ts';
import { fieldText } from './record-field.ts';

/** One for each project. */
export function billingScheduleKey(projectCode: string): string {
  return `${keyPart(projectCode)}/BILLING`;
}

/** `ENG-0001 billing` as it is made with the project, `ENG-0001 billing, version 3` since: the record has no other field for it. */
export const scheduleName = (project: string, version?: number) =>
  `${project} billing${version === undefined ? '' : `, version ${version}`}`;

/** Of a schedule that was made with its project 0; `undefined` = a person has renamed it. */
export function versionIn(name: string | undefined, project: string): number | undefined {
  if (name === scheduleName(project)) return 0;
  const start = `${scheduleName(project)}, version `;
  const version = name?.startsWith(start) ? name.slice(start.length) : '';
  return /^[1-9]\d{0,9}$/.test(version) ? Number(version) : undefined;
}

/** A code as the first word of a line's comment: its blanks are no ends of it. */
const wordOf = (code: string) => code.replace(/\s/g, '\u00a0');

export function lineComment(project: string, { code, name, phase, amount }: Milestone): string {
  return `${wordOf(code)} ${name}${phase ? ` (${phaseCode(project, phase)})` : ''}: ${amount.amount} ${amount.currency}`;
}

/** Whose a line is stands in words beside the percentage: `M1 Signed: 33333.33 EUR`. Older lines have the blanks of a code as they are. */
export function isLineOf(line: JsonObject, code: string): boolean {
  const comment = fieldText(line, 'comments') ?? '';
  return comment.startsWith(`${wordOf(code)} `) || (/\s/.test(code) && comment.startsWith(`${code} `));
}

/**
 * Billing terms of a project: one line for each milestone, in percent of the project price, the exact amount in words beside it.
 * Field names: SuiteTalk schema lists.accounting, BillingSchedule and BillingScheduleMilestone.
 */
export function scheduleLines(project: string, milestones: Milestone[], record: Told): JsonObject[] {
  return milestoneShares(milestones, record).shares.map(({ milestone, percent }) => ({
    // a JSON number of at most 12 digits: exact as text on the wire
    milestoneAmount: Number(percent),
    milestoneDate: milestone.due,
    comments: lineComment(project, milestone),
  }));
}

export function milestoneScheduleBody(project: string, lines: JsonObject[], version?: number): JsonObject {
  return {
    externalId: externalIdOf(billingScheduleKey(project)),
    name: scheduleName(project, version),
    scheduleType: { id: 'FBM' },
    milestone: { items: lines },
  };
}
