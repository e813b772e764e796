import { node } from './flow-parts.ts';
import type { FlowNode } from './live-node-red.ts';

/** A node that is sent events at `events/time`, signed with the secret of the tests. */
export const eventIn = (more: object = {}, id = 'in'): FlowNode =>
  node(id, 'business-event-in', [['sink']], {
    path: 'events/time',
    signature: 'standard-webhooks',
    environment: 'TIME_EVENTS',
    key: 'subject',
    keyType: 'jsonata',
    subject: '',
    subjectType: 'jsonata',
    eventId: '',
    eventIdType: 'jsonata',
    version: '',
    versionType: 'jsonata',
    eventType: 'com.example.time.approved',
    eventSource: '',
    maxKilobytes: 64,
    policy: 'policy',
    ...more,
  });
