import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { nameField, policyField } from '../../../declarations/shared-fields.ts';

/** Answers whoever has called a business API, and keeps the answer for who calls again. */
export default {
  type: 'business-api-response',
  area: 'business',
  inputs: 1,
  outputs: 1,
  fields: [
    nameField,
    { name: 'httpStatus', kind: 'number', default: 200, min: 200, max: 599, integer: true, required: true },
    { name: 'body', kind: 'typed', types: ['msg', 'jsonata', 'json'], default: { type: 'msg', value: 'payload' }, hintShown: true },
    policyField,
  ],
} as const satisfies NodeDeclaration;
