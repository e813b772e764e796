import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-billing-schedule',
  area: 'erp',
  inputs: 1,
  outputs: 1,
  fields: [nameField, connectionField('billing-schedule.set'), policyField],
} as const satisfies NodeDeclaration;
