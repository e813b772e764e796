import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'salesforce-upsert',
  area: 'crm',
  inputs: 1,
  outputs: 1,
  fields: [
    nameField,
    connectionField('record.upsert'),
    { name: 'sobject', kind: 'text', default: 'Opportunity', required: true },
    { name: 'externalIdField', kind: 'text', default: 'Id', required: true, hintShown: true },
    {
      name: 'records',
      kind: 'typed',
      types: ['msg', 'jsonata'],
      default: { type: 'msg', value: 'payload' },
      required: true,
      hintShown: true,
    },
    policyField,
  ],
} as const satisfies NodeDeclaration;
