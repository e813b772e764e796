import { customFieldValues, externalReferences, many, manyBy, one } from '../associations.ts';
import { integerId, stamps, string } from '../attributes.ts';
import { invalid } from '../errors.ts';
import { equals, onlyIf } from '../filters.ts';
import { today } from '../presenter.ts';
import { registry } from '../registry.ts';
import type { Attribute, Call, Resource, Write } from '../resource.ts';
import type { Json, Row } from '../state.ts';
import { emit } from '../subscribed-events.ts';
import { amount, billRate } from '../time-value.ts';

const userOf = (row: Row, call: Call): Row | undefined => call.store.find('users', row['user_id']);
const roleName = (row: Row, call: Call): string | null =>
  (call.store.find('roles', row['role_id'])?.['name'] as string | undefined) ?? null;
const computed = (compute: (row: Row, call: Call) => Json): Attribute => ({ type: 'string', compute });
const membershipOf = (row: Row, call: Call): Row | undefined =>
  call.store.where('account_memberships', 'user_id', row['user_id'] ?? '-')[0];

/** People of a project (`user_id`) and its placeholders (no `user_id`: an unnamed resource). */
export const workspaceResources: Resource = {
  collection: 'workspace_resources',
  singular: 'workspace_resource',
  subjectType: 'WorkspaceResource',
  event: 'workspace_resource',
  attributes: {
    ...stamps,
    label: string,
    display_label: computed(
      (row, call) => row['label'] ?? userOf(row, call)?.['full_name'] ?? `Unnamed ${roleName(row, call) ?? 'Resource'}`,
    ),
    full_name: computed((row, call) => userOf(row, call)?.['full_name'] ?? null),
    photo_path: computed((row, call) => userOf(row, call)?.['photo_path'] ?? null),
    role_name: computed(roleName),
    role_initials: computed((row, call) => roleName(row, call)?.slice(0, 3).toUpperCase() ?? null),
    workspace_id: integerId,
    workspace_title: computed((row, call) => call.store.find('workspaces', row['workspace_id'])?.['title'] ?? null),
    resource_bill_rate: {
      type: 'integer',
      optional: true,
      financial: true,
      compute: (row, call) =>
        row['bill_rate'] ??
        billRate(call.store, call.store.find('workspaces', row['workspace_id']), row['role_id'], today(call), membershipOf(row, call)),
    },
    resource_cost_rate: {
      type: 'integer',
      optional: true,
      financial: true,
      compute: (row, call) => row['cost_rate'] ?? amount(membershipOf(row, call)?.['cost_rate_in_cents']),
    },
  },
  associations: {
    workspace: one('workspaces', 'workspace_id'),
    user: one('users', 'user_id'),
    role: one('roles', 'role_id'),
    organization_membership: one('organization_memberships', 'organization_membership_id'),
    workspace_resource_skills: manyBy('workspace_resource_skills', 'workspace_resource_skill_ids', 'workspace_resource_id'),
    skills: many('skills', 'skill_ids', (row, store) =>
      store.where('workspace_resource_skills', 'workspace_resource_id', row.id).map((skill) => String(skill['skill_id'])),
    ),
    pending_resource_request: {
      collection: 'resource_requests',
      key: 'pending_resource_request_id',
      ids: (row, store) =>
        store
          .where('resource_requests', 'resource_id', row.id)
          .filter((request) => request['status'] === 'new')
          .map((request) => request.id),
    },
    ...externalReferences('WorkspaceResource'),
    ...customFieldValues('workspace_resource'),
  },
  create: ['workspace_id', 'user_id', 'role_id', 'label', 'custom_fields'],
  update: ['label', 'user_id', 'role_id', 'custom_fields'],
  required: { workspace_id: "Workspace can't be blank" },
  destroy: true,
  filters: {
    workspace_id: equals('workspace_id'),
    user_id: equals('user_id'),
    role_id: equals('role_id'),
    only_unnamed: onlyIf((row) => !row['user_id']),
    matching: (value, call) => (row) =>
      [userOf(row, call)?.['full_name'], roleName(row, call)].some((name) =>
        String(name ?? '')
          .toLowerCase()
          .includes(value.toLowerCase()),
      ),
  },
  orders: { created_at: 'created_at', updated_at: 'updated_at' },
  defaultOrder: 'updated_at:desc',
  // placeholders are hidden unless asked for, on the show route too: a default filter holds there as well
  visible: (row, call) => Boolean(row['user_id']) || call.query.flag('include_unnamed') || call.query.flag('only_unnamed'),
  prepare: ({ received, change }) => {
    for (const name of ['bill_rate', 'cost_rate']) if (typeof received[name] === 'number') change[name] = received[name];
  },
  validate,
  keep: (row, call) =>
    call.store.where('assignments', 'resource_id', row.id).length > 0 ? [invalid('base', 'Resource is assigned to tasks')] : [],
  removed: (row, call) => {
    for (const collection of ['workspace_allocations', 'workspace_resource_skills']) {
      for (const other of call.store.where(collection, 'workspace_resource_id', row.id)) {
        call.store.remove(collection, other);
        // what goes with its resource is deleted, too: that this has events of its own is unverified
        const resource = registry.get(collection);
        if (resource) emit(call, resource, 'deleted', other, structuredClone(other));
      }
    }
  },
};

function validate({ change, errors, existing, call, value }: Write): void {
  const workspace = call.store.find('workspaces', value('workspace_id'));
  if (!existing && value('workspace_id') && !workspace) errors.push(invalid('workspace_id', 'Workspace does not exist'));
  if (workspace?.['archived'] === true) errors.push(invalid('workspace_id', 'The project is archived'));
  if (change['user_id'] && !call.store.find('users', change['user_id'])) errors.push(invalid('user_id', 'User does not exist'));
  if (change['role_id'] && !call.store.find('roles', change['role_id'])) errors.push(invalid('role_id', 'Role does not exist'));
  if (!existing && !change['user_id'] && !change['role_id']) errors.push(invalid('role_id', "Role can't be blank for an unnamed resource"));
}
