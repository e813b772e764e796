import 'should';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import should from 'should';
import { Database } from '../../engine/sqlite/database.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';

describe('The file of the embedded store', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'psconnect-file-'));
    file = join(folder, 'store.sqlite');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Opens the file in a process of its own and answers what that says. */
  const openElsewhere = (path: string, user?: number) => {
    const script = `
      import { SqliteStore } from ${JSON.stringify(new URL('../../engine/sqlite/sqlite-store.ts', import.meta.url).href)};
      ${user === undefined ? '' : `process.setegid(${user}); process.seteuid(${user});`}
      const store = new SqliteStore(${JSON.stringify(path)});
      store.open(1).then(() => console.log('OPEN'), ({ code, message, remedy }) => console.log(JSON.stringify({ code, message, remedy })));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      encoding: 'utf8',
    });
    return (stdout || stderr).trim();
  };

  it('belongs to one process: a second one is told in words that it is in use', async () => {
    const store = new SqliteStore(file);
    await store.open(1);
    const answer = JSON.parse(openElsewhere(file)) as { code: string; message: string; remedy: string };
    answer.code.should.equal('STORE_IN_USE');
    answer.message.should.equal(`The store is in use by another Node-RED: ${file}.`);
    answer.remedy.should.match(/Stop the other one/);
    await store.close();
    openElsewhere(file).should.equal('OPEN');
  });

  it('is made in a folder that does not exist yet', async () => {
    const store = new SqliteStore(join(folder, 'deep', 'er', 'store.sqlite'));
    (await store.open(1)).should.deepEqual({ recovered: 0, suspects: false });
    await store.close();
  });

  it('says in words that its folder cannot be written', function () {
    if (process.getuid?.() !== 0) this.skip(); // only root can become somebody who may not write
    const closed = join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(folder, 0o755);
    chmodSync(closed, 0o555);
    for (const path of [join(closed, 'store.sqlite'), join(closed, 'more', 'store.sqlite')]) {
      const answer = JSON.parse(openElsewhere(path, 65534)) as { code: string; remedy: string };
      answer.should.have.properties({ code: 'STORE_READ_ONLY' });
      answer.remedy.should.match(/right to write/);
    }
  });

  it('says in words that its file is damaged, and leaves it alone', async () => {
    const damaged = 'Dear auditor, this was a store once. '.repeat(200);
    writeFileSync(file, damaged);
    await new SqliteStore(file)
      .open(1)
      .should.be.rejectedWith({ code: 'STORE_DAMAGED', message: `The store's file is no store, or damaged: ${file}.` });
    readFileSync(file, 'utf8').should.equal(damaged);
    // a page in the middle
    rmSync(file);
    const store = new SqliteStore(file);
    await store.open(1);
    for (let n = 1; n <= 200; n++)
      await store.note({ actor: 'ana', action: 'posted', subject: `batch-${n}`, detail: { text: 'x'.repeat(200) } }, n);
    await store.close();
    const bytes = readFileSync(file);
    bytes.fill(0xee, 4_096 * 2);
    writeFileSync(file, bytes);
    await new SqliteStore(file).open(1).should.be.rejectedWith({ code: 'STORE_DAMAGED' });
  });

  it('says in words that a folder has its name, or that its folder is a file', async () => {
    mkdirSync(file);
    const unopenable = { code: 'STORE_UNOPENABLE', class: 'transient.unavailable' };
    await new SqliteStore(file)
      .open(1)
      .should.be.rejectedWith({ ...unopenable, message: `The file of the store cannot be opened or made: ${file}.` });
    writeFileSync(join(folder, 'letter'), 'Dear auditor');
    await new SqliteStore(join(folder, 'letter', 'store.sqlite')).open(1).should.be.rejectedWith(unopenable);
  });

  const moves = {
    deleted: () => rmSync(file),
    moved: () => renameSync(file, `${file}.elsewhere`),
    'replaced by another': () => {
      writeFileSync(`${file}.backup`, readFileSync(file));
      renameSync(`${file}.backup`, file);
    },
  };
  for (const [what, move] of Object.entries(moves)) {
    it(`acknowledges nothing once its file is ${what}`, async () => {
      const store = new SqliteStore(file);
      await store.open(1);
      await store.note({ actor: 'ana', action: 'posted', subject: 'batch-1', detail: {} }, 1);
      move();
      for (let time = 1; time <= 2; time++) {
        await store
          .note({ actor: 'ana', action: 'posted', subject: 'batch-2', detail: {} }, 2)
          .should.be.rejectedWith({ class: 'transient.unavailable', code: 'STORE_MOVED' });
      }
      (await store.journal({ limit: 10 })).length.should.be.aboveOrEqual(1); // what it held can still be read
      await store.close();
    });
  }

  it('goes on where it was when a folder that was moved is put back', async () => {
    const own = join(folder, 'own');
    const store = new SqliteStore(join(own, 'store.sqlite'));
    await store.open(1);
    await store.note({ actor: 'ana', action: 'posted', subject: 'batch-1', detail: {} }, 1);
    renameSync(own, `${own}.elsewhere`);
    await store.note({ actor: 'ana', action: 'posted', subject: 'batch-2', detail: {} }, 2).should.be.rejectedWith({ code: 'STORE_MOVED' });
    renameSync(`${own}.elsewhere`, own);
    await store.close();
    const again = new SqliteStore(join(own, 'store.sqlite'));
    await again.open(3);
    (await again.journal({ limit: 10 })).map(({ subject }) => subject).should.containEql('batch-1');
    should(await again.verifyJournal()).equal(undefined);
    await again.close();
  });

  it('is left alone when a newer PS Connect wrote it, and says so each time', async () => {
    const store = new SqliteStore(file);
    await store.open(1);
    await store.close();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 999');
    database.close();
    for (let time = 1; time <= 2; time++) await new SqliteStore(file).open(1).should.be.rejectedWith({ code: 'STORE_NEWER' });
    openElsewhere(file).should.match(/STORE_NEWER/);
  });

  it('shows where the journal was tampered with when one byte of it was changed', async () => {
    const store = new SqliteStore(file);
    await store.open(1);
    for (const n of [1, 2, 3])
      await store.note({ actor: 'ana', action: 'posted', subject: `batch-${n}`, detail: { hours: `4${n}.25` } }, n);
    await store.close();
    const bytes = readFileSync(file);
    const place = bytes.indexOf('42.25');
    place.should.be.above(0);
    bytes.write('1', place); // 42.25 becomes 12.25
    writeFileSync(file, bytes);
    const again = new SqliteStore(file);
    await again.open(1);
    should((await again.verifyJournal())?.line).equal(2);
    await again.close();
  });

  it('shows the line whichever byte of the journal was changed', async () => {
    const store = new SqliteStore(file);
    await store.open(1);
    for (const n of [1, 2, 3])
      await store.note({ actor: 'ana', action: 'effect.done', subject: `batch-${n}`, detail: { hours: '7.50', name: 'Größe', n } }, n);
    await store.close();
    const columns = ['at', 'actor', 'action', 'subject', 'detail', 'previous', 'hash'];
    let changes = 0;
    for (const column of columns) {
      const database = new DatabaseSync(file);
      const whole = Buffer.from(
        (database.prepare(`SELECT CAST(${column} AS BLOB) AS value FROM journal WHERE seq = 2`).get() as never)['value'],
      );
      database.close();
      const set = `UPDATE journal SET ${column} = CAST(? AS TEXT) WHERE seq = 2`;
      for (let place = 0; place < whole.length; place++) {
        const changed = Buffer.from(whole);
        changed[place]! ^= 1 << (place % 8);
        change(set, changed);
        const again = new SqliteStore(file);
        await again.open(1);
        should((await again.verifyJournal())?.line).equal(2, `${column}, byte ${place}`);
        await again.close();
        changes++;
      }
      change(set, whole);
    }
    changes.should.be.above(200);
    const again = new SqliteStore(file);
    await again.open(1);
    should(await again.verifyJournal()).equal(undefined);
    await again.close();

    function change(sql: string, value: Buffer): void {
      const database = new DatabaseSync(file);
      database.prepare(sql).run(value);
      database.close();
    }
  });

  it('finds a journal line that was taken out, also at the end', async () => {
    const store = new SqliteStore(file);
    await store.open(1);
    for (const n of [1, 2, 3]) await store.note({ actor: 'ana', action: 'posted', subject: `batch-${n}`, detail: {} }, n);
    await store.close();
    const database = new DatabaseSync(file);
    database.exec('DELETE FROM journal WHERE seq = 2');
    database.close();
    await store.open(1);
    should((await store.verifyJournal())?.line).equal(3);
    await store.close();
    const further = new DatabaseSync(file);
    further.exec('DELETE FROM journal WHERE seq > 1');
    further.close();
    await store.open(1);
    should((await store.verifyJournal())?.line).equal(2);
    await store.close();
  });

  it('says that the disk is full, keeps what was committed, and goes on when there is room', async () => {
    const database = new Database(file);
    const write = (id: number) =>
      database.write(() => database.change('INSERT INTO revisions (revision, flows, at) VALUES (?, ?, 1)', `r${id}`, 'x'.repeat(100_000)));
    await write(1);
    const pages = Number(database.get('PRAGMA page_count')?.['page_count']);
    database.get(`PRAGMA max_page_count = ${pages + 5}`);
    const refused = await Promise.allSettled([write(2), write(3)]);
    for (const result of refused) {
      result.status.should.equal('rejected');
      (result as PromiseRejectedResult).reason.should.have.properties({ code: 'STORE_FULL', class: 'transient.unavailable' });
    }
    database.get('PRAGMA max_page_count = 1000000');
    await write(2);
    database
      .all('SELECT revision FROM revisions ORDER BY revision')
      .map((row) => row['revision'])
      .should.deepEqual(['r1', 'r2']);
    database.close();
  });
});
