import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { environmentField, maxKilobytesField, nameField, policyField } from '../../../declarations/shared-fields.ts';

const signed = { field: 'signature', is: ['standard-webhooks', 'hmac-sha256', 'bearer'] } as const;

/** CloudEvents 1.0 by webhook, or JSON of senders that know none; signed unless the analyst says otherwise. */
export default {
  type: 'business-event-in',
  area: 'business',
  inputs: 0,
  outputs: 1,
  fields: [
    nameField,
    { name: 'path', kind: 'path', default: '', required: true, placeholder: 'events/time-approved' },
    {
      name: 'signature',
      kind: 'select',
      options: ['standard-webhooks', 'hmac-sha256', 'bearer', 'none'],
      default: 'standard-webhooks',
      warnings: ['none'],
    },
    {
      name: 'signatureHeader',
      kind: 'header',
      default: 'X-Hub-Signature-256',
      required: true,
      when: { field: 'signature', is: ['hmac-sha256'] },
    },
    { ...environmentField('TIME_EVENTS'), when: signed },
    { name: 'secret', kind: 'secret', credential: true, required: true, unless: 'environment', when: signed },
    { name: 'key', kind: 'typed', types: ['jsonata'], default: { type: 'jsonata', value: 'subject' }, hintShown: true },
    { name: 'subject', kind: 'typed', types: ['jsonata'], default: { type: 'jsonata', value: '' } },
    { name: 'eventId', kind: 'typed', types: ['jsonata'], default: { type: 'jsonata', value: '' }, hintShown: true },
    { name: 'version', kind: 'typed', types: ['jsonata'], default: { type: 'jsonata', value: '' }, hintShown: true },
    { name: 'eventType', kind: 'text', default: 'com.psconnect.event.received' },
    { name: 'eventSource', kind: 'text', default: '', placeholder: '/time-tool' },
    { name: 'allowedOrigins', kind: 'text', default: '', placeholder: 'time-tool.example', hintShown: true },
    maxKilobytesField,
    policyField,
  ],
} as const satisfies NodeDeclaration;
