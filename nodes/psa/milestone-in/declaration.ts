import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, intervalField, nameField, policyField, sinceField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'psa-milestone-in',
  area: 'psa',
  inputs: 0,
  outputs: 1,
  fields: [nameField, connectionField('milestone.poll'), intervalField, sinceField, policyField],
} as const satisfies NodeDeclaration;
