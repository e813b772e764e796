import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { nameField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'run-policy',
  area: 'runs',
  config: true,
  inputs: 0,
  outputs: 0,
  fields: [
    nameField,
    { name: 'maxAttempts', kind: 'number', default: 8, min: 1, max: 100, integer: true, required: true },
    { name: 'backOff', kind: 'select', options: ['exponential', 'linear', 'constant'], default: 'exponential' },
    { name: 'firstDelaySeconds', kind: 'number', default: 2, min: 0, max: 86400, required: true },
    {
      name: 'factor',
      kind: 'number',
      default: 2,
      min: 1,
      max: 10,
      required: true,
      when: { field: 'backOff', is: ['exponential'] },
    },
    { name: 'maxDelaySeconds', kind: 'number', default: 300, min: 1, max: 86400, required: true },
    { name: 'stallAfterMinutes', kind: 'number', default: 5, min: 1, max: 10080, required: true, hintShown: true },
    { name: 'deadlineHours', kind: 'number', default: 0, min: 0, max: 87600 },
    { name: 'concurrency', kind: 'number', default: 0, min: 0, max: 1000, integer: true },
    { name: 'writesPerMinute', kind: 'number', default: 0, min: 0, max: 60000 },
    { name: 'onPermanentFailure', kind: 'select', options: ['park', 'compensate'], default: 'park' },
    { name: 'severity', kind: 'select', options: ['low', 'normal', 'high', 'critical'], default: 'normal' },
  ],
} satisfies NodeDeclaration;
