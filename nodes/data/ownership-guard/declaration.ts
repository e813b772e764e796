import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { nameField, policyField } from '../../../declarations/shared-fields.ts';

const owners = {
  name: 'crm',
  legalName: 'crm',
  country: 'crm',
  email: 'crm',
  phone: 'crm',
  entities: 'crm',
  taxId: 'erp',
};

export default {
  type: 'ownership-guard',
  area: 'data',
  inputs: 1,
  outputs: 2,
  fields: [
    nameField,
    { name: 'system', kind: 'text', default: 'crm', required: true, placeholder: 'crm', hintShown: true },
    { name: 'object', kind: 'text', default: 'account', required: true },
    {
      name: 'key',
      kind: 'typed',
      types: ['msg', 'jsonata'],
      default: { type: 'msg', value: 'payload.code' },
      required: true,
      hintShown: true,
    },
    { name: 'ownersFrom', kind: 'select', options: ['node', 'table'], default: 'node', hintShown: true },
    {
      name: 'owners',
      kind: 'json',
      default: JSON.stringify(owners, undefined, 2),
      required: true,
      when: { field: 'ownersFrom', is: ['node'] },
      hintShown: true,
    },
    {
      name: 'told',
      kind: 'text',
      default: '*',
      required: true,
      placeholder: 'erp',
      when: { field: 'ownersFrom', is: ['table'] },
      hintShown: true,
    },
    { name: 'keep', kind: 'text', default: 'id, code', hintShown: true },
    { name: 'pass', kind: 'select', options: ['changed', 'owned'], default: 'changed' },
    { name: 'others', kind: 'select', options: ['leave-out', 'stop'], default: 'leave-out' },
    {
      name: 'forget',
      kind: 'typed',
      types: ['jsonata', 'msg'],
      default: { type: 'jsonata', value: 'payload.IsDeleted = true' },
      required: true,
      hintShown: true,
    },
    policyField,
  ],
} as const satisfies NodeDeclaration;
