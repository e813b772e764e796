import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, intervalField, nameField, policyField, sinceField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-customer-in',
  area: 'erp',
  inputs: 0,
  outputs: 1,
  fields: [nameField, connectionField('customer.poll'), intervalField, sinceField, policyField],
} as const satisfies NodeDeclaration;
