import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-milestone',
  area: 'erp',
  inputs: 1,
  outputs: 1,
  fields: [nameField, connectionField('milestone.reach'), policyField],
} as const satisfies NodeDeclaration;
