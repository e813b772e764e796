import { addDays, instant } from '../../firm/calendar-date.ts';
import type { Firm } from '../../firm/firm.ts';
import type { KantataIds } from './ids.ts';
import type { KantataRow } from './row.ts';
import { legalEntity } from '../../firm/legal-entities.ts';
import { type Project, phaseCode, spanOf, taskCode } from '../../firm/projects.ts';

/** Under this name the integration leaves its business codes on Kantata's objects. */
const SERVICE_NAME = 'ps-connect';

/** Running projects: client groups, workspaces, their stories and team, and the external references that tie them to the other systems. */
export function projectRows(firm: Firm, ids: KantataIds): Record<string, KantataRow[]> {
  const known = instant(addDays(firm.week0, -200), '09:00');
  const stamps = { created_at: known, updated_at: known };
  const workspaces = firm.projects.map((project) => workspace(project, ids));
  const stories = firm.projects.flatMap((project) => storyRows(project, ids));
  return {
    workspace_groups: firm.accounts.map((account) => ({ id: ids.group(account.code), name: account.name, company: true, ...stamps })),
    workspaces: workspaces.map(({ row }) => row),
    stories: stories.map(({ row }) => row),
    workspace_resources: firm.team.map(({ project, person }) => ({
      id: ids.resource(`${project.code}|${person.code}`),
      workspace_id: ids.workspace(project.code),
      user_id: ids.user(person.code),
      role_id: ids.role(person.role),
      label: `${person.firstName} ${person.lastName}`,
      ...stampsOf(project),
    })),
    external_references: [...workspaces, ...stories].map(({ row, reference, subject }, index) => ({
      id: String(900_001 + index),
      subject_type: subject,
      subject_id: row.id,
      service_name: SERVICE_NAME,
      service_model: subject === 'Workspace' ? 'project' : 'task',
      service_model_ref: reference,
      status: 'successful',
      locked: false,
      created_at: row['created_at'],
      updated_at: row['updated_at'],
    })),
  };
}

interface Referenced {
  row: KantataRow;
  subject: 'Workspace' | 'Story';
  reference: string;
}

function stampsOf(project: Project): { created_at: string; updated_at: string } {
  const stamp = instant(project.engagement.closeDate, '18:00');
  return { created_at: stamp, updated_at: stamp };
}

function workspace(project: Project, ids: KantataIds): Referenced {
  const { engagement } = project;
  const span = spanOf(project);
  return {
    subject: 'Workspace',
    reference: project.code,
    row: {
      id: ids.workspace(project.code),
      title: project.name,
      currency: project.currency,
      start_date: span.start,
      due_date: span.end,
      ...(engagement.poNumber ? { description: `Client PO: ${engagement.poNumber}` } : {}),
      stage: 'project',
      archived: false,
      budgeted: true,
      rate_card_id: ids.rateCard(`${legalEntity(project.legalEntity).region}|${project.currency}`),
      price_in_cents: project.phases.reduce((sum, phase) => sum + phase.budget, 0),
      require_time_approvals: true,
      time_trackable: true,
      primary_workspace_group_id: ids.group(engagement.account),
      ...stampsOf(project),
    },
  };
}

function storyRows(project: Project, ids: KantataIds): Referenced[] {
  const common = { workspace_id: ids.workspace(project.code), state: 'started', archived: false, ...stampsOf(project) };
  return project.phases.flatMap((phase) => {
    const parent = ids.story(phaseCode(project, phase));
    const dates = { start_date: phase.start, due_date: phase.end };
    return [
      {
        subject: 'Story' as const,
        reference: phaseCode(project, phase),
        row: {
          id: parent,
          title: phase.name,
          story_type: 'deliverable',
          billable: true,
          budget_estimate_in_cents: phase.budget,
          ...dates,
          ...common,
        },
      },
      ...phase.tasks.map((task) => ({
        subject: 'Story' as const,
        reference: taskCode(project, phase, task),
        row: {
          id: ids.story(taskCode(project, phase, task)),
          title: task.name,
          story_type: 'task',
          parent_id: parent,
          billable: task.billable,
          time_estimate_in_minutes: task.plannedMinutes,
          ...dates,
          ...common,
        },
      })),
    ];
  });
}
