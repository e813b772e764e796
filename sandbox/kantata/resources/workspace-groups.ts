import { customFieldValues, externalReferences, many } from '../associations.ts';
import { boolean, stamps, string } from '../attributes.ts';
import { flag } from '../filters.ts';
import type { Resource, Write } from '../resource.ts';
import type { Json, Row } from '../state.ts';

/** Clients (`company: true`) and programmes. */
export const workspaceGroups: Resource = {
  collection: 'workspace_groups',
  singular: 'workspace_group',
  subjectType: 'WorkspaceGroup',
  event: 'workspace_group',
  attributes: {
    ...stamps,
    name: string,
    company: boolean,
    contact_name: string,
    email: string,
    phone_number: string,
    address: string,
    website: string,
    notes: string,
  },
  associations: {
    workspaces: many('workspaces', 'workspace_ids', (row, store) =>
      store
        .table('workspaces')
        .all()
        .filter((workspace) => memberOf(workspace).includes(row.id))
        .map((workspace) => workspace.id),
    ),
    ...externalReferences('WorkspaceGroup'),
    ...customFieldValues('workspace_group'),
  },
  create: ['name', 'company', 'contact_name', 'email', 'phone_number', 'address', 'website', 'notes', 'custom_fields'],
  update: ['name', 'company', 'contact_name', 'email', 'phone_number', 'address', 'website', 'notes', 'custom_fields'],
  required: { name: "Name can't be blank" },
  destroy: true,
  filters: { company: flag('company') },
  orders: { name: 'name', created_at: 'created_at', updated_at: 'updated_at' },
  defaultOrder: 'updated_at:desc',
  search: ['name'],
  after: moveProjects,
};

const memberOf = (workspace: Row): string[] => ((workspace['workspace_group_ids'] ?? []) as Json[]).map(String);

function moveProjects(row: Row, { received, call }: Write): void {
  const ids = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);
  for (const id of ids(received['add_workspace_ids'])) {
    const workspace = call.store.find('workspaces', id);
    if (workspace) call.store.change('workspaces', workspace, { workspace_group_ids: [...new Set([...memberOf(workspace), row.id])] });
  }
  for (const id of ids(received['remove_workspace_ids'])) {
    const workspace = call.store.find('workspaces', id);
    if (workspace)
      call.store.change('workspaces', workspace, { workspace_group_ids: memberOf(workspace).filter((other) => other !== row.id) });
  }
}
