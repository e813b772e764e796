import { externalReferences, one } from '../associations.ts';
import { boolean, cents, currency, date, integer, stamps, string } from '../attributes.ts';
import { badRequest, type ErrorItem, invalid } from '../errors.ts';
import { dateBetween, equals, flag, oneOf, onlyIf } from '../filters.ts';
import { isTrue, splitList } from '../query.ts';
import type { Action, Call, Resource, Write } from '../resource.ts';
import type { Row } from '../state.ts';
import { amount, billRate, isLocked } from '../time-value.ts';
import { destroy } from '../writer.ts';

const DELETE_LIMIT = 100;
const LOCKED = 'Time is locked for this date';
const writable = [
  'workspace_id',
  'date_performed',
  'time_in_minutes',
  'billable',
  'notes',
  'rate_in_cents',
  'role_id',
  'story_id',
  'user_id',
  'location',
];

/**
 * https://developer.kantata.com/ "Time Entries". There is no idempotency key and an external reference need not be unique across entries:
 * the same body sent twice is two entries.
 */
export const timeEntries: Resource = {
  collection: 'time_entries',
  singular: 'time_entry',
  subjectType: 'TimeEntry',
  event: 'time_entry',
  attributes: {
    location: string,
    ...stamps,
    date_performed: date,
    time_in_minutes: integer,
    billable: boolean,
    notes: string,
    rate_in_cents: cents,
    cost_rate_in_cents: cents,
    ...currency,
    approved: boolean,
    taxable: boolean,
    is_invoiced: boolean,
    location_id: { type: 'integerId', optional: true },
    user_can_edit: { type: 'boolean', optional: true, compute: (row, call) => frozen(row, call).length === 0 },
  },
  associations: {
    story: one('stories', 'story_id', 'captured'),
    workspace: one('workspaces', 'workspace_id', 'captured'),
    user: one('users', 'user_id', 'captured'),
    role: one('roles', 'role_id'),
    active_submission: one('timesheet_submissions', 'active_submission_id', 'captured'),
    recent_submission: one('timesheet_submissions', 'recent_submission_id', 'captured'),
    invoice: one('invoices', 'invoice_id'),
    ...externalReferences('TimeEntry'),
  },
  create: writable,
  update: writable,
  required: {
    workspace_id: "Workspace can't be blank",
    date_performed: "Date performed can't be blank",
    time_in_minutes: "Time in minutes can't be blank",
  },
  bulk: 100,
  destroy: true,
  ownWrites: true,
  filters: {
    approved: flag('approved'),
    billable: flag('billable'),
    invoiced: onlyIf((row) => row['is_invoiced'] === true),
    uninvoiced: onlyIf((row) => row['is_invoiced'] !== true),
    date_performed_between: dateBetween('date_performed'),
    workspace_id: equals('workspace_id'),
    workspace_ids: oneOf('workspace_id'),
    with_user_ids: oneOf('user_id'),
    created_by: equals('creator_id'),
    with_timesheet_id: equals('active_submission_id'),
    with_recent_timesheet_ids: oneOf('recent_submission_id'),
    in_active_invoice_id: equals('invoice_id'),
    in_active_submission: (value) => (row) => Boolean(row['active_submission_id']) === isTrue(value),
  },
  orders: { created_at: 'created_at', date_performed: 'date_performed', updated_at: 'updated_at' },
  defaultOrder: 'date_performed:desc',
  visible: (row, call) =>
    call.query.flag('from_archived_workspaces') || call.store.find('workspaces', row['workspace_id'])?.['archived'] !== true,
  prepare,
  validate,
  keep: (row, call) => frozen(row, call).filter((error) => error.field !== 'approved'),
  actions: [deleteMany()],
};

/** Why an entry may not be changed any more. */
function frozen(row: Row, call: Call): ErrorItem[] {
  const errors: ErrorItem[] = [];
  if (isLocked(call.store, row['date_performed'])) errors.push(invalid('date_performed', LOCKED));
  if (row['is_invoiced'] === true) errors.push(invalid('is_invoiced', 'Time entry has been invoiced'));
  if (row['approved'] === true) errors.push(invalid('approved', 'Time entry has been approved'));
  if (row['time_adjustment_id']) errors.push(invalid('base', 'Time entry is linked to a time adjustment'));
  return errors;
}

function prepare({ change, existing, received, call, value }: Write): void {
  const { caller, store } = call;
  // "ignored without financial access"
  if (!caller.administrator) for (const name of ['user_id', 'rate_in_cents']) delete change[name];
  if (existing) return;
  change['user_id'] ??= caller.userId;
  change['creator_id'] = caller.userId;
  const workspace = store.find('workspaces', change['workspace_id']);
  const membership = store.where('account_memberships', 'user_id', change['user_id'])[0];
  change['role_id'] ??= membership?.['default_role_id'] ?? null;
  change['billable'] ??= store.find('stories', change['story_id'])?.['billable'] !== false;
  const onDate = String(value('date_performed') ?? '');
  if (received['rate_in_cents'] === undefined || change['rate_in_cents'] === undefined) {
    change['rate_in_cents'] = change['billable'] === true ? billRate(store, workspace, change['role_id'], onDate, membership) : 0;
  }
  change['cost_rate_in_cents'] = amount(membership?.['cost_rate_in_cents']);
  change['approved'] = false;
  change['is_invoiced'] = false;
  change['taxable'] = false;
}

function validate(write: Write): void {
  const { change, existing, errors, call, value } = write;
  const { store, caller } = call;
  // an external reference alone may be written to a frozen entry: that is how an ERP marks what it has posted
  if (existing && Object.keys(change).length > 0) errors.push(...frozen(existing, call));
  if (existing && !caller.administrator && existing['user_id'] !== caller.userId)
    errors.push(invalid('user_id', 'You can only edit your own time'));
  if (change['date_performed'] && isLocked(store, change['date_performed'])) errors.push(invalid('date_performed', LOCKED));
  const minutes = change['time_in_minutes'];
  if (typeof minutes === 'number' && minutes <= 0) errors.push(invalid('time_in_minutes', 'Time in minutes must be greater than 0'));
  const workspace = store.find('workspaces', value('workspace_id'));
  if (value('workspace_id') && (!workspace || !caller.sees(workspace.id))) errors.push(invalid('workspace_id', 'Workspace does not exist'));
  else if (workspace?.['archived'] === true) errors.push(invalid('workspace_id', 'The project is archived'));
  else if (workspace?.['time_trackable'] === false) errors.push(invalid('workspace_id', 'Time cannot be tracked in this project'));
  if (workspace?.['require_notes_on_time_entries'] === true && !value('notes')) errors.push(invalid('notes', "Notes can't be blank"));
  const story = store.find('stories', value('story_id'));
  if (value('story_id') && (!story || story['workspace_id'] !== workspace?.id))
    errors.push(invalid('story_id', 'Task must belong to the project'));
  else if (story?.['time_trackable'] === false) errors.push(invalid('story_id', 'Time cannot be tracked on this task'));
  if (change['user_id'] && !store.find('users', change['user_id'])) errors.push(invalid('user_id', 'User does not exist'));
  if (change['role_id'] && !store.find('roles', change['role_id'])) errors.push(invalid('role_id', 'Role does not exist'));
}

/** `DELETE /time_entries`: ids in the query or the body, up to 100; one that cannot be deleted fails the whole request. */
function deleteMany(): Action {
  return {
    method: 'delete',
    path: '/time_entries',
    run: (call, body) => {
      const given = body['ids'];
      const ids = Array.isArray(given) ? given.map(String) : splitList(String(given ?? call.query.get('ids') ?? ''));
      if (ids.length === 0) throw badRequest('ids is required');
      if (ids.length > DELETE_LIMIT) throw badRequest(`You can delete up to ${DELETE_LIMIT} time entries at once`);
      destroy(call, timeEntries, [...new Set(ids)]);
      return 'noContent';
    },
  };
}
