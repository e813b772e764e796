import type { HttpExpectation, HttpInput } from './input.ts';
import type { Random } from './input-random.ts';

/** Where events are taken, and how they are signed there. */
export const webhooks = {
  standard: { path: 'events/standard', scheme: 'standard-webhooks' },
  hmac: { path: 'events/hmac', scheme: 'hmac-sha256' },
  bearer: { path: 'events/bearer', scheme: 'bearer' },
  none: { path: 'events/none', scheme: 'none' },
  template: { path: 'events/time-approved', scheme: 'standard-webhooks' },
} as const;
export type Webhook = keyof typeof webhooks;

export const structured = 'application/cloudevents+json';
export const batched = 'application/cloudevents-batch+json';

interface Post {
  family: string;
  webhook: Webhook;
  type: string;
  body: string | Buffer;
  headers?: [string, string][];
  expects?: HttpExpectation;
}

/** A request to one of them, signed as it asks for. */
export function post({ family, webhook, type, body, headers = [], expects = {} }: Post): HttpInput {
  const { path, scheme } = webhooks[webhook];
  return {
    kind: 'webhook',
    family: `webhook: ${family}`,
    house: 'users',
    method: 'POST',
    path: `/${path}`,
    headers: [['content-type', type], ...headers],
    body: Buffer.from(body as string),
    ...(scheme === 'none' ? {} : { sign: { scheme } }),
    expects: { ours: true, hidesPersons: true, ...expects },
  };
}

export const anyWebhook = (random: Random): Webhook => random.pick(['standard', 'hmac', 'bearer', 'none', 'template'] as const);
