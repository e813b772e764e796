import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import should from 'should';
import { migrations } from '../../engine/sqlite/migrations.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { writeMarkedRuns } from './marked-runs.ts';

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);
const storeModule = JSON.stringify(new URL('../../engine/sqlite/sqlite-store.ts', import.meta.url).href);
const runsModule = JSON.stringify(new URL('./marked-runs.ts', import.meta.url).href);

describe('What is erased from the embedded store', function () {
  this.timeout(120_000);
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'psconnect-erased-'));
    file = join(folder, 'store.sqlite');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** How often a text occurs in the bytes of any file of the folder. */
  const found = (text: string) => {
    let times = 0;
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name));
      for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) times++;
    }
    return times;
  };
  const whole = () => {
    const database = new DatabaseSync(file);
    const [{ integrity_check: answer }] = database.prepare('PRAGMA integrity_check').all() as [{ integrity_check: string }];
    database.close();
    return answer;
  };

  it('is in no byte of its files, whichever part of a run held it; what is kept is kept', async () => {
    const store = new SqliteStore(file);
    await store.open(1);
    await writeMarkedRuns(store, { runs: 400, mark: 'ERASE', at: 10 });
    await writeMarkedRuns(store, { runs: 100, mark: 'KEEP', at: 1_000 });
    found('ERASE').should.be.above(2_000);
    let count = 0;
    for (let times = 0; times < 20; times++) count += await store.forget(500, 50);
    count.should.equal(400);
    found('ERASE').should.equal(0); // while it is open: in the file, its -wal and whatever else is there
    const kept = await store.runs({ limit: 500 });
    kept.filter((run) => JSON.stringify(run).includes('KEEP')).length.should.equal(100);
    const erased = kept.filter((run) => run.event.data === null);
    erased.length.should.equal(400);
    for (const run of erased) {
      should(run.compensating?.reason).equal(undefined);
      for (const effect of await store.effects(run.id))
        should([effect.request, effect.result, effect.undo]).deepEqual([null, undefined, undefined]);
    }
    await store.close();
    found('ERASE').should.equal(0);
    whole().should.equal('ok');
  });

  it('is gone too when the process was killed in the middle of it', async () => {
    for (const afterMs of [0, 3, 10, 25, 60]) {
      const script = `
        import { SqliteStore } from ${storeModule};
        import { writeMarkedRuns } from ${runsModule};
        const store = new SqliteStore(${JSON.stringify(file)});
        await store.open(1);
        await writeMarkedRuns(store, { runs: 200, mark: 'ERASE', at: 10 });
        console.log('WRITTEN');
        while ((await store.forget(500, 20)) === 20);
        setInterval(() => undefined, 1_000);`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      child.kill('SIGKILL');
      await once(child, 'exit');
      const store = new SqliteStore(file);
      await store.open(20);
      while ((await store.forget(500, 100)) > 0);
      found('ERASE').should.equal(0, `killed after ${afterMs} ms`);
      await store.close();
      whole().should.equal('ok');
      for (const name of readdirSync(folder)) rmSync(join(folder, name));
    }
  });

  it('is gone after the next start when the process died between forgetting and overwriting', async () => {
    const store = new SqliteStore(file);
    await store.open(1);
    await writeMarkedRuns(store, { runs: 100, mark: 'ERASE', at: 10 });
    await store.close();
    const database = new DatabaseSync(file);
    database.exec(`UPDATE runs SET event = '{}'; UPDATE effects SET request = 'null', result = NULL, failure = NULL, undo = NULL; DELETE FROM failed_attempts; DELETE FROM crosswalk_missing;
      UPDATE approvals SET title = '', details = 'null', reason = NULL; UPDATE runs SET waiting_for = NULL, compensating = NULL, failure = NULL; UPDATE reconciliations SET result = '{}';
      INSERT INTO upkeep VALUES ('wipe', 1)`);
    database.close();
    found('ERASE').should.be.above(0);
    await store.open(20);
    found('ERASE').should.equal(0);
    await store.close();
    await store.open(30);
    await store.close();
    whole().should.equal('ok');
  });

  it('by an earlier version, which left it in free pages, is gone after the first start', async () => {
    const old = new DatabaseSync(file);
    old.exec('PRAGMA journal_mode = WAL');
    for (const migration of migrations.slice(0, 6)) old.exec(migration);
    old.exec('PRAGMA user_version = 6');
    const insert = old.prepare(
      `INSERT INTO runs (id, entry, flow, key, event_source, event_id, subject, event, status, available_at, severity, created_at, updated_at)
       VALUES (?, 'in', 'tab', 'k', '/s', ?, 'DEAL', ?, 'done', 0, 'normal', 0, 0)`,
    );
    for (let n = 0; n < 300; n++)
      insert.run(`r${n}`, `e${n}`, JSON.stringify({ data: `ERASE ${randomBytes((n * 37) % 6_000).toString('hex')} ERASE` }));
    old.exec(`UPDATE runs SET event = '{"data":null}', forgotten = 1, compensating = '{"actor":"ana","reason":"ERASE","since":1}'`);
    old.close();
    found('ERASE').should.be.above(100);
    chmodSync(file, 0o644);
    const store = new SqliteStore(file);
    await store.open(1);
    await store.forget(1, 10);
    found('ERASE').should.equal(0);
    modeOf(file).should.equal('600');
    await store.close();
    whole().should.equal('ok');
  });

  it('keeps the business id, of an e-mail address only the domain, so that its event starts nothing twice', async () => {
    const store = new SqliteStore(file);
    await store.open(1);
    const [event] = await writeMarkedRuns(store, { runs: 1, mark: 'ERASE', at: 10, subject: () => 'jana.weiss@firm.example' });
    await store.forget(500, 10);
    const [run] = await store.runs({ limit: 1 });
    run!.event.should.have.properties({ subject: '•••@firm.example', key: '•••@firm.example', data: null, id: event!.id });
    const again = await store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events: [event!], now: 600 });
    again.should.deepEqual({ accepted: [], duplicates: 1 });
    found('jana.weiss').should.equal(0);
    await store.close();
  });

  it('does not touch a dead letter, which a person must decide about first', async () => {
    const store = new SqliteStore(file);
    await store.open(1);
    const [event] = await writeMarkedRuns(store, { runs: 1, mark: 'KEEP', at: 10, end: 'dead' });
    (await store.forget(500, 10)).should.equal(0);
    const [run] = await store.runs({ limit: 1 });
    run!.event.data!.should.deepEqual(event!.data!);
    await store.close();
  });

  describe('and the rights on its files', () => {
    before(function () {
      if (process.platform === 'win32') this.skip();
    });

    it('are the owner’s alone: folder, file, -wal', async () => {
      const own = join(folder, 'deep', 'ps-connect');
      const store = new SqliteStore(join(own, 'store.sqlite'));
      await store.open(1);
      await store.note({ actor: 'ana', action: 'posted', subject: 'batch-1', detail: {} }, 1);
      modeOf(join(folder, 'deep')).should.equal('700');
      modeOf(own).should.equal('700');
      for (const name of readdirSync(own)) modeOf(join(own, name)).should.equal('600', name);
      readdirSync(own).should.containEql('store.sqlite-wal');
      await store.close();
    });

    it('are mended on a store of an earlier version or from a backup, and a folder of the user stays as it is', async () => {
      const store = new SqliteStore(file);
      await store.open(1);
      await store.close();
      chmodSync(folder, 0o755);
      chmodSync(file, 0o664);
      (await store.open(2)).should.deepEqual({ recovered: 0, suspects: false });
      modeOf(file).should.equal('600');
      modeOf(folder).should.equal('755');
      await store.close();
      const earlier = join(folder, 'ps-connect');
      mkdirSync(earlier, { mode: 0o755 });
      const theirs = new SqliteStore(join(earlier, 'store.sqlite'));
      await theirs.open(1);
      modeOf(earlier).should.equal('700');
      await theirs.close();
    });

    it('are said in words where they cannot be mended', function () {
      if (process.getuid?.() !== 0) this.skip(); // only root can give a file away
      const script = `
        import { chownSync, chmodSync, writeFileSync } from 'node:fs';
        import { SqliteStore } from ${storeModule};
        writeFileSync(${JSON.stringify(file)}, '');
        chownSync(${JSON.stringify(file)}, 65534, 65534);
        chmodSync(${JSON.stringify(file)}, 0o664);
        const store = new SqliteStore(${JSON.stringify(file)});
        console.log(JSON.stringify(await store.open(1)));
        await store.close();`;
      const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
      const { remarks } = JSON.parse(stdout) as { remarks: string[] };
      remarks.should.deepEqual([
        `${file} is open to other users of this machine (mode 664) and belongs to another user: take their rights away.`,
      ]);
      modeOf(file).should.equal('664');
      should(existsSync(`${file}-wal`)).be.false();
    });
  });
});
