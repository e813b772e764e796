import { customFieldValues, externalReferences, many, manyBy, one } from '../associations.ts';
import { boolean, cents, datetime, integerId, stamps, string, truth } from '../attributes.ts';
import { badRequest } from '../errors.ts';
import { equals, flag, oneOf, onlyIf } from '../filters.ts';
import type { Attribute, Call, Resource } from '../resource.ts';
import type { Row } from '../state.ts';
import { uniqueName } from '../unique-name.ts';

const optional: Attribute = { type: 'string', optional: true };
const names = { name: 'name', created_at: 'created_at', updated_at: 'updated_at' };

/** People join by invitation, so users are never created here: the sandbox loads them. */
export const users: Resource = {
  collection: 'users',
  singular: 'user',
  subjectType: 'User',
  event: 'user',
  attributes: {
    full_name: string,
    photo_path: { type: 'string', default: 'https://example.com/images/default_profile_photo.png' },
    email_address: string,
    headline: string,
    generic: boolean,
    disabled: boolean,
    account_id: { type: 'string', compute: (_row, call) => call.store.state.account.id },
    bio: optional,
    city: optional,
    state: optional,
    country: optional,
    website: optional,
    classification: optional,
    abbreviated_timezone: optional,
    last_site_activity: { type: 'datetime', optional: true },
  },
  associations: {
    role: {
      collection: 'roles',
      key: 'role_id',
      ids: (row, store) => {
        const role = row['role_id'] ?? store.where('account_memberships', 'user_id', row.id)[0]?.['default_role_id'];
        return role ? [String(role)] : [];
      },
    },
    account_membership: {
      collection: 'account_memberships',
      key: 'account_membership_id',
      ids: (row, store) => store.where('account_memberships', 'user_id', row.id).map((membership) => membership.id),
    },
    manager: one('users', 'manager_id'),
    skill_memberships: manyBy('skill_memberships', 'skill_membership_ids', 'user_id'),
    skills: many('skills', 'skill_ids', (row, store) =>
      store.where('skill_memberships', 'user_id', row.id).map((skill) => String(skill['skill_id'])),
    ),
    ...externalReferences('User'),
    ...customFieldValues('user'),
  },
  update: ['full_name', 'headline', 'email_address'],
  filters: {
    on_my_account: onlyIf(() => true),
    participant_in: (value, call) => (row) =>
      call.store.where('workspace_resources', 'workspace_id', value).some((resource) => resource['user_id'] === row.id),
    by_email_address: equals('email_address'),
  },
  orders: { full_name: 'full_name', created_at: 'created_at', updated_at: 'updated_at' },
  defaultOrder: 'full_name:asc',
  search: ['full_name', 'email_address'],
  // the caller's own user (unverified, seen in older API pages)
  actions: [
    {
      method: 'get',
      path: '/users/me',
      run: (call) => {
        const me = call.store.find('users', call.caller.userId);
        if (!me) throw badRequest('The user of this token is gone');
        return { rows: [me], resource: users };
      },
    },
  ],
};

export const accountMemberships: Resource = {
  collection: 'account_memberships',
  singular: 'account_membership',
  subjectType: 'AccountMembership',
  event: 'account_membership',
  attributes: {
    disabled_at: datetime,
    permission: string,
    is_administrator: boolean,
    is_project_lead: boolean,
    is_punch_clock_user: boolean,
    can_create_workspace: truth,
    can_view_reports: boolean,
    can_log_in: truth,
    default_read_only: boolean,
    is_owner: boolean,
    require_time_entry_location: boolean,
    manager_can_approve: boolean,
    manager_can_edit_skills: boolean,
    is_backup_approver: boolean,
    resource_request_approver: boolean,
    collaborator_only_license: boolean,
    non_participant: boolean,
    bill_rate_in_cents: cents,
    cost_rate_in_cents: cents,
    billability_target: string,
    ...stamps,
  },
  associations: {
    user: one('users', 'user_id', 'captured'),
    default_role: one('roles', 'default_role_id', 'captured'),
    effective_workweek: {
      collection: 'workweeks',
      key: 'effective_workweek_id',
      ids: (row, store) => {
        const own = store.where('workweek_memberships', 'user_id', row['user_id']).at(-1)?.['workweek_id'] ?? row['effective_workweek_id'];
        const standard = store
          .table('workweeks')
          .all()
          .find((week) => week['default'] === true);
        return own ? [String(own)] : standard ? [standard.id] : [];
      },
    },
    manager: one('users', 'manager_id'),
    managees: many('users', 'managee_ids', (row, store) =>
      store.where('account_memberships', 'manager_id', row['user_id']).map((other) => String(other['user_id'])),
    ),
    skill_memberships: many('skill_memberships', 'skill_membership_ids', (row, store) =>
      store.where('skill_memberships', 'user_id', row['user_id']).map((skill) => skill.id),
    ),
  },
  update: [
    ...[
      'bill_rate_in_cents',
      'cost_rate_in_cents',
      'default_role_id',
      'permission',
      'billability_target',
      'default_read_only',
      'manager_id',
    ],
    ...[
      'manager_can_approve',
      'manager_can_edit_skills',
      'require_time_entry_location',
      'collaborator_only_license',
      'resource_request_approver',
    ],
  ],
  filters: {
    by_user_id: equals('user_id'),
    user_ids: oneOf('user_id'),
    resource_request_approvers: flag('resource_request_approver'),
    active: onlyIf((row) => !row['disabled_at']),
  },
  orders: { created_at: 'created_at', updated_at: 'updated_at' },
};

export const roles: Resource = {
  collection: 'roles',
  singular: 'role',
  subjectType: 'Role',
  event: 'role',
  attributes: { name: string, ...stamps, deleted_at: datetime },
  associations: externalReferences('Role'),
  create: ['name'],
  update: ['name'],
  required: { name: "Name can't be blank" },
  destroy: true,
  orders: names,
  defaultOrder: 'name:asc',
  search: ['name'],
  validate: uniqueName('roles'),
};

/** Departments and geographies, in trees of their own; the words of `type` are in no public document (unverified). */
export const organizations: Resource = {
  collection: 'organizations',
  singular: 'organization',
  subjectType: 'Organization',
  event: 'organization',
  attributes: {
    name: string,
    type: string,
    parent_id: { type: 'integerId' },
    ancestor_ids: { type: 'json', compute: (row, call) => ancestors(row, call) },
  },
  associations: {},
  create: ['name', 'parent_id'],
  update: ['name', 'parent_id'],
  required: { name: "Name can't be blank" },
};

function ancestors(row: Row, { store }: Call): string[] {
  const above = row['parent_id'] ? store.find('organizations', String(row['parent_id'])) : undefined;
  return above ? [above.id, ...ancestors(above, { store } as Call)] : [];
}

/** Where a member belongs; which kinds of members there are besides users and projects is unverified. */
export const organizationMemberships: Resource = {
  collection: 'organization_memberships',
  singular: 'organization_membership',
  subjectType: 'OrganizationMembership',
  event: 'organization_membership',
  attributes: { member_id: integerId, member_type: string, primary: truth },
  associations: { geography: one('organizations', 'geography_id'), department: one('organizations', 'department_id') },
  create: ['geography_id', 'department_id', 'member_id', 'member_type', 'primary'],
  update: ['geography_id', 'department_id', 'primary'],
  required: { member_id: "Member can't be blank", member_type: "Member type can't be blank" },
  destroy: true,
};
