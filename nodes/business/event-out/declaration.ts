import type { NodeDeclaration } from '../../../declarations/node-declaration.ts';
import { connectionField, nameField, policyField } from '../../../declarations/shared-fields.ts';

/** CloudEvents 1.0 by signed webhook, durable: an event that was not acknowledged is sent again, the same to the last letter. */
export default {
  type: 'business-event-out',
  area: 'business',
  inputs: 1,
  outputs: 1,
  fields: [
    nameField,
    connectionField('event.publish'),
    { name: 'eventType', kind: 'text', default: 'com.psconnect.project.provisioned', required: true, hintShown: true },
    { name: 'eventSource', kind: 'text', default: '/ps-connect/events', required: true },
    { name: 'subject', kind: 'typed', types: ['msg', 'jsonata', 'str'], default: { type: 'msg', value: 'topic' }, required: true },
    { name: 'data', kind: 'typed', types: ['msg', 'jsonata'], default: { type: 'msg', value: 'payload' }, required: true },
    { name: 'eventId', kind: 'typed', types: ['jsonata', 'msg'], default: { type: 'jsonata', value: '' }, hintShown: true },
    policyField,
  ],
} as const satisfies NodeDeclaration;
