import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { batchFields, connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-post-timesheet',
  area: 'erp',
  inputs: 1,
  outputs: 2,
  offers: [{ operation: 'time.post' }],
  fields: [
    nameField,
    connectionField('time.post'),
    { name: 'withdrawn', kind: 'select', options: ['person', 'remove'], default: 'person', hintShown: true },
    ...batchFields,
    policyField,
    ...offerFields('timesheet-posting'),
  ],
} as const satisfies NodeDeclaration;
