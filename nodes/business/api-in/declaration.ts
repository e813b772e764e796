import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { apiVersionField, maxKilobytesField, nameField, policyField, waitSecondsField } from '../../../declarations/shared-fields.ts';

const contracts = [
  'none',
  'own',
  'engagement',
  'amendment',
  'account',
  'project',
  'staffing-demand',
  'resource',
  'time-entry',
  'billing-schedule',
  'milestone',
  'expense',
  'invoice',
  'assignment',
  'availability',
  'utilization',
  'project-finances',
  'rate-card',
] as const;
const writes = { field: 'httpMethod', is: ['POST', 'PUT', 'PATCH', 'DELETE'] } as const;
const withBody = { field: 'httpMethod', is: ['POST', 'PUT', 'PATCH'] } as const;

/** One operation of a business API of the firm: who may call it, what it takes, what it answers, and until when. */
export default {
  type: 'business-api-in',
  area: 'business',
  inputs: 0,
  outputs: 1,
  fields: [
    nameField,
    { name: 'api', kind: 'text', default: '', required: true, placeholder: 'timesheets', hintShown: true },
    { name: 'httpMethod', kind: 'select', options: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], default: 'POST' },
    apiVersionField,
    { name: 'path', kind: 'api-path', default: '', required: true, placeholder: 'projects/{code}/status', hintShown: true },
    { name: 'summary', kind: 'text', default: '' },
    { name: 'callers', kind: 'select', options: ['access', 'anyone'], default: 'access', warnings: ['anyone'] },
    { name: 'access', kind: 'config', type: 'business-api-access', required: true, when: { field: 'callers', is: ['access'] } },
    { name: 'scope', kind: 'text', default: '', when: { field: 'callers', is: ['access'] }, hintShown: true },
    { name: 'query', kind: 'query', default: '', placeholder: 'start:date, end:date, role?', hintShown: true },
    { name: 'contract', kind: 'select', options: contracts, default: 'none', when: withBody },
    { name: 'contractSchema', kind: 'json', default: '', required: true, when: [withBody, { field: 'contract', is: ['own'] }] },
    { name: 'list', kind: 'checkbox', default: false, when: withBody },
    { name: 'answer', kind: 'select', options: contracts, default: 'none' },
    { name: 'answerSchema', kind: 'json', default: '', required: true, when: { field: 'answer', is: ['own'] } },
    { name: 'answerList', kind: 'checkbox', default: false },
    { name: 'idempotency', kind: 'select', options: ['required', 'optional'], default: 'required', when: writes },
    { name: 'subject', kind: 'typed', types: ['jsonata', 'msg'], default: { type: 'jsonata', value: '' }, hintShown: true },
    waitSecondsField,
    maxKilobytesField,
    { name: 'deprecated', kind: 'date', default: '' },
    { name: 'lastDay', kind: 'date', default: '', hintShown: true },
    { name: 'successor', kind: 'text', default: '', placeholder: '/business/v2/timesheets' },
    { name: 'published', kind: 'checkbox', default: false, hintShown: true },
    policyField,
  ],
} as const satisfies NodeDeclaration;
