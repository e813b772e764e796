import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { environmentField, intervalField, nameField, policyField } from '../../../declarations/shared-fields.ts';

/** Asks people what runs wait for, each by a message with a link of his own, by which he answers. */
export default {
  type: 'run-approval-in',
  area: 'runs',
  inputs: 0,
  outputs: 2,
  fields: [
    nameField,
    { name: 'watch', kind: 'select', options: ['all', 'flow'], default: 'all' },
    { name: 'least', kind: 'select', options: ['low', 'normal', 'high', 'critical'], default: 'low' },
    { name: 'approver', kind: 'typed', types: ['str', 'jsonata'], default: { type: 'str', value: '' }, required: true, hintShown: true },
    { name: 'address', kind: 'text', default: '', required: true, placeholder: 'https://node-red.example', hintShown: true },
    { name: 'validHours', kind: 'number', default: 72, min: 0.1, max: 8_760, required: true },
    environmentField('APPROVALS'),
    { name: 'secret', kind: 'secret', credential: true, required: true, unless: 'environment', made: true, hintShown: true },
    { name: 'format', kind: 'select', options: ['fields', 'text', 'slack', 'teams', 'mail'], default: 'fields' },
    intervalField,
    policyField,
  ],
} as const satisfies NodeDeclaration;
