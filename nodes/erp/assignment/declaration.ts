import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-assignment',
  area: 'erp',
  inputs: 1,
  outputs: 1,
  offers: [{ operation: 'assignment.record' }],
  fields: [nameField, connectionField('assignment.record'), policyField, ...offerFields('assignment-record')],
} as const satisfies NodeDeclaration;
