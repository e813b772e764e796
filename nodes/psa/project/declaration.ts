import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { offerFields } from '../../../declarations/offer.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'psa-project',
  area: 'psa',
  inputs: 1,
  outputs: 1,
  offers: [{ operation: 'psa-project.create', part: 'projects' }],
  fields: [nameField, connectionField('psa-project.create'), policyField, ...offerFields('opportunity-conversion')],
} as const satisfies NodeDeclaration;
