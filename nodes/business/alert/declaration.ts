import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { intervalField, nameField, policyField } from '../../../declarations/shared-fields.ts';

const atNight = { field: 'quiet', is: ['nights', 'nights-weekends'] } as const;

/** Tells of what stands still: what was told is in the same transaction as the message about it, so that none is lost and none is told twice. */
export default {
  type: 'business-alert',
  area: 'business',
  inputs: 0,
  outputs: 2,
  fields: [
    nameField,
    { name: 'watch', kind: 'select', options: ['all', 'flow'], default: 'all' },
    { name: 'least', kind: 'select', options: ['low', 'normal', 'high', 'critical'], default: 'low', hintShown: true },
    { name: 'waitingMinutes', kind: 'number', default: 60, min: 0, max: 525_600, hintShown: true },
    { name: 'escalateMinutes', kind: 'number', default: 240, min: 0, max: 525_600, hintShown: true },
    { name: 'againMinutes', kind: 'number', default: 1_440, min: 1, max: 525_600, required: true, hintShown: true },
    { name: 'recovery', kind: 'checkbox', default: true },
    { name: 'quiet', kind: 'select', options: ['never', 'nights', 'nights-weekends'], default: 'never', hintShown: true },
    { name: 'quietFrom', kind: 'number', default: 20, min: 0, max: 23, integer: true, required: true, when: atNight },
    { name: 'quietUntil', kind: 'number', default: 7, min: 0, max: 23, integer: true, required: true, when: atNight },
    { name: 'timeZone', kind: 'text', default: '', placeholder: 'Europe/Berlin', when: atNight },
    { name: 'console', kind: 'text', default: '', placeholder: 'https://node-red.example/ps-connect/', hintShown: true },
    { name: 'format', kind: 'select', options: ['fields', 'text', 'slack', 'teams', 'mail'], default: 'fields' },
    intervalField,
    policyField,
  ],
} as const satisfies NodeDeclaration;
