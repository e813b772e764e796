import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-milestone',
  area: 'erp',
  inputs: 1,
  outputs: 1,
  offers: [{ operation: 'milestone.reach' }],
  fields: [nameField, connectionField('milestone.reach'), policyField, ...offerFields('milestone')],
} as const satisfies NodeDeclaration;
