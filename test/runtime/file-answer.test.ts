import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import express from 'express';
import { parquetReadObjects } from 'hyparquet';
import should from 'should';
import { FileAnswer, jsonLines } from '../../runtime/admin-api/file-answer.ts';
import { parquetOf, parquetType } from '../../runtime/admin-api/parquet.ts';
import type { Line } from '../../runtime/admin-api/table.ts';

/** Lines that cannot be made small, so that there are several groups. */
const page = (): Line[] =>
  Array.from({ length: 500 }, () => ({ text: Buffer.from(crypto.getRandomValues(new Uint8Array(500))).toString('hex') }));

async function* pages(count: number, failsAt = -1): AsyncGenerator<Line[]> {
  for (let at = 0; at < count; at++) {
    if (at === failsAt) throw new Error('the store is gone');
    yield page();
  }
}

describe('An answer that is a file', function () {
  this.timeout(60_000);
  let server: Server;
  let given: () => FileAnswer;

  before((done) => {
    const app = express();
    app.get('/', (_request, response) => {
      given()
        .send(response)
        .catch((error: Error) => response.status(503).json({ message: error.message }));
    });
    server = createServer(app).listen(0, '127.0.0.1', done);
  });
  after((done) => void server.close(done));

  const ask = () => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const table = (count: number, failsAt?: number) => () =>
    new FileAnswer(parquetOf({ columns: { text: 'text' }, pages: pages(count, failsAt) }), { name: 'board.parquet', type: parquetType });

  it('is whole, and has its type and name', async () => {
    given = table(40);
    const answer = await ask();
    answer.status.should.equal(200);
    should(answer.headers.get('content-type')).equal(parquetType);
    should(answer.headers.get('content-disposition')).equal('attachment; filename=board.parquet');
    const file = await answer.arrayBuffer();
    const rows = await parquetReadObjects({ file, compressors: { GZIP: (bytes) => gunzipSync(bytes) } });
    rows.should.have.length(20_000);
  });

  it('is an error where something goes wrong before its first byte', async () => {
    for (const failsAt of [0, 3]) {
      given = table(40, failsAt);
      const answer = await ask();
      answer.status.should.equal(503);
      should(await answer.json()).deepEqual({ message: 'the store is gone' });
    }
  });

  it('breaks off where something goes wrong later: nobody takes it for whole', async () => {
    given = table(60, 59);
    const answer = await ask();
    answer.status.should.equal(200);
    await answer.arrayBuffer().should.be.rejected();
    async function* values() {
      yield { at: 1 };
      throw new Error('the store is gone');
    }
    given = () => jsonLines(values(), 'journal.jsonl');
    const lines = await ask();
    should(lines.headers.get('content-type')).equal('application/x-ndjson');
    await lines.text().should.be.rejected();
  });
});
