import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'psa-timesheet-in',
  area: 'psa',
  inputs: 0,
  outputs: 1,
  fields: [
    nameField,
    connectionField('approved-time.poll'),
    { name: 'intervalSeconds', kind: 'number', default: 60, min: 1, required: true },
    { name: 'since', kind: 'date', default: '', hintShown: true },
    policyField,
  ],
} satisfies NodeDeclaration;
