import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { alsoFor, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'contract-check',
  area: 'data',
  inputs: 1,
  outputs: 2,
  refusesAt: 2,
  fields: [
    nameField,
    {
      name: 'contract',
      kind: 'select',
      options: [
        'engagement',
        'amendment',
        'account',
        'project',
        'staffing-demand',
        'resource',
        'time-entry',
        'billing-schedule',
        'milestone',
        'expense',
        'invoice',
        'assignment',
        'availability',
        'utilization',
        'project-finances',
        'rate-card',
      ],
      default: 'engagement',
    },
    alsoFor('erp', 'erp'),
    alsoFor('psa', 'psa'),
    {
      ...{ name: 'rateCard', kind: 'typed', types: ['jsonata', 'msg'], default: { type: 'jsonata', value: '' } },
      ...{ when: { field: 'contract', is: ['engagement', 'amendment'] }, hintShown: true },
    },
    policyField,
  ],
} as const satisfies NodeDeclaration;
