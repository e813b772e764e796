import 'should';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { startPostgres, type TestDatabase } from '../engine/embedded-postgres.ts';
import { entry, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';
import { SmallDisk } from './small-disk.ts';

const flows: FlowNode[] = [
  tab(),
  policy(),
  {
    id: 'crm',
    type: 'system-connection',
    name: 'CRM',
    system: 'salesforce',
    salesforceEnvironment: 'SALESFORCE',
    salesforceFlow: 'client-credentials',
  },
  entry('sink'),
  sink(),
  node('deals', 'salesforce-opportunity-in', [['sink']], {
    ...{ connection: 'crm', policy: 'policy', rule: 'won', stages: '', condition: '', intervalSeconds: 0.2, since: '2020-01-01' },
  }),
];

interface Overview {
  ready: boolean;
  trouble: { code: string; message: string; remedy?: string } | null;
  sources: { readAt?: number; stored: number }[];
}

describe('A store that cannot be used: Node-RED starts, sources pause, nothing is taken that is not stored, and it says why', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed | undefined;
  let folder: string;
  let store: string;
  let disk: SmallDisk | undefined;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0 });
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'psconnect-trouble-'));
    store = join(folder, 'store.sqlite');
  });
  afterEach(async () => {
    await live?.end();
    live = undefined;
    disk?.remove();
    disk = undefined;
    rmSync(folder, { recursive: true, force: true });
  });
  after(() => sandbox?.stop());

  const smallDisk = (test: Mocha.Context): SmallDisk => {
    disk = SmallDisk.mount(32);
    if (disk) return disk;
    console.log('      NOT PLAYED: this user may not mount a small file system');
    return test.skip();
  };
  const start = async (address: string) => {
    const environment = { ...connectionEnvironment(sandbox.access), PSCONNECT_STORE: address };
    live = await LiveNodeRed.start({ environment, flows });
    return live;
  };
  let last = '';
  const overview = async (one: LiveNodeRed) => {
    const found = await one.get<Overview>('/overview');
    last = JSON.stringify(found);
    return found;
  };

  /** Says so in the API and in the log, and takes nothing: neither from the source nor from a message. */
  const saysAndPauses = async (one: LiveNodeRed, code: string, words: RegExp, asked = 0) => {
    await one.until(
      async () => (await overview(one)).trouble?.code === code,
      () => `it says ${code}: ${last}`,
    );
    const { ready, trouble, sources } = await overview(one);
    ready.should.equal(false);
    `${trouble!.message} ${trouble!.remedy}`.should.match(words);
    await one.says(words);
    sources.map(({ stored }) => stored).should.deepEqual([asked]);
    one.receive('entry', { payload: { id: 'ST-1' } });
    await one.until(() => /node:entry|canonical-map/.test(one.log.join('')), 'the node reports that it could not take the message');
    one.sunk.filter(({ payload }) => (payload as { id?: string }).id === 'ST-1').should.deepEqual([]);
  };
  const worksAgain = async (one: LiveNodeRed) => {
    await one.until(async () => (await overview(one)).ready, 'it works again by itself');
    await one.until(async () => ((await overview(one)).sources[0]?.stored ?? 0) > 0, 'the source reads on');
    one.receive('entry', { payload: { id: 'ST-2' } });
    (await one.ended('ST-2')).status.should.equal('done');
  };

  it('in use by another Node-RED: it waits, and takes over when that one is gone', async () => {
    const other = new SqliteStore(store);
    await other.open(1);
    const one = await start(store);
    await saysAndPauses(one, 'STORE_IN_USE', /in use by another Node-RED.*Stop the other one/s);
    await other.close();
    await worksAgain(one);
  });

  it('on a disk that may not be written: it goes on when it may', async function () {
    const disk = smallDisk(this);
    disk.readOnly = true;
    const one = await start(join(disk.folder, 'ps-connect', 'store.sqlite'));
    await saysAndPauses(one, 'STORE_READ_ONLY', /cannot be written.*right to write/s);
    disk.readOnly = false;
    await worksAgain(one);
  });

  it('written by a newer PS Connect: it is left as it is', async () => {
    const newer = new SqliteStore(store);
    await newer.open(1);
    await newer.close();
    const database = new DatabaseSync(store);
    database.exec('PRAGMA user_version = 999');
    database.close();
    const one = await start(store);
    await saysAndPauses(one, 'STORE_NEWER', /written by a newer PS Connect.*Install the newer/s);
    await one.end();
    const after = new DatabaseSync(store);
    Number((after.prepare('PRAGMA user_version').get() as { user_version: number }).user_version).should.equal(999);
    after.close();
  });

  it('on a disk that is full: nothing is lost of what was taken, and it goes on when there is room', async function () {
    const disk = smallDisk(this);
    const one = await start(join(disk.folder, 'store.sqlite'));
    await one.until(async () => ((await overview(one)).sources[0]?.stored ?? 0) > 0, 'the source reads');
    const { stored } = (await overview(one)).sources[0]!;
    disk.fill();
    const ids = Array.from({ length: 40 }, (_, n) => `SF-${n}`);
    for (const id of ids) one.receive('entry', { payload: { id, filler: 'x'.repeat(100_000) } });
    await saysAndPauses(one, 'STORE_FULL', /disk is full.*Make room/s, stored);
    disk.empty();
    await one.until(async () => (await overview(one)).ready, 'it works again by itself');
    one.receive('entry', { payload: { id: 'ST-2' } });
    (await one.ended('ST-2')).status.should.equal('done');
    const taken = await Promise.all(ids.map((id) => one.run(id)));
    for (const run of taken.filter((each) => each !== undefined)) (await one.ended(run.event.subject)).status.should.equal('done');
  });

  it('whose file is deleted while it is in use: from then on nothing is taken', async () => {
    const one = await start(store);
    await one.until(async () => ((await overview(one)).sources[0]?.stored ?? 0) > 0, 'the source reads');
    one.receive('entry', { payload: { id: 'SM-1' } });
    (await one.ended('SM-1')).status.should.equal('done');
    const { stored } = (await overview(one)).sources[0]!;
    rmSync(store);
    one.receive('entry', { payload: { id: 'SM-2' } });
    await saysAndPauses(one, 'STORE_MOVED', /moved, deleted or replaced.*Put it back.*restart Node-RED/s, stored);
    one.sunk.map(({ payload }) => (payload as { id?: string }).id).should.not.containEql('SM-2');
  });

  it('whose file is damaged: it goes on with a new one when that is moved away', async () => {
    writeFileSync(store, 'Dear auditor, this was a store once. '.repeat(200));
    const one = await start(store);
    await saysAndPauses(one, 'STORE_DAMAGED', /damaged.*restore it from a backup/s);
    renameSync(store, `${store}.damaged`);
    await worksAgain(one);
  });

  describe('on PostgreSQL', () => {
    let database: TestDatabase;
    before(async () => {
      database = await startPostgres();
    });
    after(() => database?.remove());

    it('that cannot be reached: it goes on when the database is there, and never shows the password', async () => {
      await database.stop();
      const one = await start(database.url);
      await saysAndPauses(one, 'STORE_UNREACHABLE', /cannot be reached.*nothing is acknowledged/s);
      await database.start();
      await worksAgain(one);
      one.log.join('').should.not.containEql('secret-of-the-test');
    });

    it('that refuses the password', async () => {
      const one = await start(database.url.replace('secret-of-the-test', 'wrong-password'));
      await saysAndPauses(one, 'STORE_DENIED', /does not accept this user or password.*PSCONNECT_STORE/s);
      one.log.join('').should.not.containEql('wrong-password');
    });

    it('whose address is no address', async () => {
      const one = await start('mysql://somewhere/else');
      await saysAndPauses(one, 'STORE_UNKNOWN', /no store for mysql.*postgres:\/\//s);
    });
  });
});
