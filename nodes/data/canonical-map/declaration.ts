import { defaultMappings } from '../../../connectors/default-mappings.ts';
import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { nameField, policyField } from '../../../declarations/shared-fields.ts';

const presets = Object.keys(defaultMappings);

export default {
  type: 'canonical-map',
  area: 'data',
  inputs: 1,
  outputs: 1,
  extra: 'mapping-preview',
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
        'assignment',
        'availability',
        'utilization',
        'rate-card',
        'none',
      ],
      default: 'engagement',
    },
    { name: 'preset', kind: 'select', options: [...presets, 'custom'], default: presets[0] ?? 'custom' },
    policyField,
    { name: 'expression', kind: 'jsonata', default: '', required: true, when: { field: 'preset', is: ['custom'] }, hintShown: true },
  ],
} as const satisfies NodeDeclaration;
