import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'run-compensate',
  area: 'runs',
  inputs: 1,
  outputs: 2,
  fields: [
    nameField,
    { name: 'title', kind: 'typed', types: ['jsonata', 'str', 'msg'], default: { type: 'jsonata', value: 'topic' }, required: true },
    policyField,
  ],
} as const satisfies NodeDeclaration;
