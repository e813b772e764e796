import { joinedKey, keyPart } from '../../../model/business-key.ts';
import { crmMark } from '../../../model/found-record.ts';
import type { Milestone, Money, Phase, Project, Task } from '../../../model/types.generated.ts';

const dot = ' · ';

/** The mark a title begins with, by which a record without external reference is recognised: `ENG-0001 · ERP rollout` → `ENG-0001`. */
export function markOf(title: string | undefined): string | undefined {
  const end = title?.indexOf(dot) ?? -1;
  return end > 0 ? title?.slice(0, end) : undefined;
}

/** What a title says beside its mark: people leave the mark out or take it away. */
export function nameIn(title: string | undefined, mark: string): string | undefined {
  return markOf(title) === mark ? title?.slice(mark.length + dot.length) : title;
}

export const projectTitle = (project: Project) => `${project.code}${dot}${project.name}`;
export const phaseMark = (phase: Phase) => keyPart(phase.code);
export const phaseTitle = (phase: Phase) => `${phaseMark(phase)}${dot}${phase.name}`;
export const taskMark = (phase: Phase, task: Task) => joinedKey('/', [phase.code, task.code]);
export const taskTitle = (phase: Phase, task: Task) => `${taskMark(phase, task)}${dot}${task.name}`;
export const targetRate = (rate: Money, unit: 'hour' | 'day' = 'hour') => `${rate.amount} ${rate.currency} per ${unit}`;
export const milestoneTitle = (milestone: Milestone) => `${milestone.code}${dot}${milestone.name}`;

/** What a project lead wants to know about the deal. Amounts as exact text: the contract's create attributes have none in cents. */
export function projectDescription(project: Project): string {
  const lines = [
    `Engagement ${project.engagementCode} · ${project.account.name} (${project.account.code}) · ${project.legalEntity}`,
    `Billing: ${project.billing.type}${project.billing.paymentTerms ? `, ${project.billing.paymentTerms}` : ''}`,
    project.amount ? `Contract amount: ${project.amount.amount} ${project.amount.currency}` : undefined,
    project.billing.poNumber ? `Client PO: ${project.billing.poNumber}` : undefined,
    project.deliveryManagerEmail ? `Delivery manager: ${project.deliveryManagerEmail}` : undefined,
    // so that another deal with the same code is told from this one
    project.engagementId ? crmMark(project.engagementId) : undefined,
    project.deliveryAssumptions ? `\nDelivery assumptions:\n${project.deliveryAssumptions}` : undefined,
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}

export function milestoneDescription(milestone: Milestone, project: Project): string {
  const phase = project.phases.find((candidate) => candidate.code === milestone.phase);
  return [
    `Billing milestone: ${milestone.amount.amount} ${milestone.amount.currency}`,
    phase ? `Phase: ${phase.code} ${phase.name}` : undefined,
  ]
    .filter((line) => line !== undefined)
    .join('\n');
}
