import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { changeActionField, connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-project-change',
  area: 'erp',
  inputs: 1,
  outputs: 1,
  fields: [nameField, connectionField('erp-project.change'), changeActionField, policyField],
} as const satisfies NodeDeclaration;
