import 'should';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import should from 'should';
import { isCutJson } from '../../connectors/http/cut-json.ts';
import { HttpClient } from '../../connectors/http/client.ts';

describe('What a system answers', () => {
  let server: Server;
  let answer = '';
  const read = async (text: string) => {
    answer = text;
    const { port } = server.address() as AddressInfo;
    const http = new HttpClient({
      system: 'test',
      baseUrl: `http://127.0.0.1:${port}`,
      concurrency: 1,
      timeoutMs: 5_000,
      classify: () => ({ class: 'internal', code: 'X', message: 'x' }),
    });
    return (await http.request({ method: 'GET', url: 'records' })).body;
  };

  before((done) => {
    server = createServer((_request, response) => response.setHeader('Content-Type', 'application/json').end(answer)).listen(0, done);
  });
  after(() => server.close());

  it('keeps an id beyond 2^53 and an amount of 19 digits as text, so that no digit is another one', async () => {
    should(await read('{"records":[{"id":9007199254740993,"Amount":12345678901234567.89,"Rate":133.3333}]}')).deepEqual({
      records: [{ id: '9007199254740993', Amount: '12345678901234567.89', Rate: 133.3333 }],
    });
  });

  it('that was cut anywhere is trouble that passes, never taken for another kind of answer', async () => {
    const whole = JSON.stringify({ 'records "all"': [{ Id: '001', Amount: -12.5, Won: true, Note: 'a \\ "b" {[' }, null], done: false });
    for (let length = 1; length < whole.length; length++) {
      await read(whole.slice(0, length)).should.be.rejectedWith({ class: 'transient.unavailable', code: 'ANSWER_CUT' });
    }
    for (const text of ['{oops', '[1 2', '{"a":1}{"b":', 'tru', '{"a":1,,']) isCutJson(text).should.be.false(text);
  });

  it('is a failure where it is no JSON, and empty where it is empty', async () => {
    await read('{"records":[}').should.be.rejectedWith({ class: 'contract.drift', code: 'ANSWER_NOT_JSON' });
    await read('<html>Maintenance</html>').should.be.rejectedWith({ class: 'transient.unavailable', code: 'ANSWER_FOREIGN' });
    should(await read('')).equal('');
  });
});
