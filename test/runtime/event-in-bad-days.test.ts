import 'should';
import should from 'should';
import { eventIn } from './event-in-flow.ts';
import { policy, sink, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';
import { cloudEvent, post, postEvent, raw, secret } from './webhook-sender.ts';

const flow = (more: object = {}) => [tab(), policy(), eventIn(more), sink()];
const environment = { TIME_EVENTS_SECRET: secret };

describe('An event that was acknowledged', function () {
  this.timeout(60_000);
  let live: LiveNodeRed | undefined;
  afterEach(() => live?.end());

  it('is there after the process was killed in the same moment', async () => {
    live = await LiveNodeRed.start({ environment });
    await live.deploy(flow());
    const acknowledged: string[] = [];
    const senders = Array.from({ length: 8 }, async (_, sender) => {
      for (let n = 0; ; n++) {
        const id = `KILL-${sender}-${n}`;
        try {
          if ((await postEvent(live!, cloudEvent(id))).status === 202) acknowledged.push(id);
        } catch {
          return; // killed
        }
      }
    });
    await live.until(() => acknowledged.length >= 100, 'events come in');
    await live.stop('SIGKILL');
    await Promise.all(senders);
    await live.restart();
    for (const id of acknowledged) (await live.ended(id)).status.should.equal('done', id);
  });
});

describe('What somebody sends who means no good', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  before(async () => {
    live = await LiveNodeRed.start({ environment, settings: "httpNodeRoot: '/in'," });
    await live.deploy(flow({ signature: 'none', environment: '' }));
  });
  after(() => live?.end());
  afterEach(async () => {
    const answer = await postEvent(live, cloudEvent(`AFTER-${Date.now()}`), { path });
    answer.status.should.equal(202, 'the node goes on');
    live.log.join('').should.not.match(/unhandled|uncaught|TypeError|RangeError/i);
  });

  const path = '/in/events/time';
  const send = (body: string | Buffer, headers: Record<string, string> = {}) => post(live, { body, headers, path, unsigned: true });
  const head = (lines: string[]) => [`POST ${path} HTTP/1.1`, 'Host: a', 'Connection: close', ...lines, '', ''].join('\r\n');

  it('is answered in words when it is nested, named or encoded to do harm', async () => {
    const bodies: [string | Buffer, string][] = [
      ['['.repeat(30_000) + ']'.repeat(30_000), 'EVENT_DATA'],
      [`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 'EVENT_DATA'],
      ['{"__proto__":{"admin":true}}', 'EVENT_DATA'],
      [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'BODY_NOT_UTF8'],
      ['{"a":"b\u0000"}', 'BODY_NOT_JSON'],
      ['\u0000', 'BODY_NOT_JSON'],
      ['', 'BODY_NOT_JSON'],
      ['{"a":1}{"b":2}', 'BODY_NOT_JSON'],
    ];
    for (const [body, code] of bodies) {
      const answer = await send(body);
      answer.status.should.equal(400, code);
      answer.body.issues![0]!.code.should.equal(code);
    }
    const named = `${JSON.stringify(cloudEvent('H-1')).slice(0, -1)},"__proto__":{"admin":true},"constructor":{"prototype":1}}`;
    (await send(named, { 'Content-Type': 'application/cloudevents+json' })).status.should.equal(400);
  });

  it('is taken as it is where it is only strange', async () => {
    const odd = cloudEvent('H-2', { data: { text: 'a\u0000b', half: '\ud83d', constructor: 'Bau GmbH', big: 1e400, '': 'no name' } });
    (await postEvent(live, odd, { path })).status.should.equal(202);
    const run = await live.ended('H-2');
    const { event } = (await live.get<{ run: { event: { data: object } } }>(`/runs/${run.id}`)).run;
    event.data.should.have.properties({ text: 'a\u0000b', constructor: 'Bau GmbH', '': 'no name' });
  });

  it('is cut off by Node.js when its headers are huge or its request is none', async () => {
    (await raw(live, head([`X-Large: ${'x'.repeat(20_000)}`]))).should.match(/^HTTP\/1.1 431/);
    (await raw(live, 'POST\r\n\r\n')).should.match(/^HTTP\/1.1 400/);
  });

  it('is not believed in how long it is', async () => {
    const type = 'Content-Type: application/json';
    // less than said: the sender hangs up, and nothing is taken
    await raw(live, `${head([type, 'Content-Length: 50', 'Idempotency-Key: SHORT'])}{"a":1}`, { thenEnd: true });
    should(await live.run('SHORT')).equal(undefined);
    // more than said: the first bytes are no JSON
    (await raw(live, `${head([type, 'Content-Length: 3'])}{"a":1}`)).should.match(/^HTTP\/1.1 400/);
    (await raw(live, head([type, 'Content-Length: 99999999999']))).should.match(/^HTTP\/1.1 413/);
    (await raw(live, head([type, 'Content-Length: -1']))).should.match(/^HTTP\/1.1 400/);
    (await raw(live, `${head([type, 'Content-Length: 5', 'Transfer-Encoding: chunked'])}0\r\n\r\n`)).should.match(/^HTTP\/1.1 400/);
  });

  it('finds the same node by the whole address and none by another way of writing the path', async () => {
    const body = JSON.stringify(cloudEvent('H-3'));
    const lines = [
      'Host: a',
      'Connection: close',
      'Content-Type: application/cloudevents+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ];
    (await raw(live, [`POST http://a${path} HTTP/1.1`, ...lines].join('\r\n'))).should.match(/^HTTP\/1.1 202/);
    for (const other of ['/in/events/%74ime', '/in/Events/time', '/in/events/time/x', '/events/time']) {
      (await raw(live, [`POST ${other} HTTP/1.1`, ...lines].join('\r\n'))).should.match(/^HTTP\/1.1 404/, other);
    }
    for (const same of [`${path}/?a=b`, '/in//events//time']) {
      (await raw(live, [`POST ${same} HTTP/1.1`, ...lines].join('\r\n'))).should.match(/^HTTP\/1.1 202/, same);
    }
  });

  it('is answered at its limit, however much more is sent', async () => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const stream = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 64; n++) controller.enqueue(chunk);
        controller.close();
      },
    });
    const response = await fetch(`${live.editor}${path}`, {
      ...{ method: 'POST', body: stream, duplex: 'half' },
      headers: { 'Content-Type': 'application/json' },
    });
    response.status.should.equal(413);
  });
});
