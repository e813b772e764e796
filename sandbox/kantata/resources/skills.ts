import { externalReferences, many, manyBy, one } from '../associations.ts';
import { integer, stamps, string } from '../attributes.ts';
import { invalid } from '../errors.ts';
import { equals, oneOf } from '../filters.ts';
import type { Attribute, Resource, Write } from '../resource.ts';
import { uniqueName } from '../unique-name.ts';

const names = { name: 'name', created_at: 'created_at', updated_at: 'updated_at' };

export const skillCategories: Resource = {
  collection: 'skill_categories',
  singular: 'skill_category',
  subjectType: 'SkillCategory',
  attributes: { name: string },
  associations: { skills: manyBy('skills', 'skill_ids', 'skill_category_id') },
  create: ['name'],
  update: ['name'],
  required: { name: "Name can't be blank" },
  destroy: true,
  orders: names,
  defaultOrder: 'name:asc',
};

export const skills: Resource = {
  collection: 'skills',
  singular: 'skill',
  subjectType: 'Skill',
  event: 'skill',
  attributes: { name: string, max_level: { ...integer, default: 5 }, description: string, ...stamps },
  associations: {
    skill_category: one('skill_categories', 'skill_category_id'),
    roles: many('roles', 'role_ids'),
    ...externalReferences('Skill'),
  },
  create: ['skill_category_id', 'name', 'max_level', 'description', 'role_ids'],
  update: ['skill_category_id', 'name', 'max_level', 'description', 'role_ids'],
  required: { name: "Name can't be blank" },
  destroy: true,
  filters: { skill_category_ids: oneOf('skill_category_id') },
  orders: names,
  defaultOrder: 'name:asc',
  search: ['name'],
  validate: uniqueName('skills'),
};

const skillLevel: Record<string, Attribute> = {
  level: integer,
  max_level: { type: 'integer', compute: (row, call) => call.store.find('skills', row['skill_id'])?.['max_level'] ?? 5 },
  cached_skill_name: { type: 'string', compute: (row, call) => call.store.find('skills', row['skill_id'])?.['name'] ?? null },
  ...stamps,
};

/** What a person can do. */
export const skillMemberships: Resource = {
  collection: 'skill_memberships',
  singular: 'skill_membership',
  subjectType: 'SkillMembership',
  event: 'skill_membership',
  attributes: skillLevel,
  associations: { skill: one('skills', 'skill_id'), user: one('users', 'user_id'), creator: one('users', 'creator_id') },
  create: ['skill_id', 'user_id', 'level'],
  update: ['level'],
  required: { skill_id: "Skill can't be blank", user_id: "User can't be blank" },
  destroy: true,
  filters: { user_ids: oneOf('user_id'), skill_ids: oneOf('skill_id') },
  prepare: ({ change, existing, call }) => {
    if (!existing) change['creator_id'] = call.caller.userId;
  },
  validate: checkSkill('skill_memberships', 'user_id', 'users'),
};

/** What a resource of a project must be able to do. */
export const workspaceResourceSkills: Resource = {
  collection: 'workspace_resource_skills',
  singular: 'workspace_resource_skill',
  subjectType: 'WorkspaceResourceSkill',
  attributes: skillLevel,
  associations: {
    skill: one('skills', 'skill_id'),
    workspace_resource: one('workspace_resources', 'workspace_resource_id'),
    creator: one('users', 'creator_id'),
  },
  create: ['skill_id', 'workspace_resource_id', 'level'],
  update: ['level'],
  required: { skill_id: "Skill can't be blank", workspace_resource_id: "Workspace resource can't be blank" },
  destroy: true,
  filters: { workspace_resource_ids: oneOf('workspace_resource_id'), workspace_resource_id: equals('workspace_resource_id') },
  prepare: ({ change, existing, call }) => {
    if (!existing) change['creator_id'] = call.caller.userId;
  },
  validate: checkSkill('workspace_resource_skills', 'workspace_resource_id', 'workspace_resources'),
};

function checkSkill(collection: string, ownerKey: string, owners: string): (write: Write) => void {
  return ({ change, existing, errors, call, value }) => {
    const skill = call.store.find('skills', value('skill_id'));
    if (value('skill_id') && !skill) errors.push(invalid('skill_id', 'Skill does not exist'));
    const owner = change[ownerKey];
    if (owner && !call.store.find(owners, owner)) errors.push(invalid(ownerKey, 'Not found'));
    const level = change['level'];
    if (typeof level === 'number' && (level < 0 || level > Number(skill?.['max_level'] ?? 5)))
      errors.push(invalid('level', 'Level is out of range'));
    const twin = !existing && call.store.where(collection, ownerKey, owner).some((row) => row['skill_id'] === value('skill_id'));
    if (twin) errors.push(invalid('skill_id', 'Skill has already been taken'));
  };
}
