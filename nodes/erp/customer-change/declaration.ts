import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-customer-change',
  area: 'erp',
  inputs: 1,
  outputs: 1,
  offers: [{ operation: 'customer.change', takes: 'part-of-account', part: 'customers' }],
  fields: [
    nameField,
    connectionField('customer.change'),
    {
      name: 'entities',
      kind: 'typed',
      types: ['jsonata', 'msg', 'json'],
      default: { type: 'jsonata', value: 'payload.entities.legalEntity' },
      required: true,
      hintShown: true,
    },
    policyField,
    ...offerFields('account-change'),
  ],
} as const satisfies NodeDeclaration;
