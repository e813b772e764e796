import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'run-wait',
  area: 'runs',
  inputs: 1,
  outputs: 1,
  fields: [
    nameField,
    { name: 'mode', kind: 'select', options: ['for', 'until'], default: 'for' },
    // a hundred years of seconds
    { name: 'amount', kind: 'number', default: 1, min: 0, max: 3_155_760_000, required: true, when: { field: 'mode', is: ['for'] } },
    {
      name: 'unit',
      kind: 'select',
      options: ['seconds', 'minutes', 'hours', 'days', 'weeks'],
      default: 'days',
      when: { field: 'mode', is: ['for'] },
    },
    {
      name: 'until',
      kind: 'typed',
      types: ['jsonata', 'msg'],
      default: { type: 'jsonata', value: 'payload.contract.start' },
      required: true,
      when: { field: 'mode', is: ['until'] },
      hintShown: true,
    },
    policyField,
  ],
} as const satisfies NodeDeclaration;
