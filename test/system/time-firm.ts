import type { Sandbox } from '../../sandbox/server.ts';

/** Ids and codes by which the PSA and the ERP know the same people, projects and tasks. */
export const emailOf = (user: string) => `person${user}@firm.example`;
export const projectCodeOf = (workspace: string) => `ENG-${workspace.padStart(4, '0')}`;
export const taskCodeOf = (workspace: string, story: string) => `${projectCodeOf(workspace)}/P1/T${story}`;

/** Kantata ids are numbers of their own range for each kind. */
export const psaId = {
  user: (user: string) => String(1_000_000 + Number(user)),
  workspace: (workspace: string) => String(2_000_000 + Number(workspace)),
  story: (story: string) => String(3_000_000 + Number(story)),
  entry: (entry: string) => String(4_000_000 + Number(entry)),
};

export interface TimeFirm {
  users: string[];
  workspaces: string[];
  /** story → workspace */
  stories: Map<string, string>;
  currency: string;
  legalEntity: string;
}

/** The same people, projects and tasks in both systems; whoever or whatever is left out of the ERP is unknown there. */
export function loadTimeFirm(
  { kantata, netsuite }: Sandbox,
  firm: TimeFirm,
  erp: { missingUsers?: string[]; closedProjects?: string[]; inactiveProjects?: string[] } = {},
): void {
  const { users, workspaces, stories, currency, legalEntity } = firm;
  let reference = 9_000_000;
  const refer = (subject_type: string, subject_id: string, service_model: string, service_model_ref: string) => ({
    id: String(reference++),
    subject_type,
    subject_id,
    service_name: 'ps-connect',
    service_model,
    service_model_ref,
  });
  kantata.definition.load(kantata, {
    users: users.map((user) => ({ id: psaId.user(user), full_name: `Person ${user}`, email_address: emailOf(user) })),
    workspaces: workspaces.map((id) => ({ id: psaId.workspace(id), title: `${projectCodeOf(id)} · Project ${id}`, currency })),
    stories: [...stories].map(([id, workspace]) => ({
      id: psaId.story(id),
      workspace_id: psaId.workspace(workspace),
      title: `Task ${id}`,
      story_type: 'task',
    })),
    external_references: [
      ...workspaces.map((id) => refer('Workspace', psaId.workspace(id), 'project', projectCodeOf(id))),
      ...[...stories].map(([id, workspace]) => refer('Story', psaId.story(id), 'task', taskCodeOf(workspace, id))),
    ],
  });
  const subsidiary = { externalId: legalEntity };
  netsuite.definition.load(netsuite, {
    records: {
      employee: users
        .filter((user) => !erp.missingUsers?.includes(user))
        .map((user) => ({
          externalId: `EMP-${user}`,
          entityId: `Person ${user}`,
          firstName: 'Person',
          lastName: user,
          email: emailOf(user),
          subsidiary,
        })),
      customer: [{ externalId: `ACC-1@${legalEntity}`, entityId: 'ACC-1', companyName: 'Client', subsidiary }],
      job: workspaces.map((id) => ({
        externalId: projectCodeOf(id),
        entityId: projectCodeOf(id),
        companyName: `Project ${id}`,
        parent: { externalId: `ACC-1@${legalEntity}` },
        subsidiary,
        currency: { externalId: currency },
        ...(erp.closedProjects?.includes(id) ? { entityStatus: { id: '1' } } : {}),
        ...(erp.inactiveProjects?.includes(id) ? { isInactive: true } : {}),
      })),
      projectTask: [...stories].map(([id, workspace]) => ({
        externalId: taskCodeOf(workspace, id),
        title: `Task ${id}`,
        project: { externalId: projectCodeOf(workspace) },
      })),
    },
  });
}
