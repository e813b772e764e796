import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-customer',
  area: 'erp',
  inputs: 1,
  outputs: 1,
  fields: [
    nameField,
    connectionField('customer.ensure'),
    { name: 'contract', kind: 'select', options: ['engagement', 'account'], default: 'engagement' },
    {
      name: 'entities',
      kind: 'typed',
      types: ['jsonata', 'msg', 'json'],
      default: { type: 'jsonata', value: '{"legalEntity": "DE01", "currency": payload.currency}' },
      required: true,
      when: { field: 'contract', is: ['account'] },
      hintShown: true,
    },
    policyField,
  ],
} as const satisfies NodeDeclaration;
