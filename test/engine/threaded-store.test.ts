import 'should';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import should from 'should';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { threadedStore } from '../../engine/sqlite/threaded-store.ts';
import type { Json } from '../../model/json.ts';
import { quickFolder } from '../quick-folder.ts';
import { deal } from './sample-events.ts';

const page = { entry: 'in', flow: 'tab', severity: 'normal' as const, now: 1 };

describe('The embedded store in a thread of its own', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = quickFolder('thread');
    file = join(folder, 'store.sqlite');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a script in a process of its own. */
  const inProcess = (lines: string) => {
    const script = join(folder, 'script.mjs');
    const module = JSON.stringify(new URL('../../engine/sqlite/threaded-store.ts', import.meta.url).href);
    writeFileSync(script, `import { threadedStore } from ${module};\nconst store = threadedStore(${JSON.stringify(file)});\n${lines}`);
    return spawnSync(process.execPath, [script], { encoding: 'utf8', timeout: 15_000 });
  };

  it('has everything on disk and the file free when a process that exits has closed it', async () => {
    const { status, stderr } = inProcess(`
      process.once('exit', () => void store.close());
      await store.open(1);
      void store.note({ actor: 'ana', action: 'left', subject: 'office', detail: {} }, 1);
      process.exit(0);`);
    should(status).equal(0, stderr);
    const store = threadedStore(file);
    await store.open(1);
    (await store.journal({ limit: 5 })).map(({ action }) => action).should.deepEqual(['left']);
    await store.close();
  });

  it('lets a process end that has nothing else to do', () => {
    const { status, stdout } = inProcess('await store.open(1); console.log(JSON.stringify(await store.counts()));');
    should(status).equal(0);
    JSON.parse(stdout).should.have.property('ready', 0);
  });

  it('hands failures over whole, and can be opened again after one', async () => {
    writeFileSync(file, 'this is no database, it is a letter to the finance director '.repeat(100));
    const store = threadedStore(file);
    const words = { key: 'STORE_DAMAGED.none', params: [['where', `: ${file}`]] };
    const failure = { class: 'transient.unavailable', code: 'STORE_DAMAGED', words };
    await store.open(1).should.be.rejectedWith(failure);
    await store.accept({ ...page, events: [deal('A')] }).should.be.rejectedWith({ code: 'STORE_CLOSED' });
    rmSync(file);
    await store.open(1);
    (await store.accept({ ...page, events: [deal('A')] })).accepted.length.should.equal(1);
    await store.close();
    await store.counts().should.be.rejectedWith({ code: 'STORE_CLOSED' });
  });

  it('keeps the order in which it was asked', async () => {
    const store = threadedStore(file);
    await store.open(1);
    const answers = await Promise.all([
      store.accept({ ...page, events: [deal('A')] }),
      store.claim({ entries: ['in'], limit: 5, now: 2, revision: '' }),
      store.accept({ ...page, events: [deal('A'), deal('B')] }),
      store.claim({ entries: ['in'], limit: 5, now: 2, revision: '' }),
    ]);
    answers[1].map(({ event }) => event.id).should.deepEqual(['A']);
    answers[2].duplicates.should.equal(1);
    answers[3].map(({ event }) => event.id).should.deepEqual(['B']);
    await store.close();
  });

  it('refuses the answer that cannot be handed over to who asked for it, and answers all others', async () => {
    const before = new SqliteStore(file);
    await before.open(1);
    for (const [id, levels] of [
      ['A', 0],
      ['DEEP', 2_500],
    ] as const) {
      let data: Json = 1;
      for (let level = 0; level < levels; level++) data = [data];
      await before.accept({ ...page, events: [{ ...deal(id), data }] });
    }
    const [deep, flat] = await before.runs({ limit: 5 });
    await before.close();
    const store = threadedStore(file);
    await store.open(1);
    const answers = await Promise.allSettled([store.run(flat!.id), store.run(deep!.id), store.counts()]);
    answers.map(({ status }) => status).should.deepEqual(['fulfilled', 'rejected', 'fulfilled']);
    should((answers[1] as PromiseRejectedResult).reason).have.properties({ class: 'contract.invalid', code: 'DATA_NOT_STORABLE' });
    (await store.counts()).ready.should.equal(2);
    await store.close();
  });

  it('acknowledges nothing of very many events when it is closed while they go over', async () => {
    const store = threadedStore(file);
    await store.open(1);
    const events = Array.from({ length: 50_000 }, (_, n) => deal(`E-${n}`));
    const sent = store.accept({ ...page, events });
    await new Promise((resolve) => setImmediate(resolve));
    await Promise.all([sent.should.be.rejectedWith({ code: 'STORE_CLOSED' }), store.close()]);
    await store.open(2);
    (await store.counts()).ready.should.equal(0);
    await store.close();
  });
});
