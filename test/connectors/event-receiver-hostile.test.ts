import should from 'should';
import { gzipSync } from 'node:zlib';
import { createEventReceiver } from '../../connectors/event-receiver/connector.ts';
import { Failure } from '../../model/failure.ts';
import type { EventToPublish } from '../../model/operations.ts';
import { inGerman } from '../model/in-german.ts';
import { HostileServer, json, pour, type Reply } from './hostile-server.ts';
import { InMemoryEffects } from './in-memory-effects.ts';

const MB = 1_048_576;
const secret = 'w7Kq93mZpL0xTt5vYb2nQd8r';
const event: EventToPublish = {
  id: 'e-1',
  source: '/here',
  type: 'com.example.told',
  subject: 'ENG-1',
  time: '2026-11-02T09:00:00.000Z',
  data: 1,
};

describe('A receiver of events that means harm, or is broken,', function () {
  this.timeout(60_000);
  let server: HostileServer;
  before(async () => {
    server = await new HostileServer((_request, response) => json(response, {})).start();
  });
  after(() => server.stop());

  const publish = async (reply: Reply, more: object = {}) => {
    server.reply = reply;
    server.calls = 0;
    const receiver = createEventReceiver({ url: server.url, secret, signature: 'bearer', timeoutMs: 20_000, ...more });
    try {
      return await receiver.operations['event.publish'](event, { effects: new InMemoryEffects(), signal: new AbortController().signal });
    } finally {
      await receiver.close();
    }
  };
  const refusal = async (reply: Reply, more: object = {}): Promise<Failure> => {
    const failure = await publish(reply, more).then(
      (taken) => should.fail(taken, undefined, `taken: ${JSON.stringify(taken)}`),
      (error: unknown) => error,
    );
    Failure.is(failure).should.equal(true);
    const told = JSON.stringify(failure);
    told.length.should.be.below(12_000);
    told.should.not.containEql(secret.slice(0, 8));
    inGerman(failure as Failure).message.should.not.equal((failure as Failure).message);
    server.calls.should.equal(1);
    return failure as Failure;
  };

  for (const [what, reply] of Object.entries<Reply>({
    'without end': (_request, response) => pour(response.writeHead(202), Buffer.alloc(MB, 'a'), 500 * MB),
    'that is a small bomb': (_request, response) => {
      const bomb = Buffer.concat(Array<Buffer>(30).fill(gzipSync(Buffer.alloc(20 * MB, ' '), { level: 9 })));
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
    },
    'of half a letter': (_request, response) => response.writeHead(200).end(Buffer.from([0xc3])),
  })) {
    it(`acknowledges by its status, with words ${what}: no more of them is read than is looked at`, async () => {
      const before = process.memoryUsage().rss;
      (await publish(reply)).status.should.be.within(200, 202);
      (process.memoryUsage().rss - before).should.be.below(200 * MB);
      server.calls.should.equal(1);
    });
  }

  it('has acknowledged nothing where a web page begins the words', async () => {
    const page = (_request: unknown, response: Parameters<Reply>[1]) =>
      pour(
        response.writeHead(200, { 'Content-Type': 'text/html' }).on('error', () => undefined),
        Buffer.from(`<html>${'a'.repeat(20_000)}`),
        5 * MB,
      );
    (await refusal(page)).should.have.properties({ class: 'transient.unavailable', outcome: 'unknown' });
  });

  it('that never ends its answer is left in the time of the call, and the event is sent again later', async () => {
    const drip: Reply = (_request, response) => {
      response.writeHead(202);
      const timer = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(timer));
    };
    (await refusal(drip, { timeoutMs: 1_000 })).should.have.properties({ class: 'transient.timeout', outcome: 'unknown' });
  });

  it('that leads elsewhere is not followed: the secret would go there', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      const moved: Reply = (_request, response) => response.writeHead(status, { Location: `${server.url}/other` }).end();
      (await refusal(moved)).should.have.properties({ class: 'auth.denied', code: 'RECEIVER_MOVED', outcome: 'not-made' });
    }
  });

  for (const [what, detail] of Object.entries({
    'of 5 MB': 'x'.repeat(5 * MB),
    'that repeats the secret where it is cut off': `${'x'.repeat(290)}${secret}`,
    'that repeats the secret in its header': `Authorization: Bearer ${secret}`,
    'of lines and marks that forge others': 'a\n\u202e\u0000[31m error',
    'of half a character': '\ud800',
  })) {
    it(`that refuses with words ${what} is told in short, without what was sent`, async () => {
      const failure = await refusal((_request, response) => json(response, { detail }, 422));
      failure.should.have.properties({ class: 'business.rejected', field: 'type', outcome: 'not-made', status: 422 });
      failure.message.length.should.be.below(1_000);
    });
  }

  it('that refuses in another form than words is told by its status', async () => {
    for (const body of [
      { detail: { toString: 1 } },
      { detail: ['a'] },
      { detail: 7 },
      '["',
      'null',
      '{"__proto__":{"detail":"x"}}',
      '[]',
    ]) {
      (await refusal((_request, response) => json(response, body, 422))).message.should.match(/\(422\)/);
    }
    const long: Reply = (_request, response) => response.writeHead(503, { 'X-Long': 'x'.repeat(300_000) }).end();
    (await refusal(long)).class.should.match(/^(transient|contract)\./);
  });
});
