import should from 'should';
import type { SalesforceConnector } from '../../connectors/salesforce/connector.ts';
import { Failure } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import type { QueryRequest } from '../../model/operations.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { contextOf, SalesforceSandbox } from './salesforce-sandbox.ts';

const request = (more: Partial<QueryRequest> = {}): QueryRequest => ({
  query: 'SELECT Id, Name, AnnualRevenue FROM Account ORDER BY Id',
  by: 'job',
  bulkFrom: 3,
  limit: 50_000,
  partSize: 4_000,
  repeat: 'tell',
  ...more,
});
const account = (number: number): JsonObject => ({
  attributes: { type: 'Account' },
  Id: `001${String(number).padStart(12, '0')}AAA`,
  Name: `Client "${number}", Ltd`,
  AnnualRevenue: number,
});
const failed = (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    () => should.fail(undefined, undefined, 'it was not refused', '') as never,
    (error: unknown) => Failure.from(error),
  );

describe('A query of Salesforce by a job', function () {
  this.timeout(60_000);
  const org = new SalesforceSandbox();
  let crm: SalesforceConnector;
  const ask = (asked: QueryRequest, effects = new InMemoryEffects()) => crm.operations['record.query'](asked, contextOf(effects));
  const jobs = () => Object.values(org.sim.state.jobs);

  before(() => org.start());
  after(() => org.stop());
  beforeEach(async () => {
    await org.reset([1, 2, 3].map(account));
    org.sim.faults.clear();
    crm = org.connector();
  });

  it('is chosen by the number of records, and reads the same as page by page', async () => {
    const bySize = await ask(request({ by: 'size' }));
    const byPages = await ask(request({ by: 'pages' }));
    should([bySize.by, byPages.by]).deepEqual(['job', 'pages']);
    should(bySize.records).deepEqual(byPages.records);
    should((await ask(request({ by: 'size', bulkFrom: 4 }))).by).equal('pages');
  });

  it('is not chosen for what Salesforce reads page by page only, and says so where it was demanded', async () => {
    const query = 'SELECT Id, (SELECT Id FROM Contacts) FROM Account';
    should((await ask(request({ query, by: 'size' }))).by).equal('pages');
    should(await failed(ask(request({ query })))).match({ class: 'contract.invalid', code: 'API_ERROR' });
    // what only Salesforce knows: an address is a compound field
    should((await ask(request({ query: 'SELECT Id, BillingAddress FROM Account', by: 'size' }))).by).equal('pages');
  });

  it('reads page after page by the locator, to the last record', async () => {
    org.sim.state.madeUp = { Account: 25_000 };
    const parts: number[] = [];
    const found = await crm.operations['record.query'](request(), contextOf(new InMemoryEffects()), async (records) => {
      parts.push(records.length);
    });
    should(found.count).equal(25_003);
    should(parts).deepEqual([4_000, 4_000, 4_000, 4_000, 4_000, 4_000, 1_003]);
  });

  it('stays the result of its run: read again as it was, though the records have changed', async () => {
    const effects = new InMemoryEffects();
    await ask(request(), effects);
    org.load([account(4)]);
    should(await ask(request(), effects)).match({ count: 3, differs: false });
    should(jobs()).have.length(1);
  });

  it('that is gone is asked for once more, and the run hears that the answer differs', async () => {
    const effects = new InMemoryEffects();
    await ask(request(), effects);
    org.sim.state.jobs = {};
    org.load([account(4)]);
    should(await ask(request(), effects)).match({ count: 4, differs: true });
  });

  for (const [said, failureClass] of [
    ['TooManyLockFailure : Too many lock failure 201. Current Id: null', 'transient.locked'],
    ['InternalServerError : Unexpected error', 'transient.unavailable'],
    ['ClientInputError : Failed to process query: INVALID_FIELD: No such column Nope__c', 'contract.drift'],
    ['something new', 'business.rejected'],
  ] as const) {
    it(`that fails half-way (${said.split(' ')[0]}) is told, and another is made when the run comes again`, async () => {
      const effects = new InMemoryEffects();
      const open = org.sim.state.jobs;
      // the job ends badly as soon as it is there
      org.sim.state.jobs = new Proxy(open, {
        set: (all, id, job: Record<string, unknown>) =>
          Reflect.set(
            all,
            id,
            Object.defineProperties(job, {
              state: { get: () => 'Failed', set: () => undefined, enumerable: true },
              errorMessage: { value: said, enumerable: true },
            }),
          ),
      });
      should((await failed(ask(request(), effects))).class).equal(failureClass);
      org.sim.state.jobs = { ...open };
      should(await ask(request(), effects)).match({ count: 3, differs: false });
      should(jobs()).have.length(2);
    });
  }

  it('a page with fewer records than it says, without its locator, or with a short row is no answer', async () => {
    const header = '"Id","Name","AnnualRevenue"\n';
    const row = '"001000000000001AAA","A","1"\n';
    const answers = [
      { body: header + row, headers: { 'Sforce-Locator': 'null', 'Sforce-NumberOfRecords': '3' } },
      { body: header + row, headers: { 'Sforce-NumberOfRecords': '1' } },
      { body: `${header}"001000000000001AAA","A"\n`, headers: { 'Sforce-Locator': 'null', 'Sforce-NumberOfRecords': '1' } },
      { body: header + row, headers: { 'Sforce-Locator': 'null', 'Sforce-NumberOfRecords': '1' } },
      { body: '<html>Maintenance</html>', headers: {} },
    ];
    for (const answer of answers) {
      org.fault({
        kind: 'status',
        status: 200,
        match: { path: 'results' },
        ...answer,
        headers: { ...answer.headers, 'Content-Type': 'text/csv' } as Record<string, string>,
      });
      should(await failed(ask(request()))).match({ class: 'transient.unavailable' });
    }
  });

  it('is given up when nobody is to remember it', async () => {
    org.fault({ kind: 'status', status: 500, match: { path: 'results' }, body: [{ errorCode: 'UNKNOWN_EXCEPTION', message: 'x' }] });
    should(await failed(ask(request({ repeat: 'anew' })))).match({ class: 'transient.unavailable' });
    org.fault({ kind: 'status', status: 400, match: { method: 'PATCH', path: 'jobs/query' }, body: [] });
    should((await ask(request({ repeat: 'anew' }))).count).equal(3);
  });
});
