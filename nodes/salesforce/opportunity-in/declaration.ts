import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, intervalField, nameField, policyField, sinceField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'salesforce-opportunity-in',
  area: 'crm',
  inputs: 0,
  outputs: 1,
  fields: [
    nameField,
    connectionField('opportunity.poll'),
    { name: 'rule', kind: 'select', options: ['won', 'stages', 'condition'], default: 'won' },
    {
      name: 'stages',
      kind: 'text',
      default: '',
      required: true,
      placeholder: 'Closed Won, Contract Signed',
      when: { field: 'rule', is: ['stages'] },
      hintShown: true,
    },
    {
      name: 'condition',
      kind: 'text',
      default: '',
      required: true,
      placeholder: "IsWon = true AND Type = 'Services'",
      when: { field: 'rule', is: ['condition'] },
      hintShown: true,
    },
    intervalField,
    sinceField,
    policyField,
  ],
} as const satisfies NodeDeclaration;
