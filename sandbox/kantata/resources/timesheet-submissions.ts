import { weekOf } from '../account-time.ts';
import { externalReferences, many, one } from '../associations.ts';
import { baseUnitOf, currency, currencyOf, date, datetime, integer, signOf, stamps, string } from '../attributes.ts';
import { isObject, type Received } from '../body.ts';
import { type ErrorItem, forbidden, invalid, unprocessable } from '../errors.ts';
import { equals, oneOf, onlyIf } from '../filters.ts';
import { writable } from '../listing.ts';
import { splitList } from '../query.ts';
import type { Action, Call, Resource, Write } from '../resource.ts';
import type { Json, Row } from '../state.ts';
import { centsOf } from '../time-value.ts';
import { add, touch } from '../touch.ts';
import { faultErrors, journal } from '../writer.ts';
import { timeEntries } from './time-entries.ts';

type Verb = 'approve' | 'reject' | 'cancel';

/** From which states a sheet can go where; a cancelled or rejected one is done: submitting again makes a new sheet. */
const TRANSITIONS: Record<Verb, { from: string[]; to: string; resolution: string; bulk: string }> = {
  approve: { from: ['pending'], to: 'approved', resolution: 'approval', bulk: '/timesheet_approvals' },
  reject: { from: ['pending'], to: 'rejected', resolution: 'rejection', bulk: '/timesheet_rejections' },
  cancel: { from: ['pending', 'approved'], to: 'cancelled', resolution: 'cancellation', bulk: '/timesheet_cancellations' },
};

const ACTIVE = ['pending', 'approved'];
const entriesOf = (row: Row, call: Call): Row[] =>
  ((row['time_entry_ids'] ?? []) as Json[]).flatMap((id) => call.store.find('time_entries', id) ?? []);
const total = (row: Row, call: Call): number => centsOf(entriesOf(row, call));

/** One week of one person in one project. */
export const timesheetSubmissions: Resource = {
  collection: 'timesheet_submissions',
  singular: 'timesheet_submission',
  subjectType: 'TimesheetSubmission',
  referenceType: 'Submission',
  event: 'timesheet',
  attributes: {
    start_date: date,
    end_date: date,
    ...stamps,
    status: string,
    title: string,
    comment: string,
    type: { type: 'string', default: 'TimesheetSubmission' },
    resolution_description: string,
    line_item_total_formatted: {
      type: 'string',
      compute: (row, call) => {
        const unit = currencyOf(row, call);
        return `${signOf(unit)}${(total(row, call) / baseUnitOf(unit)).toFixed(Math.log10(baseUnitOf(unit)))}`;
      },
    },
    line_item_total_in_cents: { type: 'integer', compute: total },
    ...currency,
    current_resolution_description: string,
    current_resolution_creator_id: integer,
    current_resolution_created_at_date: datetime,
    permissions: { type: 'json', compute: permissions },
  },
  associations: {
    user: one('users', 'user_id'),
    workspace: one('workspaces', 'workspace_id'),
    time_entries: many('time_entries', 'time_entry_ids'),
    ...externalReferences('Submission'),
  },
  create: ['title', 'comment', 'workspace_id', 'user_id'],
  required: { title: "Title can't be blank", workspace_id: "Workspace can't be blank", line_item_ids: "Line items can't be blank" },
  ownWrites: true,
  filters: {
    statuses: (value) => {
      // the filter says `new` where the field says `pending`
      const wanted = splitList(value).map((status) => (status === 'new' ? 'pending' : status));
      return (row) => wanted.includes(String(row['status']));
    },
    active: onlyIf((row) => ACTIVE.includes(String(row['status']))),
    not_cancelled: onlyIf((row) => row['status'] !== 'cancelled'),
    start_date: equals('start_date'),
    end_date: equals('end_date'),
    start_date_after: (value) => (row) => String(row['start_date']) >= value.slice(0, 10),
    user_ids: oneOf('user_id'),
    workspace_id: equals('workspace_id'),
    workspace_ids: oneOf('workspace_id'),
  },
  // `updated_at` is not a sort field here
  orders: { date: 'start_date' },
  defaultOrder: 'date:desc',
  prepare,
  validate,
  after: (row, { call }) => {
    for (const entry of entriesOf(row, call))
      touch(call, timeEntries, entry, { active_submission_id: row.id, recent_submission_id: row.id });
  },
  actions: (Object.keys(TRANSITIONS) as Verb[]).flatMap((verb) => [single(verb), bulk(verb)]),
};

/** Returned by the bulk resolutions only. */
export const resolutions: Resource = {
  collection: 'resolutions',
  singular: 'resolution',
  subjectType: 'Resolution',
  attributes: { type: string, description: string, target_type: string, target_id: integer, user_id: integer, ...stamps },
  associations: {},
  administratorsOnly: 'all',
};

function prepare({ change, received, call }: Write): void {
  const lines = received['line_item_ids'];
  const ids = (Array.isArray(lines) ? lines : []).map(String);
  change['time_entry_ids'] = [...new Set(ids)];
  const first = call.store.find('time_entries', ids[0]);
  if (!call.caller.administrator) delete change['user_id'];
  change['user_id'] ??= first?.['user_id'] ?? call.caller.userId;
  change['status'] = 'pending';
  if (first) {
    const week = weekOf(String(first['date_performed']));
    change['start_date'] = week.start;
    change['end_date'] = week.end;
  }
}

function validate({ change, errors, call }: Write): void {
  const { caller } = call;
  if (!caller.administrator && change['user_id'] !== caller.userId) errors.push(invalid('user_id', 'You can only submit your own time'));
  for (const id of change['time_entry_ids'] as Json[]) {
    const entry = call.store.find('time_entries', id);
    if (!entry) errors.push(invalid('line_item_ids', `Time entry ${String(id)} does not exist`));
    else {
      const date = String(entry['date_performed']);
      if (entry['workspace_id'] !== change['workspace_id']) errors.push(invalid('line_item_ids', 'Time entries must be of one project'));
      if (entry['user_id'] !== change['user_id']) errors.push(invalid('line_item_ids', 'Time entries must be of one person'));
      if (date < String(change['start_date']) || date > String(change['end_date']))
        errors.push(invalid('line_item_ids', 'Time entries must be of one week'));
      if (entry['active_submission_id']) errors.push(invalid('line_item_ids', 'Time entry is already submitted'));
    }
  }
}

function permissions(row: Row, call: Call): Json {
  const pending = row['status'] === 'pending';
  const { administrator, userId } = call.caller;
  return {
    can_cancel_submission: ACTIVE.includes(String(row['status'])) && (administrator || row['user_id'] === userId),
    can_approve_submission: pending && administrator,
    can_reject_submission: pending && administrator,
    can_resubmit_submission: !ACTIVE.includes(String(row['status'])),
  };
}

function single(verb: Verb): Action {
  return {
    method: 'put',
    path: `/timesheet_submissions/:id/${verb}`,
    run: (call, body) => {
      const row = writable(call, timesheetSubmissions, String(call.request.params['id']));
      const resolution = isObject(body['resolution']) ? body['resolution'] : {};
      resolveAll(call, verb, [row], resolution);
      return { rows: [row], resource: timesheetSubmissions };
    },
  };
}

function bulk(verb: Verb): Action {
  return {
    method: 'post',
    path: TRANSITIONS[verb].bulk,
    run: (call, body) => {
      const resolution = isObject(body['resolution']) ? body['resolution'] : {};
      const ids = resolution['submission_ids'];
      if (!Array.isArray(ids) || ids.length === 0) throw unprocessable([invalid('submission_ids', "Submission ids can't be blank")]);
      const rows = ids.map((id) => writable(call, timesheetSubmissions, String(id)));
      return { body: { resolutions: resolveAll(call, verb, rows, resolution) } };
    },
  };
}

/** All or none. Approval moves `approved` and `updated_at` of every entry: that is what a poller of approved time sees. */
function resolveAll(call: Call, verb: Verb, rows: Row[], resolution: Received): Json[] {
  const { from, to, resolution: type } = TRANSITIONS[verb];
  for (const row of rows) {
    const mine = verb === 'cancel' && row['user_id'] === call.caller.userId;
    if (!call.caller.administrator && !mine) throw forbidden();
  }
  const errors = rows.flatMap((row) => [...refusals(row, call, from, to), ...(faultErrors(call, timesheetSubmissions, row, row.id) ?? [])]);
  if (errors.length > 0) {
    for (const row of rows) journal(call, timesheetSubmissions, 422, 'refused', row.id, resolution);
    throw unprocessable(errors);
  }
  const description = typeof resolution['description'] === 'string' ? resolution['description'] : null;
  return rows.map((row) => {
    const patch = { approved: to === 'approved', active_submission_id: ACTIVE.includes(to) ? row.id : null, recent_submission_id: row.id };
    for (const entry of entriesOf(row, call)) touch(call, timeEntries, entry, patch);
    touch(call, timesheetSubmissions, row, {
      status: to,
      resolution_description: description,
      current_resolution_description: description,
      current_resolution_creator_id: Number(call.caller.userId),
      current_resolution_created_at_date: call.now,
    });
    journal(call, timesheetSubmissions, 200, 'updated', row.id, resolution);
    const made = add(call, resolutions, {
      type,
      description,
      target_type: 'TimesheetSubmission',
      target_id: Number(row.id),
      user_id: Number(call.caller.userId),
      account_id: Number(call.store.state.account.id),
      current: true,
    });
    return { ...made, id: Number(made.id) };
  });
}

function refusals(row: Row, call: Call, from: string[], to: string): ErrorItem[] {
  if (!from.includes(String(row['status']))) return [invalid('status', `A timesheet that is ${String(row['status'])} cannot become ${to}`)];
  const invoiced = to === 'cancelled' && entriesOf(row, call).some((entry) => entry['is_invoiced'] === true);
  return invoiced ? [invalid('base', 'Time entries have been invoiced')] : [];
}
