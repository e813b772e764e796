import should from 'should';
import type { SalesforceConnector } from '../../connectors/salesforce/connector.ts';
import { Failure } from '../../model/failure.ts';
import type { JsonObject } from '../../model/json.ts';
import type { QueryRequest } from '../../model/operations.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { contextOf, SalesforceSandbox } from './salesforce-sandbox.ts';

const id = (prefix: string, number: number) => `${prefix}${String(number).padStart(12, '0')}AAA`;
const account = (number: number, more: JsonObject = {}): JsonObject => ({
  attributes: { type: 'Account' },
  Id: id('001', number),
  Name: `Client ${number}`,
  Account_Code__c: `ACC-${number}`,
  AnnualRevenue: 1_000_001,
  NumberOfEmployees: 12,
  CurrencyIsoCode: 'EUR',
  ...more,
});
const contact = (number: number, of: number): JsonObject => ({
  attributes: { type: 'Contact' },
  Id: id('003', number),
  LastName: `Person ${number}`,
  AccountId: id('001', of),
});
const asked = (query: string, more: Partial<QueryRequest> = {}): QueryRequest => ({
  query,
  by: 'size',
  bulkFrom: 10_000,
  limit: 2_000,
  partSize: 1_000,
  repeat: 'tell',
  ...more,
});
const failed = (work: Promise<unknown>): Promise<Failure> =>
  work.then(
    () => should.fail(undefined, undefined, 'it was not refused', '') as never,
    (error: unknown) => Failure.from(error),
  );

describe('A query of Salesforce', function () {
  this.timeout(60_000);
  const org = new SalesforceSandbox();
  let crm: SalesforceConnector;
  const ask = (request: QueryRequest, effects = new InMemoryEffects()) => crm.operations['record.query'](request, contextOf(effects));

  before(() => org.start());
  after(() => org.stop());
  beforeEach(async () => {
    await org.reset([
      account(1),
      account(2, { Name: "O'Neil \\ Sons' OR Name != '", AnnualRevenue: 0, NumberOfEmployees: 0 }),
      account(3, { AnnualRevenue: null }),
    ]);
    crm = org.connector();
  });

  it('finds a record by a value that looks like a part of the query', async () => {
    for (const name of ["O'Neil \\ Sons' OR Name != '", "' OR Id != '", "\\' OR Id != null OR Name = '"]) {
      const found = await ask(asked('SELECT Id FROM Account WHERE Name = :name', { values: { name } }));
      should(found.count).equal(name.startsWith('O') ? 1 : 0, name);
    }
  });

  for (const by of ['pages', 'job'] as const) {
    it(`tells zero from nothing, amounts as text, whole numbers as numbers, times in UTC: ${by}`, async () => {
      const { records, count } = await ask(
        asked(
          'SELECT Account_Code__c, AnnualRevenue, NumberOfEmployees, IsDeleted, Phone, CreatedDate, Owner.Name FROM Account ORDER BY Account_Code__c',
          { by },
        ),
      );
      should(count).equal(3);
      should(records!.map((record) => (record as JsonObject)['AnnualRevenue'])).deepEqual(['1000001', '0', null]);
      should(records![1]).match({
        Account_Code__c: 'ACC-2',
        NumberOfEmployees: 0,
        IsDeleted: false,
        Phone: null,
        CreatedDate: /^\d{4}-.*\.\d{3}Z$/,
      });
      should((records![0] as JsonObject)['Owner'])
        .have.property('Name')
        .which.is.a.String();
    });
  }

  it('reads a list within a record to its end, however many pages it has', async () => {
    org.load(Array.from({ length: 2_500 }, (_, at) => contact(at + 1, 1)));
    const { records } = await ask(asked('SELECT Id, (SELECT Id FROM Contacts) FROM Account'));
    should(records!.map((record) => ((record as JsonObject)['Contacts'] as unknown[] | null)?.length ?? 0).sort()).deepEqual([0, 0, 2_500]);
  });

  it('says how many there are where they are more than one list takes, and reads none of them', async () => {
    should(await failed(ask(asked('SELECT Id FROM Account', { limit: 2 })))).match({
      class: 'contract.invalid',
      code: 'QUERY_LIMIT',
      field: 'limit',
      value: '3',
    });
    should((await ask(asked('SELECT COUNT() FROM Account', { limit: 1 }))).records).deepEqual([{ count: 3 }]);
  });

  it('tells deleted records apart, and refuses to mix them up', async () => {
    const [one] = (await ask(asked('SELECT Id FROM Account'))).records as JsonObject[];
    const token = await fetch(`${org.sim.url}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: org.credentials()['clientId']!,
        client_secret: org.credentials()['clientSecret']!,
      }),
    }).then((answer) => answer.json() as Promise<{ access_token: string }>);
    await fetch(`${org.sim.url}/services/data/v66.0/sobjects/Account/${String(one!['Id'])}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${token.access_token}` },
    });
    should((await ask(asked('SELECT Id FROM Account'))).count).equal(2);
    for (const by of ['pages', 'job'] as const) {
      should(await ask(asked('SELECT Id, IsDeleted FROM Account', { deleted: true, by }))).match({ count: 3, deleted: 1 });
    }
    should(await failed(ask(asked('SELECT Id FROM Account', { deleted: true })))).match({ class: 'contract.invalid', code: 'QUERY_WRONG' });
  });

  it('names the field that the org does not have, and what is wrong with a query', async () => {
    should(await failed(ask(asked('SELECT Id, Nope__c FROM Account')))).match({
      class: 'contract.drift',
      code: 'INVALID_FIELD',
      field: 'Nope__c',
    });
    should(await failed(ask(asked('SELECT Id FROM Nope')))).match({ class: 'contract.drift', code: 'INVALID_TYPE' });
    should(await failed(ask(asked('SELECT Id FROM Account WHERE')))).match({ class: 'contract.invalid', code: 'MALFORMED_QUERY' });
  });

  it('that is wrong is told without its values, and by the field, not by a text that stands before it', async () => {
    const values = { name: 'Anna Keller', ids: ['x'] };
    const failure = await failed(ask(asked('SELECT Id FROM Account WHERE Name = :name AND Nope__c = 1 AND Id IN :ids', { values })));
    should(failure).match({ code: 'INVALID_FIELD', field: 'Nope__c' });
    should(JSON.stringify(failure)).not.containEql('Keller');
  });

  it('whose page has expired, or that a limit stops, is asked again later', async () => {
    const body = (errorCode: string) => [{ message: errorCode, errorCode }];
    for (const [code, status, failureClass] of [
      ['INVALID_QUERY_LOCATOR', 400, 'transient.unavailable'],
      ['QUERY_TIMEOUT', 400, 'transient.timeout'],
      ['REQUEST_LIMIT_EXCEEDED', 403, 'transient.throttled'],
    ] as const) {
      org.fault({ kind: 'status', status, body: body(code), match: { path: '/query' } });
      should(await failed(ask(asked('SELECT Id FROM Account', { by: 'pages' })))).match({ class: failureClass, code });
    }
  });

  it('that comes again with its run says when it finds something else, or stops', async () => {
    const effects = new InMemoryEffects();
    const query = asked('SELECT Id, Name FROM Account ORDER BY Name');
    should((await ask(query, effects)).differs).equal(false);
    should((await ask({ ...query, query: query.query }, effects)).differs).equal(false);
    org.load([account(9)]);
    should(await ask(query, effects)).match({ differs: true, count: 4 });
    should(await failed(ask({ ...query, repeat: 'stop' }, effects))).match({
      class: 'business.rejected',
      code: 'QUERY_DIFFERS',
      value: '4',
    });
    should((await ask({ ...query, repeat: 'anew' }, effects)).differs).equal(false);
  });

  it('hands its records over in parts, and reads on when a part is taken', async () => {
    org.load(Array.from({ length: 4_200 }, (_, at) => account(at + 10)));
    const parts: number[] = [];
    const found = await crm.operations['record.query'](
      asked('SELECT Id FROM Account', { partSize: 1_500 }),
      contextOf(new InMemoryEffects()),
      async (records) => {
        parts.push(records.length);
      },
    );
    should(parts).deepEqual([1_500, 1_500, 1_203]);
    should(found).match({ count: 4_203, by: 'pages', differs: false }).and.not.have.property('records');
  });
});
