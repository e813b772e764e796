import 'should';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import should from 'should';
import { createKantata, type KantataConnector } from '../../connectors/kantata/connector.ts';
import { createNetSuite, type NetSuiteConnector } from '../../connectors/netsuite/connector.ts';
import type { Break } from '../../engine/reconciliation.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { runReconciliation } from '../../nodes/data/reconcile/run-reconciliation.ts';
import { timeComparison } from '../../engine/time-comparison.ts';
import type { FailureDetails } from '../../model/failure.ts';
import { inWords, wordsOf } from '../../model/failure-words.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { inGerman } from '../model/in-german.ts';
import { emailOf, loadTimeFirm, projectCodeOf, psaId, taskCodeOf } from './time-firm.ts';
import { approvedRow, day, postedRow } from './time-rows.ts';
import { keyOfErpId } from '../../sandbox/netsuite/firm/erp-ids.ts';

const key = (entry: number) => `kantata:${psaId.entry(String(entry))}`;

/** What is wrong in one of the systems, by entry; every other entry of the month is the same in both. */
const planted: { entry: number; kind: Break['kind']; psa?: object; erp?: (firm: Firm) => object }[] = [
  { entry: 1, kind: 'minutes-differ', erp: () => ({ hours: '1:01' }) },
  { entry: 2, kind: 'date-differs', erp: () => ({ tranDate: day(4) }) },
  { entry: 3, kind: 'person-differs', erp: () => ({ employee: { externalId: 'EMP-2' } }) },
  {
    entry: 4,
    kind: 'project-differs',
    erp: ({ job }) => ({ customer: { id: job('2') }, caseTaskEvent: { externalId: taskCodeOf('1', '1') } }),
  },
  { entry: 5, kind: 'task-differs', erp: () => ({ caseTaskEvent: null }) },
  { entry: 6, kind: 'billable-differs', erp: () => ({ isBillable: false }) },
  { entry: 7, kind: 'currency-differs', psa: { currency: 'EUR' } },
  { entry: 8, kind: 'rate-differs', erp: () => ({ rate: 150.01 }) },
  { entry: 9, kind: 'rate-missing-in-erp', psa: { rate_in_cents: 0, billable: true }, erp: () => ({ rate: null }) },
  { entry: 10, kind: 'rate-missing-in-psa', psa: { rate_in_cents: null } },
  { entry: 11, kind: 'rate-differs', psa: { rate_in_cents: 0 } },
  { entry: 12, kind: 'project-differs', psa: { workspace_id: psaId.workspace('3'), story_id: null } },
  { entry: 13, kind: 'person-differs', psa: { user_id: psaId.user('2') } },
  { entry: 14, kind: 'project-differs', erp: ({ customer }) => ({ customer: { id: customer } }) },
];
const plantedEntries = new Set(planted.map(({ entry }) => entry));
const lost = 21;
const extra = 22;

interface Firm {
  job(workspace: string): string;
  customer: string;
}

describe("The month's reconciliation", function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let psa: KantataConnector;
  let erp: NetSuiteConnector;
  let folder: string;
  let store: SqliteStore;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0, empty: true });
    const { kantata, netsuite } = sandbox;
    loadTimeFirm(sandbox, {
      users: ['1', '2'],
      workspaces: ['1', '2'],
      stories: new Map([
        ['1', '1'],
        ['2', '2'],
      ]),
      currency: 'USD',
      legalEntity: 'US01',
    });
    kantata.definition.load(kantata, { workspaces: [{ id: psaId.workspace('3'), title: 'Inner matters', currency: 'USD' }] });
    const records = netsuite.state.records as Record<string, Record<string, { id: string; externalId?: string }>>;
    const idOf = (type: string, externalId: string) =>
      Object.values(records[type] ?? {}).find((record) => keyOfErpId(record.externalId ?? '') === externalId)!.id;
    const firm: Firm = { job: (workspace) => idOf('job', projectCodeOf(workspace)), customer: idOf('customer', 'ACC-1@US01') };
    const month = Array.from({ length: 40 }, (_, index) => index + 1);
    const psaRow = (entry: number) => approvedRow(entry, planted.find((one) => one.entry === entry)?.psa);
    const erpRow = (entry: number) => {
      return postedRow(entry, { customer: { id: firm.job('1') }, ...planted.find((one) => one.entry === entry)?.erp?.(firm) });
    };
    kantata.definition.load(kantata, { time_entries: month.filter((entry) => entry !== extra).map(psaRow) });
    netsuite.definition.load(netsuite, { records: { timeBill: month.filter((entry) => entry !== lost).map(erpRow) } });
    // the simulator fills the list price where a rate is cleared: here somebody took it away by hand
    for (const bill of Object.values(records['timeBill'] ?? {}) as unknown as { externalId?: string; fields: Record<string, unknown> }[]) {
      if (keyOfErpId(bill.externalId ?? '') === key(9)) delete bill.fields['rate'];
    }
    const { accessToken = '' } = kantata.definition.credentials(kantata);
    psa = createKantata({ baseUrl: `${kantata.url}/api/v1`, accessToken });
    const { accountId = '', clientId = '', certificateId = '', privateKey = '' } = netsuite.definition.credentials(netsuite);
    erp = createNetSuite({ accountId, baseUrl: netsuite.url, auth: { kind: 'oauth2', clientId, certificateId, privateKey } });
    folder = mkdtempSync(join(tmpdir(), 'psconnect-month-'));
    store = new SqliteStore(join(folder, 'store.sqlite'));
    await store.open(1);
  });
  after(async () => {
    await store?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
    await sandbox?.stop();
  });

  const reconcile = () => {
    const sides = {
      psa: { system: psa.system, run: psa.operations['approved-time.list'] },
      erp: { system: erp.system, run: erp.operations['posted-time.list'] },
    };
    return runReconciliation(timeComparison, { ...sides, store, now: Date.now(), node: 'rec' }, 35, new AbortController().signal);
  };
  const accept = (subject: string, more: object = {}) =>
    store.accept({
      entry: 'in',
      flow: 'tab',
      severity: 'normal',
      now: 1,
      events: [
        {
          id: `${subject}:v`,
          source: '/kantata',
          type: 'com.psconnect.time.approved',
          subject,
          time: '2026-01-01T00:00:00Z',
          key: subject,
          data: {},
          ...more,
        },
      ],
    });
  const version = (record: string, at: string) => ({ id: `${record}:${at}`, version: { record, at } });
  const closed: FailureDetails = { class: 'business.rejected', code: 'X', message: 'The period is closed.' };
  const end = async (id: string, as: 'done' | 'dead', failure = closed) => {
    const runs = await store.claim({ entries: ['in'], limit: 1_000, now: 2, revision: '' });
    const run = runs.find((one) => one.id === id)!;
    if (as === 'done') await store.done(run.id, run.token, 3);
    else await store.park(run.id, run.token, { failure }, 3);
    for (const other of runs) if (other.id !== id) await store.release(other.id, other.token, 3);
  };
  const explanationOf = async (entry: number) => (await reconcile()).breaks.find((found) => found.key === key(entry))?.explained;

  it('finds every planted difference, one for each compared field, and nothing else', async () => {
    const { breaks, matched } = await reconcile();
    const expected = [
      ...planted.map(({ entry, kind }) => `${key(entry)} ${kind}`),
      `${key(lost)} missing-in-erp`,
      `${key(extra)} missing-in-psa`,
    ];
    breaks
      .map((found) => `${found.key} ${found.kind}`)
      .sort()
      .should.deepEqual(expected.sort());
    matched.should.equal(40 - planted.length - 2);
    plantedEntries.size.should.equal(planted.length);
  });

  it('says both sides of each difference, and every difference of an entry', async () => {
    const { breaks } = await reconcile();
    const of = (entry: number) => breaks.find((found) => found.key === key(entry))?.differences ?? [];
    of(3)[0]!.should.containEql({ psa: emailOf('1'), erp: emailOf('2') });
    of(4)[0]!.should.containEql({ psa: projectCodeOf('1'), erp: projectCodeOf('2') });
    of(5)[0]!.should.containEql({ psa: taskCodeOf('1', '1'), erp: null });
    of(7)[0]!.should.containEql({ psa: 'EUR', erp: 'USD' });
    of(10)
      .map(({ kind }) => kind)
      .should.deepEqual(['rate-missing-in-psa', 'amount-missing-in-psa']);
    of(11)
      .map(({ psa: left, erp: right }) => [left, right])
      .should.deepEqual([
        ['0.00 USD', '150.00 USD'],
        ['0.00 USD', '150.00 USD'],
      ]);
    of(12)
      .map(({ kind }) => kind)
      .should.deepEqual(['project-differs', 'task-differs']);
  });

  it('says that the legal entity was not compared, because the PSA knows none', async () => {
    const { notCompared } = await reconcile();
    notCompared.should.deepEqual({ entity: 38, rate: 1 }); // time without a project has a rate of no known currency
  });

  it('explains a break by the run of that very entry, and by no other whose id begins alike', async () => {
    await accept(`${key(1)}0`);
    await accept(`x${key(1)}`);
    should((await reconcile()).breaks.find((found) => found.key === key(1))?.explained).equal(undefined);
    const { accepted } = await accept(key(1));
    accepted.should.have.length(1);
    for (let more = 0; more < 250; more++) await accept(`${key(1)}${more + 1000}`);
    const { explained } = (await reconcile()).breaks.find((found) => found.key === key(1))!;
    should(explained?.status).equal('ready');
    should(explained?.message).equal('not delivered yet');
    inGerman(explained!).message.should.equal('noch nicht zugestellt');
    should((await store.run(explained!.run))?.event.subject).equal(key(1));
  });

  it('explains a break in the language of who reads it, and names no person', async () => {
    const data = { resource: { name: 'Kim Roe' } };
    const refusal = wordsOf(inWords('REFUSED.kantata'));
    const failure: FailureDetails = { class: 'business.rejected', ...inWords('AS_SAID.kantata', { refusal, said: 'Kim Roe has left' }) };
    const [run] = (await accept(key(3), { data })).accepted;
    await end(run!, 'dead', failure);
    const explained = await explanationOf(3);
    should(explained?.message).equal('Kantata refused the record. Kantata says: ••• has left.');
    inGerman(explained!).message.should.equal('Kantata hat den Datensatz abgelehnt. Kantata sagt: ••• has left.');
    JSON.stringify(explained).should.not.match(/Kim|Roe/);
  });

  it('explains no break by a dead letter that was left lying when a newer version of the entry is done', async () => {
    const [older] = (await accept(key(2), version(key(2), '2026-01-01T00:00:00.000Z'))).accepted;
    await end(older!, 'dead');
    should((await explanationOf(2))?.run).equal(older);
    const [newer] = (await accept(key(2), version(key(2), '2026-01-02T00:00:00.000Z'))).accepted;
    should((await explanationOf(2))?.run).equal(newer);
    await end(newer!, 'done');
    should(await explanationOf(2)).equal(undefined);
    const [newest] = (await accept(key(2), version(key(2), '2026-01-03T00:00:00.000Z'))).accepted;
    await end(newest!, 'dead');
    should((await explanationOf(2))?.run).equal(newest);
  });

  it('explains none by a dead letter when another version of the same time arrived after it and is done', async () => {
    const same = (id: string) => ({ ...version(key(4), '2026-01-01T00:00:00.000Z'), id });
    const [first] = (await accept(key(4), same('tie-1'))).accepted;
    await end(first!, 'dead');
    should((await explanationOf(4))?.run).equal(first);
    const [second] = (await accept(key(4), same('tie-2'))).accepted;
    await end(second!, 'done');
    should(await explanationOf(4)).equal(undefined);
  });

  it('explains it so, in order of arrival, for a source that gives no versions, and not by what was done before', async () => {
    const [first] = (await accept(key(3), { id: 'first' })).accepted;
    await end(first!, 'done');
    const [second] = (await accept(key(3), { id: 'second' })).accepted;
    await end(second!, 'dead');
    should(await explanationOf(3)).containEql({ run: second, status: 'dead' });
    const [third] = (await accept(key(3), { id: 'third' })).accepted;
    await end(third!, 'done');
    should(await explanationOf(3)).equal(undefined);
  });

  it('is kept without e-mail addresses', async () => {
    await reconcile();
    const [kept] = await store.reconciliations(1, 100);
    JSON.stringify(kept).should.containEql('•••@firm.example').and.not.containEql(emailOf('1'));
  });

  it('goes on over rows that cannot be read: they are named, never matched, and all others are compared', async () => {
    const before = await reconcile();
    const bills = Object.values(sandbox.netsuite.state.records['timeBill'] ?? {});
    const bill = bills.find(({ externalId = '' }) => keyOfErpId(externalId) === key(30))!;
    delete bill.fields['hours'];
    const row = sandbox.kantata.state.rows['time_entries']![psaId.entry('31')]!;
    row['time_in_minutes'] = null;
    const after = await reconcile();
    after.matched.should.equal(before.matched - 2);
    const added = after.breaks.filter(({ key: one }) => !before.breaks.some((found) => found.key === one));
    added
      .map(({ kind, key: one, unreadable }) => [kind, one, unreadable?.id, unreadable?.field])
      .should.deepEqual([
        ['unreadable-in-psa', key(31), psaId.entry('31'), 'time_in_minutes'],
        ['unreadable-in-erp', key(30), bill.id, 'hours'],
      ]);
  });
});
