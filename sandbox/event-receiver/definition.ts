import { createHmac } from 'node:crypto';
import type { Request, Response } from 'express';
import type { SimRequest, Simulator, SystemDefinition } from '../simulator.ts';

interface Received {
  id: string;
  source: string;
  type: string;
  subject?: string;
  data: unknown;
}

interface ReceiverState {
  /** by source and id */
  events: Record<string, Received>;
  /** types that it does not want */
  refusedTypes: string[];
}

const secret = `whsec_${Buffer.from('the sandbox and its receiver know').toString('base64')}`;
const toleranceMs = 300_000;

/**
 * A receiver of CloudEvents by webhook, signed by Standard Webhooks, that asks senders for nothing else. An event that it has is acknowledged again and
 * not taken again. https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md
 */
export const eventReceiver: SystemDefinition<ReceiverState> = {
  name: 'event-receiver',
  emptyState: () => ({ events: {}, refusedTypes: [] }),
  credentials: ({ url }) => ({ url: `${url}/events`, secret }),
  expireTokens: () => undefined,
  load: (sim, data) => {
    const { refusedTypes, events = [] } = data as { refusedTypes?: string[]; events?: Received[] };
    if (refusedTypes) sim.state.refusedTypes = refusedTypes;
    for (const event of events) sim.state.events[identity(event)] = event;
  },
  routes(app, sim) {
    app.options(['/', '/events'], (request, response) => {
      const origin = request.headers['webhook-request-origin'];
      if (typeof origin === 'string') response.setHeader('WebHook-Allowed-Origin', origin).setHeader('WebHook-Allowed-Rate', '*');
      response.setHeader('Allow', 'POST').status(200).end();
    });
    app.post(['/', '/events'], (request, response) => receive(sim, request, response));
  },
};

const identity = ({ source, id }: Pick<Received, 'source' | 'id'>) => `${source} ${id}`;

function receive(sim: Simulator<ReceiverState>, request: Request, response: Response): void {
  const body = (request as unknown as SimRequest).rawBody;
  const refuse = (status: number, detail: string, key?: string) => {
    sim.record(request, { status, outcome: 'refused', type: 'event', ...(key === undefined ? {} : { key }) });
    response.status(status).type('application/problem+json').json({ title: 'The event was not taken', status, detail });
  };
  if (!isSigned(request, body, Date.now())) return refuse(401, 'The signature does not fit.');
  if (!/^application\/cloudevents\+json\b/.test(request.headers['content-type'] ?? '')) return refuse(415, 'Structured CloudEvents only.');
  const event = JSON.parse(body) as Received & { specversion?: string };
  const lacking = (['specversion', 'id', 'source', 'type'] as const).find((name) => typeof event[name] !== 'string' || event[name] === '');
  if (lacking) return refuse(400, `${lacking} is missing.`);
  if (sim.state.refusedTypes.includes(event.type)) return refuse(422, `Nobody here wants ${event.type}.`, event.id);
  const known = Object.hasOwn(sim.state.events, identity(event));
  if (!known) sim.state.events[identity(event)] = event;
  sim.record(request, {
    status: 202,
    outcome: known ? 'unchanged' : 'created',
    type: 'event',
    id: event.id,
    key: event.subject ?? event.id,
  });
  response.status(202).json({ accepted: known ? 0 : 1, duplicates: known ? 1 : 0 });
}

/** The text that is signed is `id.timestamp.body`. */
function isSigned({ headers }: Request, body: string, now: number): boolean {
  const [id, at, given] = [headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature']];
  if (typeof id !== 'string' || typeof at !== 'string' || typeof given !== 'string') return false;
  if (Math.abs(now - Number(at) * 1000) > toleranceMs) return false;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return given.split(' ').includes(`v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`);
}
