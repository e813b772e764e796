import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'entity-crosswalk',
  area: 'data',
  inputs: 1,
  outputs: 1,
  fields: [
    nameField,
    { name: 'table', kind: 'text', default: 'legal-entity', required: true, placeholder: 'legal-entity', hintShown: true },
    { name: 'fromSystem', kind: 'text', default: 'crm', required: true, placeholder: 'crm', hintShown: true },
    { name: 'toSystem', kind: 'text', default: 'erp', required: true, placeholder: 'erp' },
    {
      name: 'value',
      kind: 'typed',
      types: ['msg', 'jsonata'],
      default: { type: 'msg', value: 'payload.legalEntity' },
      required: true,
    },
    { name: 'date', kind: 'typed', types: ['msg', 'jsonata'], default: { type: 'msg', value: '' }, hintShown: true },
    { name: 'result', kind: 'text', default: 'legalEntity', required: true, placeholder: 'legalEntity', hintShown: true },
    policyField,
  ],
} as const satisfies NodeDeclaration;
