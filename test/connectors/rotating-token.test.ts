import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import should from 'should';
import { createSalesforce } from '../../connectors/salesforce/connector.ts';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { Store } from '../../engine/store.ts';
import type { CredentialKeeper } from '../../model/kept-credential.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { salesforce } from '../../sandbox/salesforce/definition.ts';
import { startPostgres, type TestDatabase } from '../engine/embedded-postgres.ts';
import { SalesforceSandbox } from './salesforce-sandbox.ts';

describe('A Salesforce app that gives a new refresh token at each sign-in', function () {
  this.timeout(60_000);
  let org: SalesforceSandbox;
  let directory: string;
  const stores: Store[] = [];

  before(async () => {
    org = await new SalesforceSandbox().start();
  });
  after(() => org.stop());
  beforeEach(async () => {
    await org.reset();
    salesforce.load(org.sim, { app: { rotatesRefreshTokens: true } });
    directory = mkdtempSync(join(tmpdir(), 'psc-rotating-'));
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    rmSync(directory, { recursive: true });
  });

  const opened = async <S extends Store>(store: S): Promise<S> => {
    await store.open(Date.now());
    stores.push(store);
    return store;
  };
  const embedded = () => opened(new SqliteStore(join(directory, 'store.sqlite')));
  const crm = (credentials: CredentialKeeper, refreshToken = org.credentials()['refreshToken']!) =>
    createSalesforce(org.settings({ flow: 'refresh-token', refreshToken }), { credentials });
  const endSessions = () => {
    org.sim.state.sessions = {};
  };
  /** in the order in which they were given */
  const given = () => Object.entries(org.sim.state.refreshTokens).map(([token, { ended }]) => ({ token, ended: ended === true }));
  const grant = (token: string) => {
    const { userId, clientId } = Object.values(org.sim.state.refreshTokens)[0]!;
    org.sim.state.refreshTokens[token] = { userId, clientId };
  };

  it('goes on with the new one, whenever the session ends', async () => {
    const connector = crm(await embedded());
    for (let session = 1; session <= 3; session++) {
      should((await connector.test()).ok).equal(true, `session ${session}`);
      endSessions();
    }
    should(given().map(({ ended }) => ended)).deepEqual([true, true, true, false]);
  });

  it('goes on with the new one after a restart, although the form still has the first', async () => {
    const first = await embedded();
    should((await crm(first).test()).ok).equal(true);
    await stores.pop()?.close();
    endSessions();
    should((await crm(await embedded()).test()).ok).equal(true);
  });

  it('goes on when a test of the connection from its form has used it up', async () => {
    const store = await embedded();
    const connector = crm(store);
    should((await connector.test()).ok).equal(true);
    should((await crm(store).test()).ok).equal(true);
    endSessions();
    should((await connector.test()).ok).equal(true);
  });

  it('is not found in the store’s files, and is removed from what systems say', async () => {
    const store = await embedded();
    await crm(store).test();
    endSessions();
    await crm(store).test();
    const tokens = given().map(({ token }) => token);
    should(tokens).have.length(3);
    await stores.pop()?.close();
    for (const file of readdirSync(directory)) {
      const bytes = readFileSync(join(directory, file)).toString('latin1');
      for (const token of tokens) should(bytes.includes(token)).equal(false, `${file} holds a token`);
    }
    for (const token of tokens) should(knownSecrets.without(`refused: ${token}`)).equal('refused: •••');
  });

  it('takes a newly typed token in place of the one that was kept', async () => {
    const store = await embedded();
    await crm(store).test();
    grant('5Aep861typedAnewByTheAdministrator');
    const [, kept] = given();
    delete org.sim.state.refreshTokens[kept!.token];
    endSessions();
    should(await crm(store).test()).match({ ok: false, message: /revoked or has expired/ });
    should((await crm(store, '5Aep861typedAnewByTheAdministrator').test()).ok).equal(true);
  });

  it('is not sent to another address than the one it was given for', async () => {
    const store = await embedded();
    await crm(store).test();
    const other = createSalesforce(
      org.settings({
        flow: 'refresh-token',
        refreshToken: org.credentials()['refreshToken']!,
        loginUrl: org.sim.url.replace('127.0.0.1', 'localhost'),
      }),
      { credentials: store },
    );
    should((await other.test()).ok).equal(false);
  });

  it('keeps nothing of a connection that was deleted', async () => {
    const store = await embedded();
    const connector = crm(store);
    await connector.test();
    await connector.forgetKept!();
    endSessions();
    should(await crm(store).test()).match({ ok: false });
  });

  it('is signed in with the token that was not kept, once the store is there again', async () => {
    const store = await embedded();
    let isAway = true;
    const keeper: CredentialKeeper = {
      borrowCredential: (...values) => store.borrowCredential(...values),
      forgetCredential: (id) => store.forgetCredential(id),
      returnCredential: async (...values) => {
        if (isAway) throw new Error('the store is away');
        return store.returnCredential(...values);
      },
    };
    const connector = crm(keeper);
    should((await connector.test()).ok).equal(false);
    isAway = false;
    should((await connector.test()).ok).equal(true);
    endSessions();
    should((await crm(store).test()).ok).equal(true);
  });

  describe('used by several instances over one PostgreSQL', () => {
    let database: TestDatabase;
    before(async () => {
      database = await startPostgres(['-c', 'fsync=off']);
    });
    after(() => database.remove());

    it('is renewed by one after the other, never twice with the same token', async () => {
      const instances = await Promise.all(
        Array.from({ length: 4 }, async () => crm(await opened(new PostgresStore({ url: database.url })))),
      );
      for (let session = 1; session <= 3; session++) {
        const tests = await Promise.all(instances.map((instance) => instance.test()));
        should(tests.map(({ ok, message }) => (ok ? 'ok' : message))).deepEqual(['ok', 'ok', 'ok', 'ok']);
        endSessions();
      }
      should(given()).have.length(1 + 4 * 3);
      should(given().filter(({ ended }) => !ended)).have.length(1);
    });
  });
});
