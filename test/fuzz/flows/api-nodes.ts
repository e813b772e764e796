import { audience, callersKey, issuer } from '../api-caller.ts';
import { type FlowNode, node } from './flow-node.ts';

/** What answers calls, and one operation that nobody here has the right to. */
export function apiNodes(): FlowNode[] {
  const z = 'fuzz-apis';
  const fields = { api: 'fuzz', apiVersion: 1, access: 'fuzz-access', subject: 'payload.id & ""', subjectType: 'jsonata', maxKilobytes: 512, published: true };
  const schema = '{"type":"object","properties":{"id":{"type":"string"},"minutes":{"type":"integer"},"entry":{"$ref":"urn:psconnect:contract:time-entry:1"}}}';
  const api = (id: string, more: object) => node(z, id, 'business-api-in', [['api-answer']], { ...fields, ...more });
  return [
    { id: z, type: 'tab', label: 'APIs' },
    { id: 'fuzz-access', type: 'business-api-access', apiKeys: true, tokens: 'public-key', issuer, audience, publicKey: callersKey, callsPerMinute: 100_000, callsAtOnce: 1_000 },
    api('api-entry', { httpMethod: 'POST', path: 'entries', contract: 'time-entry' }),
    api('api-list', { httpMethod: 'PUT', path: 'entries/{day}', contract: 'time-entry', list: true, query: 'dry?', idempotency: 'optional' }),
    api('api-own', { httpMethod: 'POST', path: 'own', contract: 'own', contractSchema: schema, idempotency: 'optional' }),
    api('api-read', { httpMethod: 'GET', path: 'entries/{day}/{id}', query: 'from:date, most?:integer' }),
    api('api-closed', { httpMethod: 'POST', path: 'closed', scope: 'nobody' }),
    node(z, 'api-answer', 'business-api-response', [[]], { body: '{"done":true}', bodyType: 'json' }),
  ];
}
