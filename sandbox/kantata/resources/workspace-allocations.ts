import { addDays, isCalendarDate, workdaysBetween } from '../account-time.ts';
import { externalReferences, one } from '../associations.ts';
import { boolean, date, integer, stamps, string } from '../attributes.ts';
import { badRequest, invalid, unprocessable } from '../errors.ts';
import { oneOf, onlyIf, overlaps } from '../filters.ts';
import { writable } from '../listing.ts';
import type { Action, Call, Resource, Write } from '../resource.ts';
import type { Row } from '../state.ts';
import { amount } from '../time-value.ts';
import { add, touch } from '../touch.ts';
import { journal, mayWrite } from '../writer.ts';

const DAY_MINUTES = 480;
const resourceOf = (row: Row, call: Call): Row | undefined => call.store.find('workspace_resources', row['workspace_resource_id']);

/** Share of an eight-hour working day over the range, in percent (the vendor's own base is the person's workweek). */
const percentage = (row: Row): number => {
  const capacity = workdaysBetween(String(row['start_date']), String(row['end_date'])) * DAY_MINUTES;
  return capacity === 0 ? 0 : Math.round((amount(row['minutes']) * 10000) / capacity) / 100;
};

/** Minutes of a resource over a range of days: hard (`true`) or soft. */
export const workspaceAllocations: Resource = {
  collection: 'workspace_allocations',
  singular: 'workspace_allocation',
  subjectType: 'WorkspaceAllocation',
  event: 'workspace_allocation',
  attributes: {
    start_date: date,
    end_date: date,
    hard: boolean,
    minutes: integer,
    percentage: { type: 'number', compute: percentage },
    notes: string,
    ...stamps,
  },
  associations: {
    workspace_resource: one('workspace_resources', 'workspace_resource_id', 'captured'),
    workspace: one('workspaces', 'workspace_id', 'captured'),
    creator: one('users', 'creator_id'),
    updater: one('users', 'updater_id'),
    ...externalReferences('WorkspaceAllocation'),
  },
  create: ['start_date', 'end_date', 'minutes', 'hard', 'notes'],
  update: ['start_date', 'end_date', 'minutes', 'hard', 'notes'],
  required: {
    resource_id: "Resource can't be blank",
    start_date: "Start date can't be blank",
    end_date: "End date can't be blank",
    minutes: "Minutes can't be blank",
  },
  bulk: 200,
  destroy: true,
  filters: {
    workspace_ids: oneOf('workspace_id'),
    workspace_resource_ids: oneOf('workspace_resource_id'),
    user_ids: (value, call) => (row) => value.split(',').includes(String(resourceOf(row, call)?.['user_id'] ?? '-')),
    named_resources_only: onlyIf((row, call) => Boolean(resourceOf(row, call)?.['user_id'])),
    unnamed_resources_only: onlyIf((row, call) => !resourceOf(row, call)?.['user_id']),
    type: (value) => (row) => (row['hard'] === true) === (value === 'hard'),
    overlaps_with_date_range: overlaps('start_date', 'end_date'),
  },
  orders: { updated_at: 'updated_at' },
  defaultOrder: 'updated_at:desc',
  prepare: ({ change, received, existing, call }) => {
    change['updater_id'] = call.caller.userId;
    if (existing) return;
    const resource = call.store.find('workspace_resources', String(received['resource_id'] ?? ''));
    change['creator_id'] = call.caller.userId;
    change['hard'] ??= false;
    if (resource) {
      change['workspace_resource_id'] = resource.id;
      change['workspace_id'] = String(resource['workspace_id']);
    }
  },
  validate,
  actions: [split()],
};

function validate({ change, received, existing, errors, value }: Write): void {
  if (!existing && received['resource_id'] && !change['workspace_resource_id'])
    errors.push(invalid('resource_id', 'Resource does not exist'));
  const [start, end, minutes] = [value('start_date'), value('end_date'), value('minutes')];
  if (typeof start === 'string' && typeof end === 'string' && end < start)
    errors.push(invalid('end_date', 'End date must be on or after the start date'));
  if (typeof minutes === 'number' && minutes < 0) errors.push(invalid('minutes', 'Minutes must be greater than or equal to 0'));
}

/** `PUT /workspace_allocations/split`: the first row ends the day before `split_date`; minutes are shared by working days. */
function split(): Action {
  return {
    method: 'put',
    path: '/workspace_allocations/split',
    run: (call) => {
      mayWrite(call, workspaceAllocations);
      const on = call.query.get('split_date') ?? '';
      if (!isCalendarDate(on)) throw badRequest('split_date is required');
      const row = writable(call, workspaceAllocations, call.query.get('workspace_allocation_id') ?? '');
      const [start, end] = [String(row['start_date']), String(row['end_date'])];
      if (on <= start || on > end) throw unprocessable([invalid('split_date', 'Split date must be within the allocation')]);
      const all = workdaysBetween(start, end) || 1;
      const before = Math.round((amount(row['minutes']) * workdaysBetween(start, addDays(on, -1))) / all);
      const second = add(call, workspaceAllocations, {
        start_date: on,
        end_date: end,
        minutes: amount(row['minutes']) - before,
        hard: row['hard'] === true,
        notes: row['notes'] ?? null,
        workspace_resource_id: row['workspace_resource_id'] ?? null,
        workspace_id: row['workspace_id'] ?? null,
        creator_id: call.caller.userId,
        updater_id: call.caller.userId,
      });
      touch(call, workspaceAllocations, row, { end_date: addDays(on, -1), minutes: before, updater_id: call.caller.userId });
      journal(call, workspaceAllocations, 200, 'updated', row.id);
      journal(call, workspaceAllocations, 200, 'created', second.id);
      return { rows: [row, second], resource: workspaceAllocations };
    },
  };
}
