import { externalReferences, many, one } from '../associations.ts';
import { boolean, json, stamps, string } from '../attributes.ts';
import { invalid } from '../errors.ts';
import { equals, oneOf } from '../filters.ts';
import type { Resource } from '../resource.ts';

const TYPES = ['string', 'date', 'number', 'currency', 'single', 'multi'];

export const customFields: Resource = {
  collection: 'custom_fields',
  singular: 'custom_field',
  subjectType: 'CustomField',
  event: 'custom_field',
  attributes: {
    name: string,
    value_type: string,
    /** `workspace`, `workspace_group`, `story` …: belongs to the field's set at the vendor */
    subject_type: { ...string, optional: true },
    default_text: string,
    unique_constraint: boolean,
    write_access: { ...string, default: 'editor' },
    read_access: { ...string, default: 'everyone' },
    values_count: { type: 'integer', compute: (row, call) => call.store.where('custom_field_values', 'custom_field_id', row.id).length },
    ...stamps,
  },
  associations: {
    creator: one('users', 'creator_id', 'captured'),
    choices: many('custom_field_choices', 'choice_ids'),
    custom_field_set: one('custom_field_sets', 'custom_field_set_id', 'captured'),
    ...externalReferences('CustomField'),
  },
  create: ['name', 'value_type', 'default_text', 'unique_constraint', 'custom_field_set_id', 'write_access', 'read_access'],
  update: ['name', 'default_text', 'unique_constraint', 'write_access', 'read_access'],
  required: { name: "Name can't be blank", value_type: "Value type can't be blank" },
  destroy: true,
  filters: { for_set: equals('custom_field_set_id'), value_types: oneOf('value_type'), by_name: equals('name') },
  orders: { created_at: 'created_at', updated_at: 'updated_at', name: 'name' },
  defaultOrder: 'name:asc',
  prepare: ({ change, existing, call }) => {
    if (!existing) change['creator_id'] = call.caller.userId;
  },
  validate: ({ change, errors }) => {
    if (typeof change['value_type'] === 'string' && !TYPES.includes(change['value_type'])) {
      errors.push(invalid('value_type', 'Value type is not included in the list'));
    }
  },
};

const field = (name: string, fallback: string) => ({
  type: 'string' as const,
  compute: (row: { [key: string]: unknown }, call: Parameters<NonNullable<Resource['visible']>>[1]) =>
    call.store.find('custom_fields', String(row['custom_field_id']))?.[name] ?? fallback,
});

/** Subjects are named in snake case here (captured), unlike the `Workspace` of external references. */
export const customFieldValues: Resource = {
  collection: 'custom_field_values',
  singular: 'custom_field_value',
  subjectType: 'CustomFieldValue',
  attributes: {
    subject_type: string,
    subject_id: { type: 'integerId' },
    value: json,
    account_id: { type: 'integer', compute: (_row, call) => Number(call.store.state.account.id) },
    custom_field_name: field('name', ''),
    type: field('value_type', 'string'),
    display_value: {
      type: 'string',
      compute: (row) => (row['value'] === undefined || row['value'] === null ? null : String(row['value'])),
    },
    can_edit: { type: 'boolean', default: true },
    ...stamps,
  },
  associations: {
    custom_field: one('custom_fields', 'custom_field_id', 'captured'),
    setter: one('users', 'setter_id', 'captured'),
    ...externalReferences('CustomFieldValue'),
  },
  create: ['subject_type', 'subject_id', 'custom_field_id', 'value'],
  update: ['value'],
  required: {
    subject_type: "Subject type can't be blank",
    subject_id: "Subject can't be blank",
    custom_field_id: "Custom field can't be blank",
  },
  destroy: true,
  requiredFilters: ['subject_type'],
  filters: {
    subject_type: equals('subject_type'),
    subject_id: equals('subject_id'),
    with_subject_id: oneOf('subject_id'),
    custom_field_id: equals('custom_field_id'),
    with_custom_field_ids: oneOf('custom_field_id'),
  },
  orders: { created_at: 'created_at', updated_at: 'updated_at' },
  defaultOrder: 'created_at:asc',
  prepare: ({ change, existing, call }) => {
    if (!existing && change['subject_id']) change['subject_id'] = Number(change['subject_id']);
    change['setter_id'] = call.caller.userId;
  },
  validate: ({ change, existing, errors, call }) => {
    const known = call.store.find('custom_fields', change['custom_field_id']);
    if (change['custom_field_id'] && !known) errors.push(invalid('custom_field_id', 'Custom field does not exist'));
    if (existing || !known) return;
    const twin = call.store
      .where('custom_field_values', 'subject_id', change['subject_id'])
      .find((row) => row['custom_field_id'] === known.id);
    if (twin && twin['subject_type'] === change['subject_type'])
      errors.push(invalid('custom_field_id', 'Custom field has already been taken'));
  },
};
