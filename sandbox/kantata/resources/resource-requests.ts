import { workdaysBetween } from '../account-time.ts';
import { many, one } from '../associations.ts';
import { stamps, string } from '../attributes.ts';
import { isObject } from '../body.ts';
import { writeCustomFields } from '../custom-field-writes.ts';
import { invalid, unprocessable } from '../errors.ts';
import { onlyIf } from '../filters.ts';
import { writable } from '../listing.ts';
import type { Action, Resource, Write } from '../resource.ts';
import type { Json, Row } from '../state.ts';
import { add, touch } from '../touch.ts';
import { journal, mayWrite } from '../writer.ts';
import { workspaceAllocations } from './workspace-allocations.ts';
import { workspaceResources } from './workspace-resources.ts';

const RESOLUTIONS: Record<string, string> = { approve: 'approved', reject: 'rejected', cancel: 'cancelled' };

/**
 * Staffing demand: a request to an approver to staff a resource of a project. It takes no `external_reference` and has no event type:
 * the business id must be put on the workspace resource.
 */
export const resourceRequests: Resource = {
  collection: 'resource_requests',
  singular: 'resource_request',
  subjectType: 'ResourceRequest',
  attributes: { status: string, ...stamps },
  associations: {
    resource: one('workspace_resources', 'resource_id'),
    creator: one('users', 'creator_id'),
    approvers: many('users', 'approver_ids'),
  },
  create: ['resource_id', 'approver_ids'],
  update: [],
  filters: {
    pending_requests_only: onlyIf((row) => row['status'] === 'new'),
    requests_for_approver: (value) => (row) => (row['approver_ids'] as Json[]).map(String).includes(value),
  },
  prepare,
  validate,
  after,
  actions: [updateApprover()],
};

function prepare({ change, received, existing, call }: Write): void {
  if (existing) {
    const status = RESOLUTIONS[String(received['request_resolution_status'])];
    if (status) change['status'] = status;
    return;
  }
  change['status'] = 'new';
  change['creator_id'] = call.caller.userId;
}

function validate(write: Write): void {
  const { change, received, existing, errors, call } = write;
  if (existing) {
    if (!change['status'])
      errors.push(invalid('request_resolution_status', 'Request resolution status must be approve, reject, or cancel'));
    if (existing['status'] !== 'new') errors.push(invalid('status', `The request has already been ${String(existing['status'])}`));
    const userId = received['user_id'];
    if (userId && !call.store.find('users', String(userId))) errors.push(invalid('user_id', 'User does not exist'));
    return;
  }
  const approvers = change['approver_ids'];
  if (!Array.isArray(approvers) || approvers.length === 0) errors.push(invalid('approver_ids', "Approvers can't be blank"));
  else if (approvers.some((id) => !call.store.find('users', id))) errors.push(invalid('approver_ids', 'Approver does not exist'));
  if (received['resource_id']) checkResource(write);
  else checkPlaceholder(write);
}

function checkResource({ change, errors, call }: Write): void {
  if (!call.store.find('workspace_resources', change['resource_id'])) errors.push(invalid('resource_id', 'Resource does not exist'));
  const pending = call.store.where('resource_requests', 'resource_id', change['resource_id']).some((row) => row['status'] === 'new');
  if (pending) errors.push(invalid('resource_id', 'Resource already has a pending request'));
}

/** The second form: a placeholder with this role is made in this project. */
function checkPlaceholder({ received, errors, call }: Write): void {
  const workspace = call.store.find('workspaces', String(received['resource_workspace_id'] ?? ''));
  if (!received['resource_workspace_id']) errors.push(invalid('resource_id', "Resource can't be blank"));
  else if (!workspace) errors.push(invalid('resource_workspace_id', 'Workspace does not exist'));
  else if (workspace['archived'] === true) errors.push(invalid('resource_workspace_id', 'The project is archived'));
  if (received['resource_workspace_id'] && !call.store.find('roles', String(received['resource_role_id'] ?? ''))) {
    errors.push(invalid('resource_role_id', 'Role does not exist'));
  }
  const [start, end] = [received['workspace_allocation_start_date'], received['workspace_allocation_end_date']];
  if (typeof start === 'string' && typeof end === 'string' && end < start) {
    errors.push(invalid('workspace_allocation_end_date', 'End date must be on or after the start date'));
  }
}

function after(row: Row, write: Write): void {
  if (write.existing) resolve(row, write);
  else if (!write.received['resource_id']) makePlaceholder(row, write);
}

function makePlaceholder(row: Row, { received, call }: Write): void {
  const resource = add(call, workspaceResources, {
    workspace_id: String(received['resource_workspace_id']),
    role_id: String(received['resource_role_id']),
    user_id: null,
  });
  call.store.change('resource_requests', row, { resource_id: resource.id });
  writeCustomFields(call, workspaceResources, resource, received);
  const [start, end] = [received['workspace_allocation_start_date'], received['workspace_allocation_end_date']];
  if (typeof start !== 'string' || typeof end !== 'string') return;
  const share = received['workspace_allocation_percentage'];
  add(call, workspaceAllocations, {
    workspace_resource_id: resource.id,
    workspace_id: String(received['resource_workspace_id']),
    start_date: start.slice(0, 10),
    end_date: end.slice(0, 10),
    minutes: Math.round((workdaysBetween(start, end) * 480 * Number(share ?? 100)) / 100),
    hard: false,
    notes: null,
    creator_id: call.caller.userId,
    updater_id: call.caller.userId,
  });
}

/** Approval with `user_id` names the placeholder and hardens its allocations unless `allocations_state` is false. */
function resolve(row: Row, { received, call }: Write): void {
  const resource = call.store.find('workspace_resources', row['resource_id']);
  if (row['status'] !== 'approved' || !resource || !received['user_id']) return;
  touch(call, workspaceResources, resource, { user_id: String(received['user_id']), label: null });
  const hard = received['allocations_state'] !== false && received['allocations_state'] !== 'false';
  for (const allocation of call.store.where('workspace_allocations', 'workspace_resource_id', resource.id)) {
    touch(call, workspaceAllocations, allocation, { hard });
  }
}

function updateApprover(): Action {
  return {
    method: 'put',
    path: '/resource_requests/:id/update_approver',
    run: (call, body) => {
      mayWrite(call, resourceRequests);
      const row = writable(call, resourceRequests, String(call.request.params['id']));
      const received = isObject(body['resource_request']) ? body['resource_request'] : {};
      const wanted = received['new_approver_id'];
      const approvers = (Array.isArray(wanted) ? wanted : [wanted ?? '']).map(String);
      if (approvers.some((id) => !call.store.find('users', id))) {
        journal(call, resourceRequests, 422, 'refused', row.id, received);
        throw unprocessable([invalid('new_approver_id', 'Approver does not exist')]);
      }
      touch(call, resourceRequests, row, { approver_ids: approvers });
      journal(call, resourceRequests, 200, 'updated', row.id, received);
      return { rows: [row], resource: resourceRequests };
    },
  };
}
