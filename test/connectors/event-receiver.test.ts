import should from 'should';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEventReceiver } from '../../connectors/event-receiver/connector.ts';
import { eventReceiverSettings } from '../../connectors/event-receiver/settings.ts';
import { Failure } from '../../model/failure.ts';
import type { EventToPublish } from '../../model/operations.ts';
import { inGerman } from '../model/in-german.ts';
import { InMemoryEffects } from './in-memory-effects.ts';

const event: EventToPublish = {
  id: 'e-1',
  source: '/here',
  type: 'com.example.told',
  subject: 'ENG-1',
  time: '2026-11-02T09:00:00.000Z',
  data: { code: 'ENG-1' },
};

describe('A receiver of events', () => {
  let server: Server;
  let url: string;
  let answer: { status: number; headers?: Record<string, string>; body?: string };
  let asked: { method: string | undefined; headers: IncomingHttpHeaders; body: string }[];
  before(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        asked.push({ method: request.method, headers: request.headers, body });
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a/path?key=1`;
  });
  after(() => server.close());
  beforeEach(() => {
    asked = [];
    answer = { status: 202 };
  });

  const publish = (more: object = {}) =>
    createEventReceiver({ url, secret: 'a secret of the tests', ...more }).operations['event.publish'](event, {
      effects: new InMemoryEffects(),
      signal: new AbortController().signal,
    });
  const refusal = async (given: typeof answer) => {
    answer = given;
    return Failure.from(
      await publish().then(
        () => new Error('it was taken'),
        (error: unknown) => error,
      ),
    );
  };

  for (const [what, given] of Object.entries({
    'without a body': { status: 204 },
    'with a word': { status: 200, body: 'ok' },
    'with JSON': { status: 201, headers: { 'Content-Type': 'application/json' }, body: '{"queued":true}' },
  })) {
    it(`acknowledges ${what}`, async () => {
      answer = given;
      (await publish()).should.deepEqual({ id: 'e-1', status: given.status });
      asked[0]!.method!.should.equal('POST');
      JSON.parse(asked[0]!.body).should.containDeep({ specversion: '1.0', id: 'e-1', subject: 'ENG-1', data: { code: 'ENG-1' } });
    });
  }

  it('that answers with a web page has acknowledged nothing', async () => {
    const failure = await refusal({ status: 200, headers: { 'Content-Type': 'text/html' }, body: '<html>Maintenance</html>' });
    failure.should.have.properties({ class: 'transient.unavailable', outcome: 'unknown' });
    inGerman(failure).message.should.match(/nicht von dem Empfänger/);
  });

  for (const [status, failureClass, code] of [
    [301, 'auth.denied', 'RECEIVER_MOVED'],
    [401, 'auth.denied', 'SIGNATURE_REFUSED'],
    [403, 'auth.denied', 'SENDER_REFUSED'],
    [404, 'auth.denied', 'NOBODY_LISTENS'],
    [405, 'auth.denied', 'NOBODY_LISTENS'],
    [408, 'transient.timeout', 'RECEIVER_SLOW'],
    [410, 'business.rejected', 'RECEIVER_GONE'],
    [415, 'business.rejected', 'EVENT_REFUSED'],
    [425, 'transient.unavailable', 'RECEIVER_AWAY'],
    [429, 'transient.throttled', 'RECEIVER_FULL'],
    [503, 'transient.unavailable', 'RECEIVER_AWAY'],
  ] as const) {
    it(`that answers ${status} is ${code}, with its own words beside ours, and follows no other address`, async () => {
      const failure = await refusal({ status, headers: { Location: 'http://127.0.0.1:9/' }, body: '{"detail":"Come again."}' });
      failure.should.have.properties({ class: failureClass, code, system: 'event-receiver', record: 'event ENG-1', status });
      failure.message.should.containEql(String(status));
      if (status >= 400) failure.message.should.containEql('Come again.');
      should(failure.remedy).be.ok();
      asked.length.should.equal(1);
    });
  }

  it('is told the name by which it knows us, where it has one', async () => {
    await publish({ origin: 'node-red.firm.example' });
    should(asked[0]!.headers['webhook-request-origin']).equal('node-red.firm.example');
  });

  it('is asked whether it is there by a question that sends nothing', async () => {
    const test = () => createEventReceiver({ url, secret: 'a secret of the tests' }).test();
    answer = { status: 405 };
    (await test()).should.have.properties({ ok: true });
    answer = { status: 200, headers: { 'WebHook-Allowed-Origin': '*' } };
    (await test()).message.should.match(/lets \* send/);
    answer = { status: 404 };
    (await test()).should.have.properties({ ok: false });
    asked.map(({ method, body }) => `${method}${body}`).should.deepEqual(['OPTIONS', 'OPTIONS', 'OPTIONS']);
  });

  for (const [field, given] of Object.entries({
    url: { url: ' ' },
    signature: { signature: 'rot13' },
    secret: { secret: '' },
    'secret ': { secret: 'whsec_not base64!' },
    signatureHeader: { signature: 'hmac-sha256', signatureHeader: 'X Y' },
    origin: { origin: 'a b' },
    timeoutMs: { timeoutMs: 0.5 },
  })) {
    it(`is refused with a wrong ${field.trim()}${field.endsWith(' ') ? ' that looks like one' : ''}`, () => {
      should(() => eventReceiverSettings({ url: 'https://receiver.example', secret: 'a', ...given })).throw({ field: field.trim() });
    });
  }

  it('is spoken to in plain text on this machine alone', () => {
    should(() => eventReceiverSettings({ url: 'http://receiver.example', secret: 'a' })).throw(/http/);
  });
});
