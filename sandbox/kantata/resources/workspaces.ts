import { customFieldValues, externalReferences, many, manyBy, one } from '../associations.ts';
import { baseUnitOf } from '../attributes.ts';
import { invalid } from '../errors.ts';
import { flag, onlyIf } from '../filters.ts';
import { splitList } from '../query.ts';
import type { Resource, Write } from '../resource.ts';
import type { Json, Row } from '../state.ts';
import { workspaceAttributes } from './workspace-attributes.ts';

const CREATOR_ROLES = ['maven', 'buyer', 'consultant', 'client'];
const ACCESS_LEVELS = ['invitation', 'open', 'admin', 'admins'];
/** 300 is captured; the other keys are the account's own in practice (unverified). */
const STATUSES: Record<number, { color: string; message: string }> = {
  100: { color: 'grey', message: 'Estimate' },
  200: { color: 'grey', message: 'Prospect' },
  300: { color: 'green', message: 'Active' },
  400: { color: 'yellow', message: 'On Hold' },
  500: { color: 'grey', message: 'Completed' },
  600: { color: 'red', message: 'Cancelled' },
};

export const workspaces: Resource = {
  collection: 'workspaces',
  singular: 'workspace',
  subjectType: 'Workspace',
  event: 'workspace',
  attributes: workspaceAttributes,
  associations: {
    creator: one('users', 'creator_id', 'captured'),
    primary_maven: one('users', 'primary_maven_id', 'captured'),
    primary_counterpart: one('users', 'primary_counterpart_id'),
    approver: one('users', 'approver_id'),
    approvers: many('users', 'approver_ids'),
    participants: many('users', 'participant_ids'),
    financial_viewers: many('users', 'financial_viewer_ids'),
    possible_approvers: many('users', 'possible_approver_ids'),
    primary_workspace_group: one('workspace_groups', 'primary_workspace_group_id'),
    workspace_groups: many('workspace_groups', 'workspace_group_ids'),
    timesheet_submissions: manyBy('timesheet_submissions', 'timesheet_submission_ids', 'workspace_id'),
    billing_milestones: manyBy('billing_milestones', 'billing_milestone_ids', 'workspace_id'),
    workspace_resources: many('workspace_resources', 'workspace_resource_ids', (row, store) =>
      store
        .where('workspace_resources', 'workspace_id', row.id)
        .filter((resource) => resource['user_id'])
        .map((resource) => resource.id),
    ),
    workspace_resources_with_unnamed: manyBy('workspace_resources', 'workspace_resources_with_unnamed_ids', 'workspace_id'),
    next_uncompleted_milestone: {
      collection: 'stories',
      key: 'next_uncompleted_milestone_id',
      ids: (row, store) =>
        store
          .where('stories', 'workspace_id', row.id)
          .filter((story) => story['story_type'] === 'milestone' && story['state'] !== 'completed')
          .sort((a, b) => (String(a['due_date'] ?? '9') < String(b['due_date'] ?? '9') ? -1 : 1))
          .slice(0, 1)
          .map((story) => story.id),
    },
    ...externalReferences('Workspace'),
    ...customFieldValues('workspace'),
  },
  create: [
    ...['title', 'creator_role', 'budgeted', 'description', 'currency', 'price', 'start_date', 'due_date', 'consultant_role_name'],
    ...['client_role_name', 'access_level', 'change_orders_enabled', 'expenses_in_burn_rate', 'posts_require_privacy_decision'],
    ...['stories_are_fixed_fee_by_default', 'rate_card_id', 'custom_fields', 'require_expense_approvals', 'require_time_approvals'],
    ...['status_key', 'workspace_group_ids', 'primary_workspace_group_id', 'approver_id', 'approver_ids', 'target_margin'],
    ...['tasks_default_non_billable', 'external_link', 'primary_maven_id', 'exclude_archived_stories_percent_complete', 'stage'],
    ...['require_notes_on_time_entries', 'time_trackable', 'revenue_recognition_method_id', 'revenue_recognition_method_name'],
  ],
  update: [
    ...[
      'title',
      'budgeted',
      'description',
      'archived',
      'access_level',
      'price',
      'start_date',
      'due_date',
      'posts_require_privacy_decision',
    ],
    ...['tasks_default_non_billable', 'expenses_in_burn_rate', 'rate_card_id', 'client_role_name', 'consultant_role_name', 'currency'],
    ...['stories_are_fixed_fee_by_default', 'target_margin', 'approver_id', 'approver_ids', 'change_orders_enabled', 'status_key', 'stage'],
    ...['workspace_group_ids', 'primary_workspace_group_id', 'external_link', 'exclude_archived_stories_percent_complete', 'custom_fields'],
    ...['require_notes_on_time_entries', 'time_trackable', 'require_time_approvals', 'require_expense_approvals', 'primary_maven_id'],
  ],
  // both texts are in the API page's example of a 422
  required: { title: 'Please give your project a title' },
  filters: {
    archived: flag('archived'),
    workspace_groups: inGroups,
    workspace_group_ids: inGroups,
    include_stages: () => () => true,
    by_title: (value) => (row) => row['title'] === value,
    my_workspaces: onlyIf((row, call) => (row['participant_ids'] as Json[] | undefined)?.includes(call.caller.userId) ?? false),
  },
  orders: { title: 'title', created_at: 'created_at', updated_at: 'updated_at', start_date: 'start_date', due_date: 'due_date' },
  defaultOrder: 'updated_at:desc',
  search: ['title'],
  visible: (row, call) => row['archived'] !== true || call.query.flag('include_archived') || call.query.flag('archived'),
  prepare,
  validate,
};

function inGroups(value: string): (row: Row) => boolean {
  const wanted = splitList(value);
  return (row) => groupsOf(row).some((id) => wanted.includes(id));
}

const groupsOf = (row: Row): string[] => (Array.isArray(row['workspace_group_ids']) ? row['workspace_group_ids'].map(String) : []);

function prepare(write: Write): void {
  const { change, received, existing, call } = write;
  const currencyCode = received['currency'];
  if (typeof currencyCode === 'string' && currencyCode) change['currency'] = currencyCode;
  // `price` is written in whole units of the currency and read as text; the exact figure is `price_in_cents`
  if (received['price'] !== undefined) {
    const units = received['price'] === null ? null : Number(received['price']);
    if (units !== null && !Number.isFinite(units)) write.errors.push(invalid('price', 'Price is not a number'));
    else
      change['price_in_cents'] =
        units === null ? null : Math.round(units * baseUnitOf(String(write.value('currency') ?? call.store.state.account.currency)));
  }
  const key = Number(received['status_key']);
  if (received['status_key'] !== undefined) {
    const status = STATUSES[key];
    if (status) change['status'] = { ...status, key };
    else write.errors.push(invalid('status_key', 'Status key is not included in the list'));
  }
  const primary = change['primary_workspace_group_id'];
  const groups = (change['workspace_group_ids'] ?? (existing ? groupsOf(existing) : [])) as Json[];
  if (typeof primary === 'string' && !groups.includes(primary)) change['workspace_group_ids'] = [primary, ...groups];
  if (!existing) {
    change['creator_id'] = call.caller.userId;
    change['primary_maven_id'] ??= call.caller.userId;
    change['participant_ids'] = [...new Set([call.caller.userId, String(change['primary_maven_id'])])];
    change['archived'] = false;
  }
}

function validate(write: Write): void {
  const { change, received, errors, existing, call } = write;
  if (!existing && !CREATOR_ROLES.includes(String(received['creator_role'] ?? ''))) {
    errors.push(invalid('creator_role', 'Please select a role for this project'));
  }
  if (typeof change['access_level'] === 'string' && !ACCESS_LEVELS.includes(change['access_level'])) {
    errors.push(invalid('access_level', 'Access level is not included in the list'));
  }
  const [start, due] = [write.value('start_date'), write.value('due_date')];
  if (typeof start === 'string' && typeof due === 'string' && due < start)
    errors.push(invalid('due_date', 'Due date must be after the start date'));
  for (const id of (change['workspace_group_ids'] ?? []) as Json[]) {
    if (!call.store.find('workspace_groups', id))
      errors.push(invalid('workspace_group_ids', `Workspace group ${String(id)} does not exist`));
  }
  if (change['rate_card_id'] && !call.store.find('rate_cards', change['rate_card_id']))
    errors.push(invalid('rate_card_id', 'Rate card does not exist'));
}
