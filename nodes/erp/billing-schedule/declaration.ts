import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-billing-schedule',
  area: 'erp',
  inputs: 1,
  outputs: 1,
  offers: [{ operation: 'billing-schedule.set' }],
  fields: [nameField, connectionField('billing-schedule.set'), policyField, ...offerFields('billing-schedule')],
} as const satisfies NodeDeclaration;
