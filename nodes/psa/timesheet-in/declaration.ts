import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, intervalField, nameField, policyField, sinceField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'psa-timesheet-in',
  area: 'psa',
  inputs: 0,
  outputs: 1,
  fields: [
    nameField,
    connectionField('approved-time.poll'),
    intervalField,
    sinceField,
    { name: 'deleted', kind: 'checkbox', default: false, hintShown: true },
    policyField,
  ],
} as const satisfies NodeDeclaration;
