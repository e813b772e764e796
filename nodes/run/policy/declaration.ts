import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { nameField } from '../../../declarations/shared-fields.ts';
import { defaultPolicy } from '../../../engine/retry-policy.ts';

/** A node without a policy keeps to the same defaults. */
const { maxAttempts, backOff, factor, concurrency, writesPerMinute, onPermanentFailure, severity, ...times } = defaultPolicy;

export default {
  type: 'run-policy',
  area: 'runs',
  config: true,
  inputs: 0,
  outputs: 0,
  fields: [
    nameField,
    { name: 'maxAttempts', kind: 'number', default: maxAttempts, min: 1, max: 10_000, integer: true, required: true },
    { name: 'backOff', kind: 'select', options: ['exponential', 'linear', 'constant'], default: backOff },
    // without any pause all attempts would be over at once
    { name: 'firstDelaySeconds', kind: 'number', default: times.firstDelayMs / 1_000, min: 0.001, max: 86_400, required: true },
    {
      name: 'factor',
      kind: 'number',
      default: factor,
      min: 1,
      max: 1_000,
      required: true,
      when: { field: 'backOff', is: ['exponential'] },
    },
    { name: 'maxDelaySeconds', kind: 'number', default: times.maxDelayMs / 1_000, min: 0.001, max: 2_592_000, required: true },
    {
      name: 'stallAfterMinutes',
      kind: 'number',
      default: times.stallAfterMs / 60_000,
      min: 0.001,
      max: 525_600,
      required: true,
      hintShown: true,
    },
    { name: 'deadlineHours', kind: 'number', default: times.deadlineMs / 3_600_000, min: 0, max: 87_600 },
    { name: 'concurrency', kind: 'number', default: concurrency, min: 0, max: 10_000, integer: true },
    { name: 'writesPerMinute', kind: 'number', default: writesPerMinute, min: 0, max: 100_000 },
    { name: 'onPermanentFailure', kind: 'select', options: ['park', 'compensate'], default: onPermanentFailure },
    { name: 'severity', kind: 'select', options: ['low', 'normal', 'high', 'critical'], default: severity },
  ],
} as const satisfies NodeDeclaration;
