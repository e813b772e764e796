import { customFieldValues, externalReferences, many, manyBy, one } from '../associations.ts';
import { boolean, date, datetime, integer, string, truth, zero } from '../attributes.ts';
import { invalid } from '../errors.ts';
import { dateBetween, equals, oneOf, onlyIf } from '../filters.ts';
import type { Attribute, Call, Resource, Write } from '../resource.ts';
import type { Json, Row } from '../state.ts';
import type { Store } from '../store.ts';
import { emit } from '../subscribed-events.ts';
import { amount, centsOf, minutesOf } from '../time-value.ts';
import { assign } from './assignments.ts';

const TYPES = ['task', 'deliverable', 'milestone', 'issue'];
const TASK_STATES = ['not started', 'started', 'needs info', 'completed'];
const ISSUE_STATES = ['new', 'reopened', 'in progress', 'blocked', 'fixed', 'duplicate', "can't reproduce", 'resolved', "won't fix"];
const PRIORITIES = ['critical', 'high', 'normal', 'low'];
const DEEPEST = 4;

const children = (store: Store, id: string): Row[] => store.where('stories', 'parent_id', id);
const descendants = (store: Store, id: string): Row[] => children(store, id).flatMap((child) => [child, ...descendants(store, child.id)]);

function ancestors(store: Store, row: Row): Row[] {
  const chain: Row[] = [];
  for (
    let parent = store.find('stories', row['parent_id']);
    parent && chain.length <= DEEPEST;
    parent = store.find('stories', parent['parent_id'])
  ) {
    chain.unshift(parent);
  }
  return chain;
}

const height = (store: Store, id: string): number => Math.max(0, ...children(store, id).map((child) => 1 + height(store, child.id)));
const logged = (store: Store, ids: string[]): Row[] => ids.flatMap((id) => store.where('time_entries', 'story_id', id));

const own = (sum: (entries: Row[]) => number): Attribute => ({
  type: 'integer',
  compute: (row, call) => sum(logged(call.store, [row.id])),
});
/** null without sub-tasks, as captured */
const below = (sum: (stories: Row[], call: Call) => number): Attribute => ({
  type: 'integer',
  compute: (row, call) => {
    const stories = descendants(call.store, row.id);
    return stories.length === 0 ? null : sum(stories, call);
  },
});
const total =
  (attribute: string) =>
  (stories: Row[]): number =>
    stories.reduce((sum, story) => sum + amount(story[attribute]), 0);
const ids = (rows: Row[]): string[] => rows.map((row) => row.id);

export const stories: Resource = {
  collection: 'stories',
  singular: 'story',
  subjectType: 'Story',
  event: 'story',
  attributes: {
    title: string,
    description: string,
    updated_at: datetime,
    assignment_timestamped_at: datetime,
    created_at: datetime,
    due_date: date,
    start_date: date,
    story_type: string,
    state: string,
    status: { type: 'string', compute: (row) => row['status'] ?? row['state'] ?? null },
    position: integer,
    archived: boolean,
    deleted_at: datetime,
    sub_story_count: { type: 'integer', compute: (row, call) => children(call.store, row.id).length },
    percentage_complete: zero,
    priority: { type: 'string', default: 'normal' },
    project_plan: truth,
    ancestor_ids: { type: 'ids', compute: (row, call) => ids(ancestors(call.store, row)) },
    subtree_depth: { type: 'integer', compute: (row, call) => height(call.store, row.id) },
    ancestry_depth: { type: 'integer', compute: (row, call) => ancestors(call.store, row).length },
    time_trackable: truth,
    time_estimate_in_minutes: integer,
    logged_billable_time_in_minutes: own((entries) => minutesOf(entries, true)),
    logged_nonbillable_time_in_minutes: own((entries) => minutesOf(entries, false)),
    sub_stories_time_estimate_in_minutes: below(total('time_estimate_in_minutes')),
    sub_stories_billable_time_in_minutes: below((stories, call) => minutesOf(logged(call.store, ids(stories)), true)),
    weight: integer,
    budget_estimate_in_cents: integer,
    budget_used_in_cents: own(centsOf),
    uninvoiced_balance_in_cents: own((entries) => centsOf(entries.filter((entry) => entry['is_invoiced'] !== true))),
    invoiced_balance_in_cents: own((entries) => centsOf(entries.filter((entry) => entry['is_invoiced'] === true))),
    sub_stories_budget_estimate_in_cents: below(total('budget_estimate_in_cents')),
    sub_stories_budget_used_in_cents: below((stories, call) => centsOf(logged(call.store, ids(stories)))),
    fixed_fee: boolean,
    billable: truth,
    can_edit: { type: 'boolean', optional: true, compute: (_row, call) => call.caller.administrator },
    read_only: { type: 'boolean', optional: true, compute: (_row, call) => !call.caller.administrator },
  },
  associations: {
    workspace: one('workspaces', 'workspace_id', 'captured'),
    creator: one('users', 'creator_id', 'captured'),
    parent: one('stories', 'parent_id', 'captured'),
    root: {
      collection: 'stories',
      key: 'root_id',
      captured: true,
      ids: (row, store) => ids(ancestors(store, row).slice(0, 1)),
    },
    ancestors: many('stories', 'ancestor_ids', (row, store) => ids(ancestors(store, row))),
    descendants: many('stories', 'descendant_ids', (row, store) => ids(descendants(store, row.id))),
    sub_stories: many('stories', 'sub_story_ids', (row, store) => ids(children(store, row.id))),
    assignees: many('users', 'assignee_ids', (row, store) =>
      store
        .where('assignments', 'story_id', row.id)
        .flatMap((assignment) => (assignment['assignee_id'] ? [String(assignment['assignee_id'])] : [])),
    ),
    current_assignments: manyBy('assignments', 'current_assignment_ids', 'story_id'),
    workspace_resources: resourcesOf('workspace_resource_ids', true),
    workspace_resources_with_unnamed: resourcesOf('workspace_resources_with_unnamed_ids', false),
    ...externalReferences('Story'),
    ...customFieldValues('story'),
  },
  create: [
    ...[
      'title',
      'story_type',
      'workspace_id',
      'description',
      'parent_id',
      'start_date',
      'archived',
      'due_date',
      'budget_estimate_in_cents',
    ],
    ...['time_estimate_in_minutes', 'billable', 'percentage_complete', 'state', 'fixed_fee', 'weight', 'priority', 'time_trackable'],
    ...['project_plan', 'custom_fields'],
  ],
  update: [
    ...['title', 'story_type', 'description', 'parent_id', 'start_date', 'archived', 'due_date', 'budget_estimate_in_cents'],
    ...['time_estimate_in_minutes', 'billable', 'percentage_complete', 'state', 'fixed_fee', 'weight', 'priority', 'time_trackable'],
    ...['custom_fields'],
  ],
  required: { title: "Title can't be blank", story_type: "Story type can't be blank", workspace_id: "Workspace can't be blank" },
  destroy: true,
  filters: {
    workspace_id: equals('workspace_id'),
    workspace_ids: oneOf('workspace_id'),
    parents_only: onlyIf((row) => !row['parent_id']),
    with_parent_id: equals('parent_id'),
    story_type: oneOf('story_type'),
    by_status: oneOf('state'),
    completed: onlyIf((row) => row['state'] === 'completed'),
    due_between: dateBetween('due_date'),
    due_before: (value) => (row) => String(row['due_date'] ?? '9999') < value,
    due_after: (value) => (row) => String(row['due_date'] ?? '') > value,
    archived: (value) => (row) => value === 'include' || (row['archived'] === true) === (value === 'only'),
  },
  orders: {
    created_at: 'created_at',
    updated_at: 'updated_at',
    due_date: 'due_date',
    start_date: 'start_date',
    position: 'position',
    title: 'title',
  },
  defaultOrder: 'updated_at:desc',
  search: ['title'],
  visible: (row, call) => {
    const archived = call.query.get('archived');
    const workspaceArchived = call.store.find('workspaces', row['workspace_id'])?.['archived'] === true;
    if (workspaceArchived && !call.query.flag('include_archived') && archived !== 'include') return false;
    return row['archived'] !== true || archived === 'include' || archived === 'only';
  },
  prepare,
  validate,
  after: (row, write) => {
    const people = write.received['assignee_ids'];
    if (Array.isArray(people)) for (const id of people) assign(write.call, row, String(id));
    if (write.existing && write.change['state'] !== undefined) emit(write.call, stories, 'status_selected', row);
  },
  removed: (row, call) => {
    for (const child of children(call.store, row.id)) call.store.change('stories', child, { parent_id: row['parent_id'] ?? null });
    for (const assignment of call.store.where('assignments', 'story_id', row.id)) call.store.remove('assignments', assignment);
  },
};

function resourcesOf(key: string, named: boolean) {
  return many('workspace_resources', key, (row, store) =>
    store
      .where('assignments', 'story_id', row.id)
      .flatMap((assignment) => store.find('workspace_resources', assignment['resource_id']) ?? [])
      .filter((resource) => !named || resource['user_id'])
      .map((resource) => resource.id),
  );
}

function prepare({ change, existing, call }: Write): void {
  if (existing) {
    if (change['state'] === 'completed') change['percentage_complete'] ??= 100;
    return;
  }
  const workspace = call.store.find('workspaces', change['workspace_id']);
  change['state'] ??= change['story_type'] === 'issue' ? 'new' : 'not started';
  change['billable'] ??= workspace?.['tasks_default_non_billable'] !== true;
  change['fixed_fee'] ??= workspace?.['stories_are_fixed_fee_by_default'] === true;
  change['creator_id'] = call.caller.userId;
  change['position'] ??= (call.store.where('stories', 'workspace_id', change['workspace_id']).length + 1) * 10000;
}

function validate(write: Write): void {
  const { change, errors, existing, call } = write;
  const type = write.value('story_type');
  if (typeof type === 'string' && !TYPES.includes(type)) errors.push(invalid('story_type', 'Story type is not included in the list'));
  const state = change['state'];
  if (typeof state === 'string' && !(type === 'issue' ? ISSUE_STATES : TASK_STATES).includes(state)) {
    errors.push(invalid('state', 'State is not included in the list'));
  }
  const priority = change['priority'];
  if (typeof priority === 'string' && !PRIORITIES.includes(priority))
    errors.push(invalid('priority', 'Priority is not included in the list'));
  const workspace = call.store.find('workspaces', write.value('workspace_id'));
  if (!existing && change['workspace_id'] && !workspace) errors.push(invalid('workspace_id', 'Workspace does not exist'));
  if (workspace?.['archived'] === true) errors.push(invalid('workspace_id', 'The project is archived'));
  const [start, due] = [write.value('start_date'), write.value('due_date')];
  if (typeof start === 'string' && typeof due === 'string' && due < start)
    errors.push(invalid('due_date', 'Due date must be after the start date'));
  checkParent(write);
}

function checkParent({ change, errors, existing, call, value }: Write): void {
  const parentId: Json | undefined = change['parent_id'];
  if (!parentId) return;
  const parent = call.store.find('stories', parentId);
  if (!parent || parent['workspace_id'] !== value('workspace_id')) {
    errors.push(invalid('parent_id', 'Parent must be a task of the same project'));
    return;
  }
  const chain = [...ids(ancestors(call.store, parent)), parent.id];
  if (existing && chain.includes(existing.id)) errors.push(invalid('parent_id', 'Parent cannot be below the task itself'));
  if (chain.length + (existing ? height(call.store, existing.id) : 0) > DEEPEST)
    errors.push(invalid('parent_id', 'Tasks can be nested up to 4 levels deep'));
}
