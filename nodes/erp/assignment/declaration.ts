import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-assignment',
  area: 'erp',
  inputs: 1,
  outputs: 1,
  fields: [nameField, connectionField('assignment.record'), policyField],
} as const satisfies NodeDeclaration;
