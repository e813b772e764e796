import { gunzipSync } from 'node:zlib';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import should from 'should';
import { parquetOf } from '../../runtime/admin-api/parquet.ts';
import type { Columns, Line } from '../../runtime/admin-api/table.ts';

async function* pagesOf(...pages: Line[][]): AsyncGenerator<Line[]> {
  yield* pages;
}

/** All of it, as it would arrive. */
async function written(columns: Columns, pages: AsyncIterable<Line[]>): Promise<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of parquetOf({ columns, pages })) pieces.push(piece);
  const all = Buffer.concat(pieces);
  return all.buffer.slice(all.byteOffset, all.byteOffset + all.byteLength);
}

const compressors = { GZIP: (bytes: Uint8Array) => gunzipSync(bytes) };
/** Decimals come as whole numbers of their last place, so that no reader's float stands between. */
const exactly = { utf8: true, compressors };

async function readBack(columns: Columns, ...pages: Line[][]): Promise<Record<string, unknown>[]> {
  return parquetReadObjects({ file: await written(columns, pagesOf(...pages)), ...exactly });
}

/** The bytes of a decimal column, as the file has them. */
async function decimals(...values: (string | number | null)[]): Promise<(bigint | null)[]> {
  const file = await written({ amount: 'decimal' }, pagesOf(values.map((amount) => ({ amount }))));
  const { schema, row_groups } = parquetMetadata(file);
  should(schema[1]).containDeep({ type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, precision: 38, scale: 9, converted_type: 'DECIMAL' });
  // as plain bytes: the reader's own decimals are floats
  delete schema[1]!.converted_type;
  delete schema[1]!.logical_type;
  const rows = await parquetReadObjects({ file, metadata: { ...parquetMetadata(file), schema, row_groups }, utf8: false, compressors });
  return rows.map(({ amount }) =>
    amount === null ? null : BigInt.asIntN(128, BigInt(`0x${Buffer.from(amount as Uint8Array).toString('hex')}`)),
  );
}

describe('A table as a Parquet file', () => {
  it('has what is not there, an empty text and zero as three things', async () => {
    const columns: Columns = { text: 'text', whole: 'whole', moment: 'moment' };
    const rows = await readBack(columns, [
      { text: '', whole: 0, moment: 0 },
      { text: null, whole: undefined },
      { text: '0', whole: -1, moment: -1 },
    ]);
    rows.should.deepEqual(
      [
        { text: '', whole: 0n, moment: new Date(0) },
        { text: null, whole: null, moment: null },
        { text: '0', whole: -1n, moment: new Date(-1) },
      ].map((row) => ({ ...row })),
    );
  });

  it('has texts of every script as they are, and nothing before what a spreadsheet would calculate', async () => {
    const texts = ['Müller & Söhne', '株式会社', '😀 emoji', '=1+1', "'quoted", 'a\u0000b', 'line\nend', '"', 'x'.repeat(100_000)];
    const rows = await readBack(
      { text: 'text' },
      texts.map((text) => ({ text })),
    );
    rows.map(({ text }) => text).should.deepEqual(texts);
  });

  it('has days and moments, those before 1970 too, in UTC', async () => {
    const days = ['1969-12-31', '1970-01-01', '2026-12-01', '1900-02-28', '9999-12-31', '0001-01-01'];
    const moments = [-86_400_000.0, Date.UTC(1899, 11, 31, 23, 59, 59, 999), Date.UTC(2026, 0, 1), 8_640_000_000_000_000];
    const rows = await readBack(
      { day: 'day' },
      days.map((day) => ({ day })),
    );
    rows.map(({ day }) => (day as Date).toISOString()).should.deepEqual(days.map((day) => new Date(`${day}T00:00:00Z`).toISOString()));
    const file = await written({ at: 'moment' }, pagesOf(moments.map((at) => ({ at }))));
    parquetMetadata(file).schema[1]!.should.containDeep({
      converted_type: 'TIMESTAMP_MILLIS',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
    });
    (await parquetReadObjects({ file, ...exactly })).map(({ at }) => (at as Date).getTime()).should.deepEqual(moments);
    for (const day of ['2026-02-30x', 'yesterday', '']) await readBack({ day: 'day' }, [{ day }]).should.be.rejected();
    await readBack({ at: 'moment' }, [{ at: NaN }]).should.be.rejected();
    await readBack({ whole: 'whole' }, [{ whole: 1.5 }]).should.be.rejected();
  });

  it('has decimals to the last digit, however long', async () => {
    const most = '99999999999999999999999999999.999999999';
    should(
      await decimals(
        '0',
        '0.1',
        0.1,
        '-0.000000001',
        '123456789012345.123456',
        '-123456789012345.123456',
        most,
        `-${most}`,
        null,
        1e-7,
        1e20,
      ),
    ).deepEqual([
      ...[0n, 100_000_000n, 100_000_000n, -1n, 123_456_789_012_345_123_456_000n, -123_456_789_012_345_123_456_000n],
      ...[BigInt(most.replace('.', '')), -BigInt(most.replace('.', '')), null, 100n, 10n ** 29n],
    ]);
  });

  it('is refused rather than rounded, and says which column', async () => {
    const long = `1.${'0'.repeat(130)}1`;
    for (const amount of ['0.0000000001', '100000000000000000000000000000', 1e300, 1e-10, long, NaN, Infinity]) {
      await readBack({ amount: 'decimal' }, [{ amount }]).should.be.rejectedWith(/amount/);
    }
  });

  it('has its columns where there are no lines', async () => {
    const file = await written({ text: 'text', day: 'day' }, pagesOf([]));
    const { num_rows, schema } = parquetMetadata(file);
    num_rows.should.equal(0n);
    schema.map(({ name }) => name).should.deepEqual(['root', 'text', 'day']);
    (await parquetReadObjects({ file, ...exactly })).should.deepEqual([]);
  });

  it('has lines of many pages and groups in their order, and columns that are nowhere said', async () => {
    const columns: Columns = { at: 'moment', text: 'text', never: 'text' };
    // what cannot be made small, so that there are several groups
    let seed = 7;
    const noise = () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648).toString(36);
    const lines = Array.from({ length: 12_345 }, (_none, at): Line => ({ at, text: Array.from({ length: 200 }, noise).join('') }));
    const pages = Array.from({ length: 25 }, (_none, n) => lines.slice(n * 500, (n + 1) * 500));
    const file = await written(columns, pagesOf(...pages));
    const { num_rows, row_groups } = parquetMetadata(file);
    num_rows.should.equal(12_345n);
    row_groups.length.should.be.above(2);
    const rows = await parquetReadObjects({ file, ...exactly });
    rows.map(({ at }) => (at as Date).getTime()).should.deepEqual(lines.map(({ at }) => at));
    rows.map(({ text }) => text).should.deepEqual(lines.map(({ text }) => text));
    rows.every(({ never }) => never === null).should.be.true();
    const middle = await parquetReadObjects({ file, ...exactly, rowStart: 6_000, rowEnd: 6_002, columns: ['at'] });
    middle.map(({ at }) => (at as Date).getTime()).should.deepEqual([6_000, 6_001]);
  });

  it('comes group by group, before the last page is asked for, and is nothing that can be read without its end', async () => {
    let asked = 0;
    async function* pages(): AsyncGenerator<Line[]> {
      for (; asked < 400; asked++)
        yield Array.from({ length: 500 }, () => ({ text: Buffer.from(crypto.getRandomValues(new Uint8Array(100))).toString('hex') }));
    }
    const pieces: Uint8Array[] = [];
    let early = 0;
    for await (const piece of parquetOf({ columns: { text: 'text' }, pages: pages() })) {
      if (early === 0 && pieces.push(piece) > 0) early = asked;
      pieces.push(piece);
    }
    early.should.be.below(100);
    const cut = Buffer.concat(pieces.slice(0, -1));
    should(() => parquetMetadata(cut.buffer.slice(cut.byteOffset, cut.byteOffset + cut.byteLength))).throw();
  });
});
