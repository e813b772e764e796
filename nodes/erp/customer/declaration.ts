import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-customer',
  area: 'erp',
  inputs: 1,
  outputs: 1,
  offers: [
    { operation: 'customer.ensure', takes: 'account', part: 'customers', when: { field: 'contract', is: ['account'] } },
    { operation: 'customer.ensure', part: 'customers' },
  ],
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
    ...offerFields('account-synchronisation'),
  ],
} as const satisfies NodeDeclaration;
