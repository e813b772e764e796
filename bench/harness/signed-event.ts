import { createHmac, createSecretKey } from 'node:crypto';

/** Prefix of the variable from which **event in** takes its secret. */
export const environment = 'BENCH_EVENTS';
const secret = 'the secret with which the benchmark signs its events';
export const secretVariable = { [`${environment}_SECRET`]: secret };
const key = createSecretKey(secret, 'utf8');

/** Headers that make a JSON body a signed CloudEvent in binary mode (standardwebhooks.com; cloudevents.io, HTTP binding). */
export function signedEvent(id: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return {
    'content-type': 'application/json',
    'ce-specversion': '1.0',
    'ce-type': 'com.psconnect.time.approved',
    'ce-source': '/bench',
    'ce-id': id,
    'ce-subject': id,
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`,
  };
}
