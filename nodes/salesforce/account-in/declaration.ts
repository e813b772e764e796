import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, intervalField, nameField, policyField, sinceField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'salesforce-account-in',
  area: 'crm',
  inputs: 0,
  outputs: 1,
  mappedBy: 'account-to-account',
  fields: [
    nameField,
    connectionField('account.poll'),
    { name: 'rule', kind: 'select', options: ['all', 'with-won', 'condition'], default: 'all' },
    {
      name: 'condition',
      kind: 'text',
      default: '',
      required: true,
      placeholder: "Type = 'Customer - Direct'",
      when: { field: 'rule', is: ['condition'] },
      hintShown: true,
    },
    { name: 'deleted', kind: 'checkbox', default: false },
    intervalField,
    sinceField,
    policyField,
  ],
} as const satisfies NodeDeclaration;
