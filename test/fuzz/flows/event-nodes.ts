import { webhooks } from '../inputs/webhook-post.ts';
import { type FlowNode, node, policyFields } from './flow-node.ts';

/** What takes events, one for each way of signing. */
export function eventNodes(): FlowNode[] {
  const z = 'fuzz-events';
  const fields = {
    keyType: 'jsonata',
    key: 'subject',
    subject: '',
    subjectType: 'jsonata',
    eventId: '',
    eventIdType: 'jsonata',
    version: '',
    versionType: 'jsonata',
    eventType: 'com.example.fuzz',
    eventSource: '',
    environment: 'FUZZ_EVENTS',
    signatureHeader: 'X-Hub-Signature-256',
    maxKilobytes: 2_048,
  };
  const to = { standard: 'events-map', hmac: 'events-check', bearer: 'events-approval', none: 'events-wait' };
  return [
    { id: z, type: 'tab', label: 'Events' },
    { id: 'fuzz-policy', type: 'run-policy', name: 'Fuzz', ...policyFields },
    ...(['standard', 'hmac', 'bearer', 'none'] as const).map((kind) =>
      node(z, `in-${kind}`, 'business-event-in', [[to[kind]]], { ...fields, path: webhooks[kind].path, signature: webhooks[kind].scheme }),
    ),
    node(z, 'events-map', 'canonical-map', [['events-engagement']], {
      contract: 'none',
      preset: 'custom',
      expression: '$merge([payload, {"status": "approved"}])',
    }),
    node(z, 'events-engagement', 'contract-check', [['events-heard'], ['events-dead']], { contract: 'engagement' }),
    node(z, 'events-check', 'contract-check', [['events-heard'], ['events-dead']], { contract: 'time-entry' }),
    node(z, 'events-approval', 'run-approval', [['events-heard'], ['events-heard'], ['events-heard'], ['events-heard']], {
      title: 'payload.note & " " & payload.id',
      titleType: 'jsonata',
      details: 'payload',
      detailsType: 'jsonata',
      autoApprove: 'payload.minutes < 100',
      autoApproveType: 'jsonata',
      expiresAfterHours: 1,
      onExpiry: 'reject',
      escalateAfterHours: 0.5,
      severity: 'high',
    }),
    node(z, 'events-wait', 'run-wait', [['events-heard']], { mode: 'for', amount: 1, unit: 'seconds' }),
    node(z, 'events-dead', 'dead-letter', [['events-heard']], { reason: '', emit: 'flow' }),
    node(z, 'events-heard', 'fuzz-listener', []),
    node(z, 'events-catch', 'catch', [['events-heard']], { scope: null, uncaught: false }),
  ];
}
