import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import type { LiveNodeRed } from './live-node-red.ts';

/** As https://www.standardwebhooks.com gives them out: `whsec_` and base64. */
export const secret = `whsec_${Buffer.from('a secret of the tests, long enough').toString('base64')}`;

/** What a receiver answers. */
export interface Answered {
  status: number;
  headers: Headers;
  body: {
    accepted?: number;
    duplicates?: number;
    /** places of those that came with other content */
    differing?: number[];
    detail?: string;
    issues?: { code: string; field: string; message: string; remedy: string }[];
  };
  text: string;
}

export interface Sent {
  body: string | Buffer;
  headers?: Record<string, string>;
  path?: string;
  method?: string;
  /** leave unsigned */
  unsigned?: boolean;
}

/** Headers that sign a body by Standard Webhooks. */
export function standardHeaders(
  body: string | Buffer,
  { id = 'msg_1', at = Date.now(), by = secret }: { id?: string; at?: number; by?: string } = {},
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const key = by.startsWith('whsec_') ? Buffer.from(by.slice(6), 'base64') : by;
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

/** A CloudEvent as a time tool would send it. */
export function cloudEvent(id: string, more: object = {}): Record<string, unknown> {
  return { specversion: '1.0', id, source: '/time-tool', type: 'com.example.time.approved', subject: id, data: { id }, ...more };
}

/** Posts what another system would post. */
export async function post(
  live: LiveNodeRed,
  { body, headers = {}, path = '/events/time', method = 'POST', unsigned }: Sent,
): Promise<Answered> {
  const response = await fetch(`${live.editor}${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', ...(unsigned ? {} : standardHeaders(body)), ...headers },
    ...(method === 'GET' ? {} : { body: body as string }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text.startsWith('{') ? (JSON.parse(text) as Answered['body']) : {},
  };
}

/** One CloudEvent in structured mode. */
export function postEvent(live: LiveNodeRed, event: object, more: Partial<Sent> = {}): Promise<Answered> {
  return post(live, { body: JSON.stringify(event), ...more, headers: { 'Content-Type': 'application/cloudevents+json', ...more.headers } });
}

/** Writes bytes to the port as they are, and answers what comes back until the connection ends. */
export async function raw(live: LiveNodeRed, bytes: string | Buffer, { thenEnd = false } = {}): Promise<string> {
  const socket = connect(Number(new URL(live.editor).port), '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => (answer += data.toString()));
  socket.on('error', () => undefined); // a server may cut off what it does not want
  socket.write(bytes);
  if (thenEnd) socket.end();
  await new Promise((resolve) => socket.once('close', resolve));
  return answer;
}
