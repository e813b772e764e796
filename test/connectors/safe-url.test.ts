import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import should from 'should';
import { HttpClient } from '../../connectors/http/client.ts';
import { assertSafeUrl, isThisMachine } from '../../connectors/http/safe-url.ts';
import { type Failure } from '../../model/failure.ts';

describe('The address of a system', () => {
  const refusal = (address: string): Failure => {
    try {
      assertSafeUrl('books', address);
    } catch (error) {
      return error as Failure;
    }
    throw new Error(`${address} was taken`);
  };

  it('may be plain http on this machine only, as addresses say and not as names begin', () => {
    for (const own of [
      '127.0.0.1',
      '127.0.0.1:4100',
      '127.1',
      '127.255.255.254',
      '0x7f.1',
      '2130706433',
      '[::1]',
      '[0:0:0:0:0:0:0:1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:127.9.8.7]',
      'localhost',
      'LOCALHOST',
      'localhost.',
      'localhost:80',
      '１２７.0.0.1',
    ])
      assertSafeUrl('books', `http://${own}/x`);
    for (const other of [
      '127.attacker.example',
      '127.0.0.1.attacker.example',
      'localhost.attacker.example',
      'localhost.localdomain',
      'app.localhost',
      'localhost..',
      '128.0.0.1',
      '0.0.0.0',
      '[::]',
      '[::2]',
      '[::ffff:128.0.0.1]',
      '[::127.0.0.1]',
      '[fe80::1]',
      '10.0.0.1',
      '192.168.0.1',
      '169.254.169.254',
      'my-localhost',
      'attacker.example#@127.0.0.1',
      'attacker.example/127.0.0.1',
    ])
      refusal(`http://${other}`).code.should.equal('URL_NOT_SAFE', other);
    for (const any of ['https://127.attacker.example', 'https://app.localhost']) assertSafeUrl('books', any);
    for (const scheme of ['ftp', 'file', 'ws', 'javascript', 'data'])
      refusal(`${scheme}://localhost/`).code.should.equal('URL_NOT_SAFE', scheme);
    isThisMachine('127.999.1.1.example').should.be.false();
  });

  it('of plain http is asked itself, whatever proxy the environment names: the token stays on this machine', async () => {
    const serving = async (name: string): Promise<[Server, string]> => {
      const server = createServer(
        (_request, response) => void response.setHeader('content-type', 'application/json').end(JSON.stringify(name)),
      );
      await once(server.listen(0, '127.0.0.1'), 'listening');
      return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
    };
    const [books, address] = await serving('books');
    const [proxy, proxied] = await serving('proxy');
    process.env['http_proxy'] = proxied;
    try {
      const client = new HttpClient({
        ...{ system: 'books', baseUrl: address, concurrency: 1, timeoutMs: 5_000 },
        sign: () => ({ Authorization: 'Bearer token-of-the-books' }),
        classify: () => ({ class: 'transient.unavailable', code: 'BOOKS', message: 'no' }),
      });
      should((await client.request({ method: 'GET', url: 'rates' })).body).equal('books');
    } finally {
      delete process.env['http_proxy'];
      for (const server of [books, proxy]) {
        server.closeAllConnections();
        server.close();
      }
    }
  });

  it('has no user and no password in it, and no failure repeats them', () => {
    for (const address of [
      'https://ada:hunter22@books.example',
      'http://ada:hunter22@127.0.0.1',
      'https://hunter22@books.example',
      'https://:hunter22@books.example',
      'https://ada:hunter22@127.0.0.1@books.example',
    ]) {
      const failure = refusal(address);
      failure.code.should.equal('URL_WITH_USER');
      JSON.stringify(failure).should.not.match(/hunter22/);
    }
    for (const address of ['https://ada:hunter22@', 'https://ada:hunter22@books.example:99999', '//ada:hunter22@x y']) {
      const failure = refusal(address);
      failure.code.should.equal('URL_INVALID');
      JSON.stringify(failure).should.not.match(/hunter22/, address);
    }
  });
});
