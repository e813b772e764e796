import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'psa-project',
  area: 'psa',
  inputs: 1,
  outputs: 1,
  fields: [nameField, connectionField('psa-project.create'), policyField],
} as const satisfies NodeDeclaration;
