import 'should';
import should from 'should';
import { gzipSync } from 'node:zlib';
import { callLimits } from '../../connectors/http/call-limits.ts';
import { HttpClient } from '../../connectors/http/client.ts';
import type { HttpRequest } from '../../connectors/http/http-call.ts';
import { createKantata } from '../../connectors/kantata/connector.ts';
import { createNetSuite } from '../../connectors/netsuite/connector.ts';
import { createSalesforce } from '../../connectors/salesforce/connector.ts';
import { type Failure } from '../../model/failure.ts';
import { HostileServer, json, pour } from './hostile-server.ts';
import { cpuMs } from '../cpu-time.ts';

const MB = 1_048_576;
const signal = new AbortController().signal;
const failureOf = (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    (answer) => {
      throw new Error(`It was taken: ${JSON.stringify(answer)?.slice(0, 200)}`);
    },
    (error: unknown) => error as Failure,
  );

describe('An answer of a system', function () {
  this.timeout(60_000);
  let server: HostileServer;
  let client: HttpClient;
  const get = (more: Partial<HttpRequest> = {}) => client.request({ method: 'GET', url: 'records/1', ...more });

  beforeEach(async () => {
    server = await new HostileServer((_request, response) => json(response, {})).start();
    client = new HttpClient({
      system: 'books',
      baseUrl: server.url,
      concurrency: 4,
      timeoutMs: 20_000,
      classify: (answer) => ({ class: 'transient.unavailable', code: `HTTP_${answer.status}`, message: `Status ${answer.status}.` }),
    });
  });
  afterEach(() => server.stop());

  it('of 500 MB is left after the first few, and says system, call and limit', async () => {
    server.reply = (_request, response) => pour(response.writeHead(200), Buffer.alloc(MB, '['), 500 * MB);
    const before = process.memoryUsage().rss;
    const failure = await failureOf(get({ url: 'records/1?access_token=hidden' }));
    failure.toJSON().should.containEql({ class: 'contract.drift', code: 'ANSWER_TOO_LARGE', system: 'books' });
    failure.message.should.match(/127\.0\.0\.1:\d+ to GET \/records\/1 is larger than 4 MB/).and.not.match(/hidden/);
    (process.memoryUsage().rss - before).should.be.below(150 * MB);
  });

  it('that is a small bomb is left when it has grown too much', async () => {
    // what is packed in parts is unpacked as one (RFC 1952, 2.2), and made in a thirtieth of the time
    const bomb = Buffer.concat(Array<Buffer>(30).fill(gzipSync(Buffer.alloc(20 * MB, ' '), { level: 9 })));
    bomb.length.should.be.below(0.7 * MB);
    server.reply = (_request, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
    const before = process.memoryUsage().rss;
    for (const kind of ['sign-in', 'record', 'list'] as const) {
      (await failureOf(get({ kind }))).should.containEql({ class: 'contract.drift', code: 'ANSWER_TOO_LARGE' });
    }
    (process.memoryUsage().rss - before).should.be.below(200 * MB);
  });

  it('is taken up to its limit, compressed or not', async () => {
    for (const kind of ['sign-in', 'record', 'list'] as const) {
      const most = callLimits[kind].answer;
      const exact = Buffer.from(JSON.stringify('x'.repeat(most - 2)));
      server.reply = (_request, response) => response.writeHead(200).end(exact);
      should(((await get({ kind })).body as string).length).equal(most - 2);
      server.reply = (_request, response) => response.writeHead(200).end(Buffer.concat([exact, Buffer.from(' ')]));
      (await failureOf(get({ kind }))).code.should.equal('ANSWER_TOO_LARGE');
    }
    server.reply = (_request, response) => response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{"name":"Müller"}'));
    should((await get()).body).deepEqual({ name: 'Müller' });
  });

  it('of a write that is not taken leaves the write in doubt; a request that is not sent does not', async () => {
    server.reply = (_request, response) => pour(response.writeHead(201), Buffer.alloc(MB, '['), 50 * MB);
    (await failureOf(client.request({ method: 'POST', url: 'records', body: {} }))).should.containEql({ outcome: 'unknown' });
    server.reply = (_request, response) => response.writeHead(201).end('{"id": 7');
    (await failureOf(client.request({ method: 'POST', url: 'records', body: {} }))).should.containEql({
      code: 'ANSWER_CUT',
      outcome: 'unknown',
    });
    const calls = server.calls;
    const large = await failureOf(client.request({ method: 'POST', url: 'records', body: { note: 'x'.repeat(11 * MB) } }));
    large.should.containEql({ class: 'contract.invalid', code: 'REQUEST_TOO_LARGE', outcome: 'not-made' });
    const ring: Record<string, unknown> = {};
    ring['itself'] = ring;
    (await failureOf(client.request({ method: 'POST', url: 'records', body: ring }))).should.containEql({
      code: 'REQUEST_NOT_JSON',
      outcome: 'not-made',
    });
    server.calls.should.equal(calls);
  });

  it('that refuses speaks by its status, however long its words are', async () => {
    server.reply = (_request, response) => pour(response.writeHead(503, { 'Retry-After': '1e300' }), Buffer.alloc(MB, '<'), 500 * MB);
    const failure = await failureOf(get());
    failure
      .toJSON()
      .should.deepEqual({ class: 'transient.unavailable', code: 'HTTP_503', message: 'Status 503.', system: 'books', status: 503 });
    server.reply = (_request, response) => response.writeHead(503, { 'Retry-After': '3000000' }).end();
    should((await failureOf(get())).retryAfterMs).equal(86_400_000);
  });

  it('that comes drop by drop is over in the time of the call, though it is never quiet', async () => {
    server.reply = (_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    };
    const began = performance.now();
    (await failureOf(get({ timeoutMs: 500 }))).should.containEql({ class: 'transient.timeout', code: 'ETIMEDOUT' });
    (performance.now() - began).should.be.within(400, 15_000); // the client itself would wait 20 s
    (await failureOf(client.request({ method: 'POST', url: 'x', body: {}, timeoutMs: 300 }))).should.containEql({ outcome: 'unknown' });
    client.inFlight.should.equal(0);
  });

  it('ends with the flow that asked', async () => {
    server.reply = (_request, response) => void response.writeHead(200).write('[');
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    (await failureOf(get({ signal: stop.signal }))).code.should.equal('ABORTED');
  });

  it('of 100,000 levels, and of ten million, is refused before it is parsed', async () => {
    for (const [open, close, levels] of [
      ['[', ']', 100_000],
      ['{"a":', '}', 100_000],
      ['[', '', 10_000_000],
    ] as const) {
      server.reply = (_request, response) =>
        response.writeHead(200).end(open.repeat(levels) + (open === '[' ? '' : '1') + close.repeat(levels));
      // this process also sends it
      const ms = await cpuMs(async () => {
        (await failureOf(get({ kind: 'list' }))).should.containEql({ class: 'contract.drift', code: 'ANSWER_TOO_DEEP' });
      }, 2_000);
      ms.should.be.below(2_000);
    }
    // brackets in a text are no levels, and 200 levels are taken
    server.reply = (_request, response) =>
      json(response, { text: '[{\\"'.repeat(50_000), deep: JSON.parse('['.repeat(199) + ']'.repeat(199)) as unknown });
    should((await get()).status).equal(200);
  });

  it('that is no JSON, damaged or compressed in layers is said to be so', async () => {
    for (const text of ['<html>Sign in to the hotel</html>', '\ufeff <!doctype html>', '<?xml version="1.0"?><error/>']) {
      server.reply = (_request, response) => response.writeHead(200).end(text);
      (await failureOf(get())).should.containEql({ class: 'transient.unavailable', code: 'ANSWER_FOREIGN' });
      (await failureOf(client.request({ method: 'POST', url: 'records', body: {} }))).should.containEql({ outcome: 'unknown' });
    }
    for (const text of ["{'a':1}", 'NaN', '\u0000', '{"a":1}{"b":2}']) {
      server.reply = (_request, response) => response.writeHead(200).end(text);
      (await failureOf(get())).should.containEql({ class: 'contract.drift', code: 'ANSWER_NOT_JSON' });
    }
    for (const [headers, body] of [
      [{}, '{"a":'],
      [{ 'Content-Encoding': 'gzip' }, gzipSync('{"a":"a text of some length"}').subarray(0, -12)],
    ] as const) {
      server.reply = (_request, response) => response.writeHead(200, headers).end(body);
      (await failureOf(get())).should.containEql({ class: 'transient.unavailable', code: 'ANSWER_CUT' });
      (await failureOf(client.request({ method: 'POST', url: 'records', body: {} }))).should.containEql({ outcome: 'unknown' });
    }
    for (const [encoding, body] of [
      ['gzip', Buffer.from('no gzip at all')],
      ['gzip, gzip', gzipSync(gzipSync('{}'))],
      ['zstd', Buffer.from('x')],
    ] as const) {
      server.reply = (_request, response) => response.writeHead(200, { 'Content-Encoding': encoding }).end(body);
      (await failureOf(get())).should.containEql({ class: 'contract.drift', code: 'ANSWER_ENCODING' });
    }
    server.reply = (_request, response) => response.writeHead(204, { 'Content-Encoding': 'gzip' }).end();
    should((await get()).body).equal('');
  });

  it('with headers beyond measure is refused', async () => {
    server.reply = (_request, response) => response.writeHead(200, { 'X-Much': 'x'.repeat(100_000) }).end('{}');
    (await failureOf(get())).should.containEql({ class: 'contract.drift', code: 'ANSWER_TOO_LARGE' });
    server.reply = (_request, response) => {
      for (let n = 0; n < 1_500; n++) response.setHeader(`X-${n}`, 'xxxxxxxxxx');
      response.writeHead(200).end('{}');
    };
    (await failureOf(get())).should.containEql({ class: 'contract.drift', code: 'ANSWER_TOO_LARGE' });
  });

  it('leaves its connection to the next call', async () => {
    const ports = new Set<number | undefined>();
    server.reply = (request, response) => {
      ports.add(request.socket.remotePort);
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('{}'));
    };
    for (let n = 0; n < 20; n++) await get();
    ports.size.should.equal(1);
  });

  it('can be read as it comes', async () => {
    server.reply = (_request, response) => pour(response.writeHead(200), Buffer.from('ä,b\n'.repeat(100_000)), 60 * MB);
    let letters = 0;
    const consume = async (text: AsyncIterable<string>) => {
      for await (const part of text) letters += part.replaceAll('ä', '').length;
      return 'read';
    };
    should((await get({ kind: 'stream', consume })).body).equal('read');
    letters.should.be.above(30 * MB);
  });
});

describe('What a system never stops to answer', function () {
  this.timeout(60_000);
  let server: HostileServer;
  beforeEach(async () => {
    server = await new HostileServer((_request, response) => json(response, {})).start();
  });
  afterEach(() => server.stop());

  const token = {
    access_token: '00D000000000001!AQ4AQFakeTokenFakeToken',
    instance_url: '',
    id: 'https://x/id/00D000000000001AAA/005000000000001AAA',
  };
  const salesforce = () =>
    createSalesforce({
      loginUrl: server.url,
      flow: 'client-credentials',
      clientId: 'id',
      clientSecret: 'a-secret-of-the-test',
      timeoutMs: 20_000,
    });

  it('is not asked for ever: Salesforce’s next page, NetSuite’s empty page, Kantata’s page count', async () => {
    let pages = 0;
    server.reply = (request, response) =>
      request.url!.startsWith('/services/oauth2')
        ? json(response, { ...token, instance_url: server.url })
        : json(response, { totalSize: 1, done: false, nextRecordsUrl: `/services/data/v66.0/query/${++pages}`, records: [] });
    const rows = (async () => {
      for await (const row of salesforce().query('SELECT Id FROM Account', signal)) void row;
    })();
    (await failureOf(rows)).should.containEql({ code: 'LIST_WITHOUT_END', class: 'contract.drift' });
    server.reply = (_request, response) => json(response, { items: [], hasMore: true });
    const auth = {
      kind: 'tba',
      consumerKey: 'ck',
      consumerSecret: 'consumer-secret-1',
      tokenId: 'ti',
      tokenSecret: 'token-secret-1',
    } as const;
    const netsuite = createNetSuite({ accountId: '1', baseUrl: server.url, auth });
    (await netsuite.test()).details!.should.containEql({ code: 'SUITEQL_ANSWER' });
  });

  it('is one failure of the sign-in when that answers too much, too deep, or with an address that is not safe', async () => {
    server.reply = (_request, response) => json(response, { ...token, padding: 'x'.repeat(300_000) });
    (
      await failureOf(
        salesforce()
          .serverTime()
          .then(() => salesforce().describe('Account')),
      )
    ).should.containEql({ code: 'ANSWER_TOO_LARGE' });
    server.reply = (_request, response) => json(response, `{"access_token":${'['.repeat(1_000)}${']'.repeat(1_000)}}`);
    (await failureOf(salesforce().describe('Account'))).should.containEql({ code: 'ANSWER_TOO_DEEP' });
    for (const address of [
      'http://127.attacker.example',
      'https://user:pass@evil.example',
      'ftp://127.0.0.1',
      'http://localhost.evil.example',
    ]) {
      server.reply = (_request, response) => json(response, { ...token, instance_url: address });
      (await failureOf(salesforce().describe('Account'))).code.should.match(/^URL_/);
    }
    server.reply = (_request, response) => json(response, '<html>');
    const kantata = createKantata({ baseUrl: server.url, accessToken: 'kantata-token-of-the-test' });
    (await kantata.test()).should.containEql({ ok: false });
  });

  it('is not quoted where it gives a token in the place of the address', async () => {
    server.reply = (_request, response) => json(response, { ...token, access_token: server.url, instance_url: token.access_token });
    const failure = await failureOf(salesforce().describe('Account'));
    failure.should.containEql({ code: 'TOKEN_INCOMPLETE', class: 'auth.denied' });
    JSON.stringify(failure).should.not.containEql('FakeToken');
    server.reply = (_request, response) => json(response, { ...token, instance_url: `http://evil.example/${token.access_token}` });
    JSON.stringify(await failureOf(salesforce().describe('Account')))
      .should.containEql('URL_NOT_SAFE')
      .and.not.containEql('FakeToken');
  });

  it('is an address though blanks stand around it, and none where there is nothing else', async () => {
    let address = '';
    const called: string[] = [];
    server.reply = (request, response) => {
      called.push(request.url!);
      return request.url!.startsWith('/services/oauth2')
        ? json(response, { ...token, instance_url: address })
        : json(response, { totalSize: 1, done: true, records: [{ attributes: {}, Id: '1' }] });
    };
    for (address of [` ${server.url}`, `${server.url}\r\n`]) {
      const rows = [];
      for await (const row of salesforce().query('SELECT Id FROM Account', signal)) rows.push(row);
      rows.should.deepEqual([{ Id: '1' }]);
    }
    called.filter((url) => url.startsWith('/services/data/')).should.have.length(2);
    address = ' \n';
    (await failureOf(salesforce().describe('Account'))).should.containEql({ class: 'auth.denied', code: 'TOKEN_INCOMPLETE' });
  });

  it('is not sent with a token that would be a header of its own, nor read into what all objects inherit', async () => {
    const admin: unknown[] = [];
    server.reply = (request, response) => {
      admin.push(request.headers['x-admin']);
      json(response, { ...token, access_token: 'abc\r\nX-Admin: 1', instance_url: server.url });
    };
    await failureOf(salesforce().describe('Account'));
    admin.filter(Boolean).should.deepEqual([]);
    const record = '{"attributes":{},"__proto__":{"IsWon":true},"Id":"1"}';
    server.reply = (request, response) =>
      request.url!.startsWith('/services/oauth2')
        ? json(response, { ...token, instance_url: server.url })
        : json(response, `{"totalSize":1,"done":true,"records":[${record}]}`);
    for await (const row of salesforce().query('SELECT Id FROM Account', signal)) {
      should(row['IsWon']).equal(undefined);
      row.should.deepEqual({ Id: '1' });
    }
  });

  it('about the time is not believed when it is more than a year ahead', async () => {
    for (const date of ['Fri, 31 Dec 9999 23:59:59 GMT', '+275760-09-13', 'x', '1e300']) {
      server.reply = (request, response) =>
        request.url!.startsWith('/services/oauth2')
          ? json(response, { ...token, instance_url: server.url })
          : json(response, [{ version: '66.0' }], 200, { Date: date });
      (await failureOf(salesforce().serverTime())).code.should.match(/^(SERVER_CLOCK|NO_SERVER_CLOCK)$/);
    }
  });
});
