import { externalReferences, many, one } from '../associations.ts';
import { integer, integerId, stamps, truth, zero } from '../attributes.ts';
import { invalid } from '../errors.ts';
import { equals, oneOf } from '../filters.ts';
import type { Call, Resource, Write } from '../resource.ts';
import type { Row } from '../state.ts';
import { add } from '../touch.ts';
import { workspaceResources } from './workspace-resources.ts';

/** A resource on a task. */
export const assignments: Resource = {
  collection: 'assignments',
  singular: 'assignment',
  subjectType: 'Assignment',
  event: 'assignment',
  attributes: { ...stamps, current: truth, estimated_minutes: integer, allocated_minutes: zero, resource_id: integerId },
  associations: {
    story: one('stories', 'story_id', 'captured'),
    assignee: one('users', 'assignee_id', 'captured'),
    story_allocation_days: many('story_allocation_days', 'story_allocation_day_ids'),
    ...externalReferences('Assignment'),
  },
  create: ['story_id', 'assignee_id', 'current', 'estimated_minutes', 'resource_id'],
  update: ['assignee_id', 'current', 'estimated_minutes', 'resource_id'],
  required: { story_id: "Story can't be blank" },
  destroy: true,
  filters: {
    story_id: equals('story_id'),
    story_ids: oneOf('story_id'),
    assignee_id: equals('assignee_id'),
    resource_ids: oneOf('resource_id'),
    in_workspace: (value, call) => (row) => call.store.find('stories', row['story_id'])?.['workspace_id'] === value,
  },
  orders: { created_at: 'created_at', updated_at: 'updated_at' },
  prepare: ({ change, call, value }) => {
    const story = call.store.find('stories', value('story_id'));
    const resource = call.store.find('workspace_resources', change['resource_id']);
    if (resource) change['assignee_id'] = resource['user_id'] ?? null;
    else if (change['assignee_id'] && story)
      change['resource_id'] = namedResource(call, String(story['workspace_id']), String(change['assignee_id']));
  },
  validate,
};

function validate({ change, existing, errors, call, value }: Write): void {
  const story = call.store.find('stories', value('story_id'));
  if (value('story_id') && !story) errors.push(invalid('story_id', 'Story does not exist'));
  const resourceId = value('resource_id');
  const resource = call.store.find('workspace_resources', resourceId);
  if (!resource) errors.push(invalid('resource_id', "Resource can't be blank"));
  else if (story && String(resource['workspace_id']) !== String(story['workspace_id'])) {
    errors.push(invalid('resource_id', 'Resource must belong to the project of the task'));
  }
  const twin = call.store.where('assignments', 'story_id', value('story_id')).find((row) => row['resource_id'] === resourceId);
  if (twin && twin.id !== existing?.id && change['resource_id'] !== undefined) {
    errors.push(invalid('resource_id', 'Resource is already assigned to this task'));
  }
}

/** The person's resource in the project; made when there is none, as the task tracker does. */
export function namedResource(call: Call, workspaceId: string, userId: string): string {
  const known = call.store.where('workspace_resources', 'workspace_id', workspaceId).find((row) => row['user_id'] === userId);
  if (known) return known.id;
  const role = call.store.where('account_memberships', 'user_id', userId)[0]?.['default_role_id'] ?? null;
  return add(call, workspaceResources, { workspace_id: workspaceId, user_id: userId, role_id: role }).id;
}

/** `assignee_ids` of a task write. */
export function assign(call: Call, story: Row, userId: string): void {
  if (!call.store.find('users', userId)) return;
  const resourceId = namedResource(call, String(story['workspace_id']), userId);
  const known = call.store.where('assignments', 'story_id', story.id).some((row) => row['resource_id'] === resourceId);
  if (!known) add(call, assignments, { story_id: story.id, resource_id: resourceId, assignee_id: userId, current: true });
}
