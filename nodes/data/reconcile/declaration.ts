import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'reconcile',
  area: 'data',
  inputs: 1,
  outputs: 2,
  fields: [
    nameField,
    connectionField('psa-connection', 'psa'),
    connectionField('erp-connection', 'erp'),
    { name: 'subject', kind: 'select', options: ['time'], default: 'time' },
    { name: 'lookbackDays', kind: 'number', default: 35, min: 1, max: 366, integer: true, required: true, hintShown: true },
    policyField,
  ],
} satisfies NodeDeclaration;
