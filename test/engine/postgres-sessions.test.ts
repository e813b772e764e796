import 'should';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientBase } from 'pg';
import should from 'should';
import { systemClock } from '../../engine/clock.ts';
import { Engine } from '../../engine/engine.ts';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { Sessions } from '../../engine/postgres/session.ts';
import { defaultPolicy } from '../../engine/retry-policy.ts';
import { Failure } from '../../model/failure.ts';
import { until } from '../until.ts';
import { startPostgres, type TestDatabase } from './embedded-postgres.ts';
import { Pooler, type PoolerManner } from './pooler.ts';
import { deal } from './sample-events.ts';

const entry = { entry: 'in', flow: 'tab', severity: 'normal' as const };
const refusalOf = (url: string, more: object = {}) =>
  new PostgresStore({ url, ...more }).open(1).then(
    () => undefined,
    (error: unknown) => Failure.from(error),
  );

describe('A session of the shared store', function () {
  this.timeout(90_000);
  let database: TestDatabase;
  before(async () => {
    database = await startPostgres();
  });
  after(() => database.remove());

  const at = (port: number, end = '') => database.url.replace(/:\d+\/postgres$/, `:${port}/postgres${end}`);
  const portOf = () => Number(new URL(database.url).port);
  const schemasWithRuns = async () =>
    (await database.query(`SELECT table_schema AS name FROM information_schema.tables WHERE table_name = 'runs' ORDER BY 1`)).map(
      ({ name }) => name,
    );

  it('is in the schema of its firm, whatever the address, the role or a pooler says of search_path', async () => {
    const pooler = await Pooler.before(portOf(), () => ({ dropsOptions: true }));
    await database.query('ALTER ROLE postgres SET search_path = public');
    const ways = {
      firm_a: `${database.url}?options=${encodeURIComponent('-c statement_timeout=20000')}`,
      firm_b: `${database.url}?options=${encodeURIComponent('-c search_path=firm_a')}`,
      firm_c: at(pooler.port),
    };
    const stores = Object.entries(ways).map(([schema, url]) => new PostgresStore({ url, schema }));
    for (const store of stores) {
      await store.open(1);
      await store.accept({ ...entry, events: [deal('A')], now: 1 });
    }
    (await schemasWithRuns()).should.deepEqual(['firm_a', 'firm_b', 'firm_c']);
    for (const store of stores) {
      (await store.counts()).ready.should.equal(1); // its own
      (await store.claim({ entries: ['in'], limit: 5, now: 2, revision: '' })).length.should.equal(1);
      await store.close();
    }
    await database.query('ALTER ROLE postgres RESET search_path');
    await pooler.close();
  });

  it('is refused in words where the user may not use the schema', async () => {
    await database.query(`CREATE ROLE guest LOGIN PASSWORD 'guest'`);
    await database.query('CREATE SCHEMA closed');
    const url = database.url.replace('postgres:secret-of-the-test@', 'guest:guest@');
    const refusal = await refusalOf(url, { schema: 'closed' });
    should(refusal).have.properties({ code: 'STORE_NO_RIGHTS' });
    refusal!.message.should.match(/schema closed/);
    refusal!.remedy!.should.match(/GRANT USAGE, CREATE ON SCHEMA closed.+tried again/);
  });

  it('is refused in words by a database that is not in UTF-8', async () => {
    await database.query(`CREATE DATABASE latin ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0`);
    const refusal = await refusalOf(database.url.replace(/postgres$/, 'latin'));
    should(refusal).have.properties({ code: 'STORE_ENCODING', class: 'transient.unavailable' });
    refusal!.message.should.match(/\/latin keeps its text in LATIN1/);
    refusal!.remedy!.should.match(/ENCODING 'UTF8'/);
  });

  it('that was opened while the database took no writes is left, and work goes on by itself', async () => {
    const store = new PostgresStore({ url: database.url, schema: 'switched', leaseMs: 2_000 });
    const engine = new Engine({ store, instances: store.instances, clock: systemClock });
    const accept = (id: string) =>
      engine.accept({ id: 'in', flow: 'tab', policy: defaultPolicy }, [deal(id)]).then(
        () => 'taken',
        (error: unknown) => Failure.from(error).code,
      );
    await engine.open();
    engine.start();
    (await accept('before')).should.equal('taken');
    const end = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'ps-connect%'`;
    await database.query('ALTER DATABASE postgres SET default_transaction_read_only = on');
    await database.query(end);
    await until(
      async () => (await accept('meanwhile')) === 'STORE_READ_ONLY',
      () => 'it still takes writes',
    );
    await database.query('BEGIN READ WRITE; ALTER DATABASE postgres RESET default_transaction_read_only; COMMIT');
    await until(
      async () => (await accept('after')) === 'taken',
      () => 'it takes no writes any more',
      30,
    );
    await until(
      () => engine.storeFailure === undefined,
      () => 'the trouble is still shown',
      30,
    );
    (await accept('and more')).should.equal('taken');
    await engine.close();
  });

  for (const [when, written] of [
    ['after it has written', true],
    ['before it has written', false],
  ] as const) {
    it(`that may only read, from a moment ${when}, is left, with those that read`, async () => {
      const store = new PostgresStore({ url: database.url, schema: `midlife_${written}` });
      await store.open(1);
      const accept = (id: string) =>
        store.accept({ ...entry, events: [deal(id)], now: 1 }).then(
          () => 'taken',
          (error: unknown) => Failure.from(error).code,
        );
      if (written) (await accept('before')).should.equal('taken');
      await store.counts();
      const readers = async () =>
        (await database.query(`SELECT pid FROM pg_stat_activity WHERE application_name = 'ps-connect reader' ORDER BY 1`)).map(
          ({ pid }) => pid,
        );
      /** asked all the time, so that no session is let go for want of work */
      const readByOthersThan = (those: unknown[]) =>
        until(
          async () => {
            await store.counts();
            return !(await readers()).some((pid) => those.includes(pid));
          },
          () => 'what was read before is read by the same session',
        );
      const before = await readers();
      await database.query('ALTER SYSTEM SET default_transaction_read_only = on');
      await database.query('SELECT pg_reload_conf()');
      await until(
        async () => (await accept('meanwhile')) === 'STORE_READ_ONLY',
        () => 'it still takes writes',
      );
      await readByOthersThan(before); // it can still be looked at
      const meanwhile = await readers();
      await database.query('ALTER SYSTEM RESET default_transaction_read_only');
      await database.query('SELECT pg_reload_conf()');
      await until(
        async () => (await accept('after')) === 'taken',
        () => 'it takes no writes any more',
      );
      await readByOthersThan(meanwhile); // where the writes go now
      await store.close();
    });
  }

  it('that a pooler hands from one to another is refused in words', async () => {
    const sessions = new Sessions({ schema: 'psconnect', shown: 'pooler/db' });
    const facts = { encoding: 'UTF8', standby: false, readOnly: false, schema: 'psconnect', there: true };
    /** a session as a driver shows it, served by one process of the database or another */
    const session = (pids: number[]) => {
      let asked = 0;
      const query = async () => ({ rows: [{ ...facts, pid: pids[Math.min(asked++, pids.length - 1)] }] });
      return { query, once: () => undefined } as unknown as ClientBase;
    };
    const begin = sessions.beginning({ use: 'write' });
    await begin(session([1]));
    await begin(session([2]));
    for (const shared of [session([1]), session([7, 8])]) {
      await begin(shared).should.be.rejectedWith({ code: 'STORE_POOLER', message: /^A pooler in front of the database pooler\/db/ });
    }
  });

  describe('that does not come about says why, and whether it goes on by itself', () => {
    const poolerSays: [string, string, RegExp][] = [
      ['unsupported startup parameter: options', 'STORE_POOLER', /ignore_startup_parameters.+tried again/],
      ['no such database: psconnect', 'STORE_POOLER', /know this database and user/],
      ['no more connections allowed (max_client_conn)', 'STORE_UNREACHABLE', /goes on by itself/],
      ['server login has been failing, try again later (server_login_retry)', 'STORE_UNREACHABLE', /goes on by itself/],
      ['query_wait_timeout', 'STORE_UNREACHABLE', /goes on by itself/],
    ];
    it('behind a pooler, in the words of the pooler', async () => {
      let manner: PoolerManner = { dropsOptions: true };
      const pooler = await Pooler.before(portOf(), () => manner);
      for (const [refuses, code, remedy] of poolerSays) {
        manner = { refuses };
        const refusal = await refusalOf(at(pooler.port));
        should(refusal).have.properties({ code });
        refusal!.message.should.containEql(refuses);
        refusal!.remedy!.should.match(remedy);
        if (code === 'STORE_POOLER') refusal!.remedy!.should.not.match(/goes on by itself/);
      }
      await pooler.close();
    });

    it('for a database without TLS, a file that is not there, one that is no certificate, and a missing password', async () => {
      const wrongs: [end: string, code: string, words: RegExp][] = [
        ['?sslmode=verify-full', 'STORE_TLS', /does not support SSL/],
        ['?sslmode=verify-full&sslrootcert=/nowhere/ca.pem', 'STORE_FILE', /\/nowhere\/ca\.pem/],
        [`?sslmode=verify-full&sslrootcert=${encodeURIComponent(tmpdir())}`, 'STORE_FILE', /EISDIR/],
      ];
      for (const [end, code, words] of wrongs) {
        const refusal = await refusalOf(`${database.url}${end}`);
        should(refusal?.code).equal(code, end);
        refusal!.message.should.match(words);
        refusal!.remedy!.should.match(/tried again every few seconds/).and.not.match(/log of the database/);
      }
      const nobody = await refusalOf(database.url.replace('postgres:secret-of-the-test@', 'postgres@'));
      should(nobody).have.properties({ code: 'STORE_DENIED' });
    });

    it('for a certificate that nobody vouches for, or that is for another name', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'psconnect-tls-'));
      const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
      const made = ['-keyout', key, '-out', certificate, '-days', '2', '-subj', '/CN=db.firm.example'];
      execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...made], { stdio: 'ignore' });
      execFileSync('chmod', ['755', folder]);
      if (process.getuid?.() === 0) execFileSync('chown', ['-R', 'postgres:postgres', folder]);
      const tls = await startPostgres(['-c', 'ssl=on', '-c', `ssl_cert_file=${certificate}`, '-c', `ssl_key_file=${key}`]);
      try {
        const untrusted = await refusalOf(`${tls.url}?sslmode=require`);
        should(untrusted).have.properties({ code: 'STORE_CERTIFICATE' });
        untrusted!.message.should.match(/self-signed certificate/);
        untrusted!.remedy!.should.match(/sslrootcert=.+tried again/);
        const misnamed = await refusalOf(`${tls.url}?sslmode=verify-full&sslrootcert=${encodeURIComponent(certificate)}`);
        should(misnamed).have.properties({ code: 'STORE_CERTIFICATE' });
        misnamed!.message.should.match(/another name/);
        const noPem = join(folder, 'no.pem');
        writeFileSync(noPem, 'Dear auditor');
        const unread = await refusalOf(`${tls.url}?sslmode=verify-full&sslrootcert=${encodeURIComponent(noPem)}`);
        ['STORE_FILE', 'STORE_CERTIFICATE'].should.containEql(unread?.code);
      } finally {
        await tls.remove();
        rmSync(folder, { recursive: true, force: true });
      }
    });
  });
});
