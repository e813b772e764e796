import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'reconcile',
  area: 'data',
  inputs: 1,
  outputs: 2,
  fields: [
    nameField,
    connectionField(['approved-time.list', 'approved-expense.list'], 'psa'),
    connectionField(['posted-time.list', 'posted-expense.list'], 'erp'),
    { name: 'subject', kind: 'select', options: ['time', 'expenses'], default: 'time' },
    { name: 'lookbackDays', kind: 'number', default: 35, min: 1, max: 36_600, integer: true, required: true, hintShown: true },
    policyField,
  ],
} as const satisfies NodeDeclaration;
