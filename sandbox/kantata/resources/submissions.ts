import { externalReferences, many, one } from '../associations.ts';
import { baseUnitOf, currency, currencyOf, date, datetime, integer, signOf, stamps, string } from '../attributes.ts';
import { isObject, type Received } from '../body.ts';
import { type ErrorItem, forbidden, invalid, unprocessable } from '../errors.ts';
import { equals, oneOf, onlyIf } from '../filters.ts';
import { writable } from '../listing.ts';
import { splitList } from '../query.ts';
import type { Action, Call, Resource, Write } from '../resource.ts';
import type { Json, Row } from '../state.ts';
import { add, touch } from '../touch.ts';
import { faultErrors, journal } from '../writer.ts';

type Verb = 'approve' | 'reject' | 'cancel';

/** From which states a submission can go where; a cancelled or rejected one is done: submitting again makes a new one. */
const TRANSITIONS: Record<Verb, { from: string[]; to: string; resolution: string; bulk: string }> = {
  approve: { from: ['pending'], to: 'approved', resolution: 'approval', bulk: 'approvals' },
  reject: { from: ['pending'], to: 'rejected', resolution: 'rejection', bulk: 'rejections' },
  cancel: { from: ['pending', 'approved'], to: 'cancelled', resolution: 'cancellation', bulk: 'cancellations' },
};

const ACTIVE = ['pending', 'approved'];

/** What is handed in: time as timesheets, expenses as expense reports. */
export interface Kind {
  /** of the submission: `timesheet`, `expense_report` */
  name: string;
  subjectType: string;
  /** as a person says it */
  called: { submission: string; line: string; lines: string };
  lines: Resource;
  /** attribute that holds their ids */
  idsIn: string;
  dateIn: string;
  /** of the lines */
  total(rows: Row[]): number;
  /** the span that all lines of one submission lie in; absent = none */
  span?(date: string): { start: string; end: string };
}

const linesOf = (kind: Kind, row: Row, call: Call): Row[] =>
  ((row[kind.idsIn] ?? []) as Json[]).flatMap((id) => call.store.find(kind.lines.collection, id) ?? []);

/** What one person hands in of one project. */
export function submissionsOf(kind: Kind): Resource {
  const total = (row: Row, call: Call): number => kind.total(linesOf(kind, row, call));
  const resource: Resource = {
    collection: `${kind.name}_submissions`,
    singular: `${kind.name}_submission`,
    subjectType: kind.subjectType,
    referenceType: 'Submission',
    event: kind.name,
    attributes: {
      ...(kind.span ? { start_date: date, end_date: date } : {}),
      ...stamps,
      status: string,
      title: string,
      comment: string,
      type: { type: 'string', default: kind.subjectType },
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
      [kind.lines.collection]: many(kind.lines.collection, kind.idsIn),
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
      ...(kind.span ? spanFilters : {}),
      user_ids: oneOf('user_id'),
      workspace_id: equals('workspace_id'),
      workspace_ids: oneOf('workspace_id'),
    },
    // `updated_at` is not a sort field here
    ...(kind.span ? { orders: { date: 'start_date' }, defaultOrder: 'date:desc' as const } : {}),
    prepare: (write) => prepare(kind, write),
    validate: (write) => validate(kind, write),
    after: (row, { call }) => {
      for (const line of linesOf(kind, row, call))
        touch(call, kind.lines, line, { active_submission_id: row.id, recent_submission_id: row.id });
    },
  };
  const verbs = Object.keys(TRANSITIONS) as Verb[];
  return { ...resource, actions: verbs.flatMap((verb) => [single(kind, resource, verb), bulk(kind, resource, verb)]) };
}

const spanFilters: Resource['filters'] = {
  start_date: equals('start_date'),
  end_date: equals('end_date'),
  start_date_after: (value) => (row) => String(row['start_date']) >= value.slice(0, 10),
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

function prepare(kind: Kind, { change, received, call }: Write): void {
  const lines = received['line_item_ids'];
  const ids = (Array.isArray(lines) ? lines : []).map(String);
  change[kind.idsIn] = [...new Set(ids)];
  const first = call.store.find(kind.lines.collection, ids[0]);
  if (!call.caller.administrator) delete change['user_id'];
  change['user_id'] ??= first?.['user_id'] ?? call.caller.userId;
  change['status'] = 'pending';
  const span = first && kind.span?.(String(first[kind.dateIn]));
  if (span) {
    change['start_date'] = span.start;
    change['end_date'] = span.end;
  }
}

function validate(kind: Kind, { change, errors, call }: Write): void {
  const { caller } = call;
  const { submission, line, lines } = kind.called;
  if (!caller.administrator && change['user_id'] !== caller.userId)
    errors.push(invalid('user_id', `You can only submit your own ${submission}`));
  for (const id of change[kind.idsIn] as Json[]) {
    const row = call.store.find(kind.lines.collection, id);
    if (!row) errors.push(invalid('line_item_ids', `${line} ${String(id)} does not exist`));
    else {
      const date = String(row[kind.dateIn]);
      if (row['workspace_id'] !== change['workspace_id']) errors.push(invalid('line_item_ids', `${lines} must be of one project`));
      if (row['user_id'] !== change['user_id']) errors.push(invalid('line_item_ids', `${lines} must be of one person`));
      if (kind.span && (date < String(change['start_date']) || date > String(change['end_date'])))
        errors.push(invalid('line_item_ids', `${lines} must be of one week`));
      if (row['active_submission_id']) errors.push(invalid('line_item_ids', `${line} is already submitted`));
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

function single(kind: Kind, resource: Resource, verb: Verb): Action {
  return {
    method: 'put',
    path: `/${resource.collection}/:id/${verb}`,
    run: (call, body) => {
      const row = writable(call, resource, String(call.request.params['id']));
      const resolution = isObject(body['resolution']) ? body['resolution'] : {};
      resolveAll({ call, kind, resource }, verb, [row], resolution);
      return { rows: [row], resource };
    },
  };
}

function bulk(kind: Kind, resource: Resource, verb: Verb): Action {
  return {
    method: 'post',
    path: `/${kind.name}_${TRANSITIONS[verb].bulk}`,
    run: (call, body) => {
      const resolution = isObject(body['resolution']) ? body['resolution'] : {};
      const ids = resolution['submission_ids'];
      if (!Array.isArray(ids) || ids.length === 0) throw unprocessable([invalid('submission_ids', "Submission ids can't be blank")]);
      const rows = ids.map((id) => writable(call, resource, String(id)));
      return { body: { resolutions: resolveAll({ call, kind, resource }, verb, rows, resolution) } };
    },
  };
}

interface Place {
  call: Call;
  kind: Kind;
  resource: Resource;
}

/** All or none. Approval moves `approved` and `updated_at` of every line: that is what a poller of approved time or expenses sees. */
function resolveAll(at: Place, verb: Verb, rows: Row[], resolution: Received): Json[] {
  const { call, kind, resource } = at;
  const { from, to, resolution: type } = TRANSITIONS[verb];
  for (const row of rows) {
    const mine = verb === 'cancel' && row['user_id'] === call.caller.userId;
    if (!call.caller.administrator && !mine) throw forbidden();
  }
  const errors = rows.flatMap((row) => [...refusals(at, row, from, to), ...(faultErrors(call, resource, row, row.id) ?? [])]);
  if (errors.length > 0) {
    for (const row of rows) journal(call, resource, 422, 'refused', row.id, resolution);
    throw unprocessable(errors);
  }
  const description = typeof resolution['description'] === 'string' ? resolution['description'] : null;
  return rows.map((row) => {
    const patch = { approved: to === 'approved', active_submission_id: ACTIVE.includes(to) ? row.id : null, recent_submission_id: row.id };
    for (const line of linesOf(kind, row, call)) touch(call, kind.lines, line, patch);
    touch(call, resource, row, {
      status: to,
      resolution_description: description,
      current_resolution_description: description,
      current_resolution_creator_id: Number(call.caller.userId),
      current_resolution_created_at_date: call.now,
    });
    journal(call, resource, 200, 'updated', row.id, resolution);
    const made = add(call, resolutions, {
      type,
      description,
      target_type: kind.subjectType,
      target_id: Number(row.id),
      user_id: Number(call.caller.userId),
      account_id: Number(call.store.state.account.id),
      current: true,
    });
    return { ...made, id: Number(made.id) };
  });
}

function refusals({ call, kind }: Place, row: Row, from: string[], to: string): ErrorItem[] {
  if (!from.includes(String(row['status'])))
    return [invalid('status', `A ${kind.name.replace('_', ' ')} that is ${String(row['status'])} cannot become ${to}`)];
  const invoiced = to === 'cancelled' && linesOf(kind, row, call).some((line) => line['is_invoiced'] === true);
  return invoiced ? [invalid('base', `${kind.called.lines} have been invoiced`)] : [];
}
