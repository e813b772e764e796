import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

export default {
  type: 'erp-post-timesheet',
  area: 'erp',
  inputs: 1,
  outputs: 2,
  fields: [
    nameField,
    connectionField('time.post'),
    { name: 'batchSize', kind: 'number', default: 100, min: 1, max: 1_000, integer: true, required: true },
    { name: 'batchSeconds', kind: 'number', default: 10, min: 0, max: 86_400, required: true },
    { name: 'schedule', kind: 'cron', default: '', placeholder: '0 18 * * 5', hintShown: true },
    policyField,
  ],
} as const satisfies NodeDeclaration;
