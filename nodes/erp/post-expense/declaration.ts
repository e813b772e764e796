import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { batchFields, connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-post-expense',
  area: 'erp',
  inputs: 1,
  outputs: 2,
  offers: [{ operation: 'expense.post' }],
  fields: [
    nameField,
    connectionField('expense.post'),
    { name: 'receipts', kind: 'checkbox', default: false, hintShown: true },
    ...batchFields,
    policyField,
    ...offerFields('expense-posting'),
  ],
} as const satisfies NodeDeclaration;
