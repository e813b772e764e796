import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { CompressionCodec, Encoding, SchemaElement } from 'hyparquet';
import should from 'should';
import * as whole from '../../runtime/admin-api/parquet-library.ts';
import { type BuiltPack, builtPack } from './built-pack.ts';

describe('What few nodes need', function () {
  this.timeout(120_000);
  let pack: BuiltPack;
  before(async () => {
    pack = await builtPack();
  });
  after(() => pack?.remove());

  it('is not loaded when Node-RED starts: gRPC and Avro wait for the first node that hears', () => {
    // gRPC reads its variables when it is loaded
    const code = `
      const read = new Set();
      process.env = new Proxy(process.env, { get: (all, name) => (read.add(name), all[name]) });
      require(${JSON.stringify(join(pack.dist, 'core.js'))});
      console.log(JSON.stringify([...read].filter((name) => String(name).startsWith('GRPC_'))));`;
    should(JSON.parse(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }))).deepEqual([]);
  });

  it('is a file of its own, which loads', () => {
    const code = `
      require(${JSON.stringify(join(pack.dist, 'event-libraries.js'))});
      import(${JSON.stringify(join(pack.dist, 'event-libraries.js'))}).then(({ grpc, avro, fromJSON }) =>
        console.log(typeof grpc.Metadata, typeof avro.Type.forSchema, typeof fromJSON));`;
    should(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }).trim()).equal('function function function');
  });

  it('writes Parquet with what is left of its library as it does with all of it', async () => {
    const library = (await import(join(pack.dist, 'parquet-library.js'))) as typeof whole;
    const element: SchemaElement = { name: 'text', type: 'BYTE_ARRAY', repetition_type: 'OPTIONAL', converted_type: 'UTF8' };
    const codec: CompressionCodec = 'UNCOMPRESSED';
    const encoding: Encoding = 'PLAIN';
    const options = { stats: false, columnIndex: false, offsetIndex: false, pageSize: 0 };
    const column = { columnName: 'text', element, schemaPath: [element], codec, compressors: {}, ...options };
    const levels = { definitionLevels: [1, 0, 1], repetitionLevels: [], maxDefinitionLevel: 1 };
    const written = ({ ByteWriter, writeDataPageV2, writeMetadata }: typeof whole) => {
      const writer = new ByteWriter();
      const pageData = { values: ['a', undefined, 'ß'], ...levels };
      writeDataPageV2({ writer, column, encoding, pageData });
      const schema = [{ name: 'root', num_children: 1 }, element];
      const chunk = { type: element.type!, path_in_schema: ['text'], codec, encodings: [encoding], num_values: 3n };
      const sizes = { total_uncompressed_size: 40n, total_compressed_size: 40n, data_page_offset: 4n };
      const columns = [{ file_offset: 4n, meta_data: { ...chunk, ...sizes } }];
      const groups = [{ columns, total_byte_size: 40n, num_rows: 3n }];
      writeMetadata(writer, { version: 2, schema, num_rows: 3n, row_groups: groups, metadata_length: 0 });
      return Buffer.from(writer.getBytes()).toString('hex');
    };
    should(written(library)).equal(written(whole));
  });
});
