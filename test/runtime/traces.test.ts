import 'should';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import should from 'should';
import { traceContextIn } from '../../model/trace-context.ts';
import { OtlpExporter } from '../../runtime/telemetry/otlp-exporter.ts';
import { otlpSettings } from '../../runtime/telemetry/otlp-settings.ts';
import type { Span } from '../../runtime/telemetry/span.ts';
import { ManualClock } from '../engine/manual-clock.ts';
import { until } from '../until.ts';
import { eventIn } from './event-in-flow.ts';
import { entry, func, node, policy, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';
import { type CollectedSpan, OtlpCollector } from './otlp-collector.ts';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector.example:4318/' };

describe('Where spans go', () => {
  it('is nowhere unless the environment says so', () => {
    should(otlpSettings({})).be.undefined();
    should(otlpSettings({ ...endpoint, OTEL_SDK_DISABLED: 'true' })).be.undefined();
    should(otlpSettings({ ...endpoint, OTEL_TRACES_EXPORTER: 'none' })).be.undefined();
  });

  it('is said by the variables that every SDK reads', () => {
    otlpSettings(endpoint)!.should.match({ ratio: 1, followsParent: true, headers: {}, resource: { 'service.name': 'ps-connect' } });
    otlpSettings(endpoint)!.url.href.should.equal('https://collector.example:4318/v1/traces');
    const settings = otlpSettings({
      ...endpoint,
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/own',
      OTEL_EXPORTER_OTLP_HEADERS: 'api-key=a%3Db, x-team = psa ,broken',
      OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-team=billing',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test,service.name=other',
      OTEL_SERVICE_NAME: 'psa-integration',
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.25',
    })!;
    settings.url.href.should.equal('http://127.0.0.1:4318/own');
    settings.headers.should.deepEqual({ 'api-key': 'a=b', 'x-team': 'billing' });
    settings.resource.should.deepEqual({ 'deployment.environment.name': 'test', 'service.name': 'psa-integration' });
    settings.should.match({ ratio: 0.25, followsParent: false });
  });

  for (const [name, value] of [
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318'],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'not an address with s3cret'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'https://ana:s3cret@collector.example'],
    ['OTEL_EXPORTER_OTLP_HEADERS', 'a b=s3cret'],
    ['OTEL_TRACES_EXPORTER', 'console'],
    ['OTEL_BSP_SCHEDULE_DELAY', 'often'],
    ['OTEL_TRACES_SAMPLER', 'sometimes'],
    ['OTEL_TRACES_SAMPLER_ARG', '-1'],
  ] as const) {
    it(`names ${name} where that cannot be used, and not what it holds`, () => {
      const environment = { ...endpoint, OTEL_TRACES_SAMPLER: 'traceidratio', [name]: value };
      should(() => otlpSettings(environment)).throw({ field: name, class: 'contract.invalid' });
      should(() => otlpSettings(environment)).not.throw(/s3cret/);
    });
  }

  it('follows a trace context only where it is one', () => {
    const [trace, span] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];
    should(traceContextIn(`00-${trace}-${span}-01`)).deepEqual({ traceId: trace, spanId: span, sampled: true });
    should(traceContextIn(`00-${trace}-${span}-00`)!.sampled).be.false();
    should(traceContextIn(`cc-${trace}-${span}-03-what-comes-later`)!.sampled).be.true();
    const none = [
      `00-${'0'.repeat(32)}-${span}-01`,
      `00-${trace}-${'0'.repeat(16)}-01`,
      `ff-${trace}-${span}-01`,
      `00-${trace}-${span}-01-more`,
    ];
    for (const other of [...none, `00-${trace.toUpperCase()}-${span}-01`, '', undefined, 7, {}, 'x'.repeat(1e6)])
      should(traceContextIn(other)).be.undefined();
  });
});

describe('Spans that are sent', () => {
  let collector: OtlpCollector;
  let url: string;
  beforeEach(async () => {
    collector = new OtlpCollector();
    url = await collector.start();
  });
  afterEach(() => collector.stop());

  const span = (n: number): Span => ({
    ...{
      traceId: `1${n.toString(16).padStart(31, '0')}`,
      spanId: `1${n.toString(16).padStart(15, '0')}`,
      name: 'process x',
      kind: 'consumer',
    },
    ...{ beganAt: 1_796_000_000_000, endedAt: 1_796_000_000_000 - 5, attributes: { n, of: 'the test', none: undefined } },
  });
  const exporterTo = (address: string, clock = new ManualClock()) => {
    const said: string[] = [];
    const settings = otlpSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: address, OTEL_EXPORTER_OTLP_HEADERS: 'api-key=k' })!;
    return { said, clock, exporter: new OtlpExporter(settings, { version: '1', clock, say: (line) => said.push(line) }) };
  };

  it('keep what OTLP says, all of them, with the collector’s key', async () => {
    const { exporter, said } = exporterTo(url);
    for (let n = 1; n <= 1_500; n++) exporter.add(span(n));
    await exporter.flush();
    await exporter.flush();
    collector.refused.should.be.empty();
    new Set(collector.spans.map(({ spanId }) => spanId)).size.should.equal(1_500);
    collector.requests.every((headers) => headers['api-key'] === 'k').should.be.true();
    said.should.be.empty();
  });

  it('wait where the collector says so, and are given up where it refuses them; that is said once, and when it is over', async () => {
    const { exporter, said, clock } = exporterTo(url);
    collector.answers = [{ status: 503 }, { status: 429, headers: { 'Retry-After': '86400' } }];
    exporter.add(span(1));
    let sent = false;
    const began = clock.now();
    void exporter.flush().then(() => (sent = true));
    // each pause is over as soon as it begins
    await until(
      () => {
        clock.step();
        return sent;
      },
      () => 'they are sent',
    );
    collector.spans.should.have.length(1);
    (clock.now() - began).should.be.within(61_000, 62_000);
    said.should.have.length(2); // at the first trouble, and when it was over
    said.length = 0;
    collector.answers = [{ status: 400 }, { status: 413 }];
    for (const n of [2, 3, 4]) {
      exporter.add(span(n));
      await exporter.flush();
    }
    collector.spans.should.have.length(2);
    said.should.have.length(2);
    said[0]!.should.match(/does not take spans \(HTTP 400\)/);
    said[1]!.should.match(/takes spans again; left out meanwhile: 2$/);
  });

  it('take no more room than some thousand while nobody takes them', async () => {
    const { exporter, said } = exporterTo('http://127.0.0.1:1');
    for (let n = 1; n <= 100_000; n++) exporter.add(span(n));
    should((exporter as unknown as { waiting: unknown[] }).waiting.length).be.belowOrEqual(4_096);
    said.should.be.empty();
  });
});

describe('The work of a Node-RED as spans', function () {
  this.timeout(90_000);
  const collector = new OtlpCollector();
  let collectorUrl: string;
  let live: LiveNodeRed;
  let receiver: Server;
  const [trace, parent] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331'];

  before(async () => {
    receiver = createServer((request, response) => {
      request.resume();
      response.writeHead(202).end();
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    live = await LiveNodeRed.start({
      environment: {
        OTEL_EXPORTER_OTLP_ENDPOINT: (collectorUrl = await collector.start()),
        OTEL_SERVICE_NAME: 'psa-integration',
        OTEL_BSP_SCHEDULE_DELAY: '100',
        RECEIVER_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      },
    });
    await live.deploy([
      ...[tab(), policy(), entry('tell'), { ...eventIn({ signature: 'none' }), wires: [['check']] }],
      func('check', 'if (msg.payload.bad) throw new Error("bad: ada.berg@client.example"); return msg;', [['tell']]),
      {
        ...{ id: 'receiver', type: 'system-connection', system: 'event-receiver', eventReceiverEnvironment: 'RECEIVER' },
        ...{ eventReceiverUrl: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`, eventReceiverTimeoutMs: 30_000 },
      },
      node('tell', 'business-event-out', [[]], {
        ...{ connection: 'receiver', eventType: 'com.example.told', eventSource: '/here', policy: 'policy' },
        ...{ subject: 'payload.id', subjectType: 'msg', data: 'payload', dataType: 'msg', eventId: '', eventIdType: 'jsonata' },
      }),
    ]);
  });
  after(async () => {
    await live?.end();
    receiver?.close();
    collector.stop();
  });

  const of = (traceId: string) => collector.spans.filter((span) => span.traceId === traceId);
  const seen = (traceId: string, count: number) =>
    live.until(
      () => of(traceId).length >= count,
      `${count} spans of ${traceId} are there: ${JSON.stringify(of(traceId).map(({ name }) => name))}`,
    );
  const named = (traceId: string, name: string): CollectedSpan[] => of(traceId).filter((span) => span.name === name);
  const traceOfRun = (id: string) => id.replaceAll('-', '');

  it('has the run, its delivery and its write in the trace that the event came with', async () => {
    const sent = await fetch(`${live.editor}/events/time`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', traceparent: `00-${trace}-${parent}-01` },
      body: JSON.stringify({ id: 'T-1' }),
    });
    sent.status.should.equal(202);
    await seen(trace, 3);
    collector.refused.should.be.empty();
    collector.resource.should.match({ 'service.name': 'psa-integration' });
    const [run, delivery, write] = ['process tab', 'deliver tab', 'write event-receiver'].map((name) => named(trace, name)[0]);
    run!.should.match({ parentSpanId: parent, kind: 5, status: {} });
    delivery!.should.match({ parentSpanId: run!.spanId, kind: 1 });
    write!.should.match({ parentSpanId: delivery!.spanId, kind: 3 });
    should(collector.attribute(run!, 'psconnect.outcome')).equal('done');
    should(delivery!.links).be.undefined();
  });

  it('leaves out what whoever has begun the trace does not want to keep', async () => {
    const unwanted = '1'.repeat(32);
    await fetch(`${live.editor}/events/time`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', traceparent: `00-${unwanted}-${parent}-00` },
      body: JSON.stringify({ id: 'T-2' }),
    });
    live.receive('entry', { payload: { id: 'T-3' }, topic: 'T-3' });
    const { id } = await live.ended('T-3');
    await seen(traceOfRun(id), 3);
    of(unwanted).should.be.empty();
  });

  it('goes on in one trace over a dead letter, a kill and its replay, each delivery linked to the one before; it names no person', async () => {
    const [event] = [{ id: 'T-4', bad: true }];
    await fetch(`${live.editor}/events/time`, {
      ...{ method: 'POST', headers: { 'Content-Type': 'application/json', 'idempotency-key': 'T-4' }, body: JSON.stringify(event) },
    });
    const { id, status } = await live.ended('T-4');
    status.should.equal('dead');
    await seen(traceOfRun(id), 2);
    await live.stop('SIGKILL');
    await live.restart();
    await live.call(`/ps-connect/api/v1/dead-letters/${id}/replay`, { method: 'POST', body: { data: { id: 'T-4' } } });
    await live.until(async () => (await live.run('T-4'))?.status === 'done', 'it is done');
    await seen(traceOfRun(id), 5);
    const deliveries = named(traceOfRun(id), 'deliver tab');
    deliveries.should.have.length(2);
    deliveries[0]!.status.should.deepEqual({ code: 2 });
    should(collector.attribute(deliveries[0]!, 'error.type')).equal('internal');
    JSON.stringify(collector.spans).should.not.match(/ada\.berg/);
    const runs = named(traceOfRun(id), 'process tab');
    // begun anew it is work of its own, in the same trace
    runs.map((run) => collector.attribute(run, 'psconnect.outcome')).should.deepEqual(['dead', 'done']);
    runs.map(({ spanId }) => spanId).should.deepEqual(deliveries.map(({ parentSpanId }) => parentSpanId));
    new Set(runs.map(({ spanId }) => spanId)).size.should.equal(2);
  });

  it('is told to its end when Node-RED is told to stop', async () => {
    const slow = await LiveNodeRed.start({
      environment: { OTEL_EXPORTER_OTLP_ENDPOINT: collectorUrl, OTEL_BSP_SCHEDULE_DELAY: '600000', OTEL_SERVICE_NAME: 'stops' },
    });
    await slow.deploy([tab(), policy(), entry('end'), func('end', 'return msg;', [[]])]);
    slow.receive('entry', { payload: { id: 'T-5' }, topic: 'T-5' });
    const { id } = await slow.ended('T-5');
    named(traceOfRun(id), 'process tab').should.be.empty();
    await slow.stop('SIGTERM');
    named(traceOfRun(id), 'process tab').should.have.length(1);
    await slow.end();
  });
});
