import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import should from 'should';
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
});
