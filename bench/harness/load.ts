import { createRequire } from 'node:module';
import { signedEvent } from './signed-event.ts';

interface Request {
  body?: string;
  headers?: Record<string, string>;
}
interface AutocannonOptions {
  url: string;
  method: 'POST';
  connections: number;
  duration?: number;
  amount?: number;
  timeout: number;
  requests: { setupRequest(request: Request): Request }[];
}
interface AutocannonResult {
  latency: { p50: number; p99: number };
  errors: number;
  timeouts: number;
  non2xx: number;
}
interface Instance extends PromiseLike<AutocannonResult> {
  on(event: 'response', listener: (client: unknown, status: number) => void): void;
}

/** autocannon has no types of its own (npmjs.com/package/autocannon, "API"). */
const autocannon = createRequire(import.meta.url)('autocannon') as (options: AutocannonOptions) => Instance;

export interface LoadOptions {
  url: string;
  connections?: number;
  /** either of the two */
  seconds?: number;
  amount?: number;
}

export interface Load {
  /** answers with a 2xx */
  answered: number;
  perSecond: number;
  medianMs: number;
  p99Ms: number;
}

let sent = 0;

/** The business message that all figures send: about 300 bytes, a signed CloudEvent with an id of its own. Plain Node-RED is sent the same bytes. */
export function nextMessage(more: object = {}): { body: string; headers: Record<string, string> } {
  const id = `T-${process.pid}-${++sent}`;
  const body = JSON.stringify({
    id,
    person: 'P-1042',
    project: 'ENG-0001',
    task: 'Integration design',
    workDate: '2026-11-20',
    minutes: 450,
    billable: true,
    note: 'Workshop with the client, then the mapping of staffing demand onto the resource plan.',
    legalEntity: 'UK01',
    currency: 'GBP',
    ...more,
  });
  return { body, headers: signedEvent(id, body) };
}

/** Closed-loop load: each connection sends its next message when the last one is answered. Any failed request fails the benchmark. */
export async function load({ url, connections = 64, seconds, amount }: LoadOptions): Promise<Load> {
  let answered = 0;
  let last = 0;
  const began = performance.now();
  const instance = autocannon({
    url,
    method: 'POST',
    connections,
    ...(seconds === undefined ? {} : { duration: seconds }),
    ...(amount === undefined ? {} : { amount }),
    timeout: 60,
    requests: [{ setupRequest: (request) => ({ ...request, ...nextMessage() }) }],
  });
  instance.on('response', (_client, status) => {
    if (status < 200 || status > 299) return;
    answered++;
    last = performance.now();
  });
  const { latency, errors, timeouts, non2xx } = await instance;
  if (errors + timeouts + non2xx > 0) throw new Error(`${url}: ${errors} errors, ${timeouts} time-outs, ${non2xx} refusals under load`);
  if (answered === 0) throw new Error(`${url}: nothing was answered`);
  return { answered, perSecond: answered / ((last - began) / 1000), medianMs: latency.p50, p99Ms: latency.p99 };
}
