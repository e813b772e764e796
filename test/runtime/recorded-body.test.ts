import { once } from 'node:events';
import { createServer, type IncomingMessage, request as send, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import should from 'should';
import { RecordedBody, type WholeBody } from '../../runtime/webhook/recorded-body.ts';

type Reader = (request: IncomingMessage) => Promise<unknown>;

describe('The body of a request', () => {
  let server: Server;
  let readBefore: Reader;
  let recorded: boolean;
  let told: WholeBody[];
  const limit = 200_000;

  beforeEach(async () => {
    recorded = true;
    told = [];
    server = createServer((request, response) => void readBefore(request).then(() => answer(request, response)));
    server.prependListener('request', (request: IncomingMessage) => {
      if (recorded) RecordedBody.begin(request, limit);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  function answer(request: IncomingMessage, response: { end(): void }): void {
    void RecordedBody.whole(request, limit).then((body) => {
      told.push(body);
      response.end();
    });
  }

  async function post(chunks: (string | Buffer)[]): Promise<WholeBody> {
    const { port } = server.address() as AddressInfo;
    const sent = send({ port, host: '127.0.0.1', method: 'POST' });
    for (const chunk of chunks) sent.write(chunk);
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    told.length.should.equal(1, 'told once');
    return told[0]!;
  }

  const nobody: Reader = async () => undefined;
  const others: Record<string, Reader> = {
    'by nobody': nobody,
    'by nobody, after a while': () => new Promise((resolve) => setTimeout(resolve, 20)),
    'as data comes': (request) =>
      once(
        request.on('data', () => undefined),
        'end',
      ),
    'as text': (request) =>
      once(
        request.setEncoding('utf8').on('data', () => undefined),
        'end',
      ),
    'by asking for it': (request) =>
      once(
        request.on('readable', () => {
          while (request.read() !== null);
        }),
        'end',
      ),
    'by a loop': async (request) => {
      for await (const _ of request);
    },
    'by a pipe': (request) => once(request.pipe(new PassThrough()).resume(), 'end'),
    'in part': (request) => {
      request.once('data', () => request.pause());
      return once(request, 'data');
    },
  };

  for (const [how, reader] of Object.entries(others)) {
    it(`is there whole when it was read before: ${how}`, async () => {
      readBefore = reader;
      const chunks = ['a'.repeat(70_000), 'ü', 'b'.repeat(70_000)];
      should(((await post(chunks)) as Buffer).toString('utf8')).equal(chunks.join(''));
    });
  }

  it('is left alone by parsers that respect who has read it', async () => {
    let seen: unknown;
    readBefore = async (request) => {
      seen = { ...(request as unknown as { _body: unknown; body: unknown }) };
    };
    await post(['{}']);
    seen!.should.have.properties({ _body: true, body: {} });
  });

  it('may be empty', async () => {
    readBefore = nobody;
    should(((await post([])) as Buffer).length).equal(0);
  });

  it('is given up when it is longer than allowed, whoever reads it', async () => {
    for (const reader of [nobody, others['as data comes']!]) {
      readBefore = reader;
      told = [];
      should(await post(['a'.repeat(limit), 'b'])).equal('too-long');
    }
  });

  it('is lost when somebody has read it unseen', async () => {
    recorded = false;
    readBefore = others['as data comes']!;
    should(await post(['{}'])).equal('lost');
  });

  it('is gone when its sender is', async () => {
    readBefore = nobody;
    const { port } = server.address() as AddressInfo;
    const sent = send({ port, host: '127.0.0.1', method: 'POST', headers: { 'Content-Length': 100 } });
    sent.on('error', () => undefined);
    sent.write('half');
    await once(server, 'request');
    sent.destroy();
    while (told.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    told.should.deepEqual(['gone']);
  });
});
