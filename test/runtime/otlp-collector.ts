import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CollectedSpan {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: { key: string; value: { stringValue?: string; intValue?: string } }[];
  links?: { traceId: string; spanId: string }[];
  status: { code?: number };
}

/** Takes spans as a collector does that knows OTLP's JSON and nothing else: what does not keep it is refused with 400. */
export class OtlpCollector {
  readonly spans: CollectedSpan[] = [];
  readonly requests: IncomingMessage['headers'][] = [];
  readonly refused: string[] = [];
  resource: Record<string, string> = {};
  /** answers of the next requests, before it takes any */
  answers: { status: number; headers?: Record<string, string> }[] = [];
  private readonly server = createServer((request, response) => void this.take(request, response));

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  attribute({ attributes }: CollectedSpan, name: string): string | undefined {
    const value = attributes.find(({ key }) => key === name)?.value;
    return value?.stringValue ?? value?.intValue;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.requests.push(request.headers);
    const told = this.answers.shift();
    if (told) return void response.writeHead(told.status, told.headers).end();
    const wrong = this.read(request, Buffer.concat(chunks).toString('utf8'));
    this.refused.push(...wrong);
    response.writeHead(wrong.length > 0 ? 400 : 200, { 'Content-Type': 'application/json' }).end('{"partialSuccess":{}}');
  }

  /** https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
  private read({ method, url, headers }: IncomingMessage, body: string): string[] {
    if (method !== 'POST' || url !== '/v1/traces') return [`${method} ${url}`];
    if (headers['content-type'] !== 'application/json') return [`content type ${headers['content-type']}`];
    const { resourceSpans } = JSON.parse(body) as {
      resourceSpans: { resource: { attributes: CollectedSpan['attributes'] }; scopeSpans: { scope: object; spans: CollectedSpan[] }[] }[];
    };
    const wrong: string[] = [];
    for (const { resource, scopeSpans } of resourceSpans) {
      this.resource = Object.fromEntries(resource.attributes.map(({ key, value }) => [key, value.stringValue ?? '']));
      for (const { spans } of scopeSpans) for (const span of spans) wrong.push(...faultsOf(span).map((fault) => `${span.name}: ${fault}`));
      this.spans.push(...scopeSpans.flatMap(({ spans }) => spans));
    }
    return wrong;
  }
}

const known =
  'traceId spanId parentSpanId traceState flags name kind startTimeUnixNano endTimeUnixNano attributes links events status'.split(' ');
const id = (digits: number) => new RegExp(`^(?!0+$)[0-9a-f]{${digits}}$`);

function faultsOf(span: CollectedSpan): string[] {
  const faults = Object.keys(span)
    .filter((name) => !known.includes(name))
    .map((name) => `field ${name}`);
  const must = (holds: boolean, what: string) => void (holds || faults.push(what));
  must(id(32).test(span.traceId), 'traceId');
  must(id(16).test(span.spanId), 'spanId');
  must(span.parentSpanId === undefined || id(16).test(span.parentSpanId), 'parentSpanId');
  must(span.name !== '', 'name');
  must(Number.isInteger(span.kind) && span.kind >= 1 && span.kind <= 5, 'kind');
  for (const time of [span.startTimeUnixNano, span.endTimeUnixNano]) must(/^1[6-9]\d{17}$/.test(time), `time ${time}`);
  must(BigInt(span.endTimeUnixNano) >= BigInt(span.startTimeUnixNano), 'ends before it begins');
  for (const { key, value } of span.attributes) {
    const { stringValue, intValue } = value;
    must(key !== '' && Object.keys(value).length === 1, `attribute ${key}`);
    must(typeof stringValue === 'string' || /^-?\d+$/.test(String(intValue)), `attribute ${key}`);
  }
  for (const link of span.links ?? []) must(id(32).test(link.traceId) && id(16).test(link.spanId), 'link');
  must([undefined, 1, 2].includes(span.status.code), 'status');
  return faults;
}
