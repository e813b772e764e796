import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'psa-staffing-demand',
  area: 'psa',
  inputs: 1,
  outputs: 1,
  offers: [{ operation: 'staffing.request', part: 'demands' }],
  fields: [nameField, connectionField('staffing.request'), policyField, ...offerFields('staffing-request')],
} as const satisfies NodeDeclaration;
