import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'run-approval',
  area: 'runs',
  inputs: 1,
  outputs: 4,
  fields: [
    nameField,
    { name: 'title', kind: 'typed', types: ['jsonata', 'str', 'msg'], default: { type: 'jsonata', value: 'topic' }, required: true },
    { name: 'details', kind: 'typed', types: ['jsonata', 'msg'], default: { type: 'jsonata', value: 'payload' } },
    { name: 'requestedBy', kind: 'typed', types: ['jsonata', 'msg', 'str'], default: { type: 'jsonata', value: '' }, hintShown: true },
    { name: 'autoApprove', kind: 'typed', types: ['jsonata', 'msg'], default: { type: 'jsonata', value: '' }, hintShown: true },
    { name: 'expiresAfterHours', kind: 'number', default: 0, min: 0, max: 87_600, required: true },
    { name: 'onExpiry', kind: 'select', options: ['reject', 'approve', 'park'], default: 'reject' },
    { name: 'escalateAfterHours', kind: 'number', default: 0, min: 0, max: 87_600, required: true },
    { name: 'severity', kind: 'select', options: ['low', 'normal', 'high', 'critical'], default: 'normal' },
    policyField,
  ],
} as const satisfies NodeDeclaration;
