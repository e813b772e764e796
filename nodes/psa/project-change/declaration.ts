import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { changeActionField, connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'psa-project-change',
  area: 'psa',
  inputs: 1,
  outputs: 1,
  fields: [nameField, connectionField('psa-project.change'), changeActionField, policyField],
} as const satisfies NodeDeclaration;
