import type { NodeDeclaration } from '../../node-declaration.ts';
import { connectionField, nameField, policyField } from '../../shared-fields.ts';

export default {
  type: 'erp-project',
  area: 'erp',
  inputs: 1,
  outputs: 1,
  fields: [nameField, connectionField('erp-connection'), policyField],
} satisfies NodeDeclaration;
