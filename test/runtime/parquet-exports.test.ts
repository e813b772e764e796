import { gunzipSync } from 'node:zlib';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import should from 'should';
import { parquetType } from '../../runtime/admin-api/parquet.ts';
import { entry, func, policy, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

const api = '/ps-connect/api/v1';
const compressors = { GZIP: (bytes: Uint8Array) => gunzipSync(bytes) };
const deal = (code: string, client: string) => ({
  ...{ code, name: `Deal ${code}`, amount: '12.50', currency: 'EUR', client: { name: client } },
  owner: { name: 'Zenobia Quill', email: 'zenobia@firm.example' },
});

describe('Tables that are taken out as Parquet', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;

  before(async () => {
    live = await LiveNodeRed.start({ settings: 'psConnect: { kpiTargets: { billing_latency: 1e-12 } },' });
    await live.deploy([tab(), policy(), entry('bad'), func('bad', 'throw new Error("=1+1 " + msg.payload.owner.email);', [[]])]);
    for (let n = 0; n < 700; n++) live.receive('entry', { payload: deal(`=BAD-${n}`, `Müller ${n}`) });
    await live.until(async () => (await live.get<{ runs: { dead: number } }>('/overview')).runs.dead === 700, 'all are dead letters');
  });
  after(() => live?.end());

  const file = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await live.call(`${api}${path}`, { headers });
    answer.status.should.equal(200, path);
    should(answer.headers.get('content-type')).equal(parquetType);
    return { bytes: await answer.arrayBuffer(), name: answer.headers.get('content-disposition') };
  };
  const rowsOf = (bytes: ArrayBuffer) => parquetReadObjects({ file: bytes, compressors });

  it('have the lines and columns of the CSV file, typed, with no person and nothing put before a text', async () => {
    const { bytes, name } = await file('/exports/dead-letters?format=parquet');
    should(name).equal('attachment; filename="dead-letters.parquet"');
    const rows = await rowsOf(bytes);
    const { csv } = await live.get<{ csv: string }>('/exports/dead-letters');
    const [head, ...lines] = csv
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n');
    rows.should.have.length(700);
    lines.should.have.length(700);
    Object.keys(rows[0]!).should.deepEqual(head!.replaceAll('"', '').split(','));
    const same = rows.map(({ at, id, attempts, came, run }) =>
      [(at as Date).toISOString(), `'${String(id)}`, String(attempts), (came as Date).toISOString(), run].join(),
    );
    same.should.deepEqual(
      lines.map((line) => {
        const fields = line.slice(1, -1).split('","');
        return [fields[0], fields[2], fields[13], fields[14], fields[15]].join();
      }),
    );
    should(rows[0]!['field']).be.null(); // nothing is said of it, which is not an empty text
    const said = JSON.stringify(rows, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    said.should.not.match(/zenobia/i);
    said.should.containEql('Müller');
  });

  it('are what the caller accepts or names; a name goes first', async () => {
    await file('/exports/board', { Accept: parquetType });
    await file('/exports/board', { Accept: `text/html;q=0.2, ${parquetType};q=0.9, application/json;q=0.5` });
    await file('/exports/board?format=parquet', { Accept: 'application/json' });
    for (const Accept of ['*/*', 'application/json', `application/json, ${parquetType};q=0.5`, 'text/csv', 'nonsense'])
      ((await (await live.call(`${api}/exports/board`, { headers: { Accept } })).json()) as object).should.have.properties(['csv', 'more']);
    const named = await live.call(`${api}/exports/board?format=csv`, { headers: { Accept: parquetType } });
    ((await named.json()) as object).should.have.properties(['csv', 'more']);
    for (const wrong of ['xlsx', 'Parquet', 'csv&format=parquet']) {
      const answer = await live.call(`${api}/exports/board?format=${wrong}`);
      answer.status.should.equal(400, wrong);
      ((await answer.json()) as { message: string }).message.should.containEql('format');
    }
  });

  it('are of what is looked for, and have their columns where there is nothing', async () => {
    const { bytes } = await file('/exports/dead-letters?format=parquet&search=BAD-69');
    (await rowsOf(bytes))
      .map(({ id }) => id)
      .sort()
      .should.deepEqual(['=BAD-69', ...Array.from({ length: 10 }, (_none, n) => `=BAD-69${n}`)].sort());
    const { bytes: none } = await file('/exports/dead-letters?format=parquet&system=netsuite');
    parquetMetadata(none).num_rows.should.equal(0n);
    parquetMetadata(none).schema.should.have.length(21);
    const { schema } = parquetMetadata((await file('/exports/board?format=parquet')).bytes);
    schema.find(({ name }) => name === 'amount')!.should.containDeep({ converted_type: 'DECIMAL', precision: 38, scale: 9 });
    schema.find(({ name }) => name === 'won')!.should.containDeep({ converted_type: 'TIMESTAMP_MILLIS' });
  });

  it('are refused before the first byte where a number does not fit, and it is said which and what to do', async () => {
    const answer = await live.call(`${api}/exports/kpis?format=parquet`);
    answer.status.should.equal(409);
    ((await answer.json()) as { message: string }).message.should.equal(
      'target: 1e-12 does not fit into a Parquet file. Take the CSV file.',
    );
    (await live.get<{ csv: string }>('/exports/kpis')).csv.should.containEql('"billing_latency"');
  });
});
