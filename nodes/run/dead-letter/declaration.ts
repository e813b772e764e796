import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { nameField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'dead-letter',
  area: 'runs',
  inputs: 1,
  outputs: 1,
  fields: [
    nameField,
    { name: 'reason', kind: 'text', default: '', hintShown: true },
    { name: 'emit', kind: 'select', options: ['all', 'flow', 'none'], default: 'all' },
  ],
} as const satisfies NodeDeclaration;
