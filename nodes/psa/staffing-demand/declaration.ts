import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'psa-staffing-demand',
  area: 'psa',
  inputs: 1,
  outputs: 1,
  fields: [nameField, connectionField('staffing.request'), policyField],
} as const satisfies NodeDeclaration;
