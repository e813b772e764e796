import jsforce from 'jsforce';
import should from 'should';
import { salesforce } from '../../sandbox/salesforce/definition.ts';
import type { SalesforceState } from '../../sandbox/salesforce/store/state.ts';
import { Simulator } from '../../sandbox/simulator.ts';

// jsforce is a client that nobody here wrote: what it understands, the simulator says right.
const { Connection } = jsforce;
type Connection = InstanceType<typeof Connection>;

describe('the Salesforce sandbox, tried with jsforce', () => {
  let sim: Simulator<SalesforceState>;
  let credentials: Record<string, string>;
  let conn: Connection;

  before(async () => {
    sim = await new Simulator(salesforce, { port: 0 }).start();
  });

  after(() => sim.stop());

  beforeEach(async () => {
    sim.state = salesforce.emptyState();
    sim.journal.restore([]);
    sim.faults.clear();
    credentials = salesforce.credentials(sim);
    conn = connection();
    await conn.login(credentials['username']!, credentials['password']! + credentials['securityToken']!);
  });

  function connection(version = '66.0'): Connection {
    const { clientId, clientSecret, loginUrl } = credentials;
    return new Connection({ version, loginUrl, instanceUrl: loginUrl, oauth2: { clientId, clientSecret, loginUrl } });
  }

  async function codeOf(promise: PromiseLike<unknown>): Promise<string> {
    try {
      await promise;
    } catch (error) {
      return String((error as { errorCode?: string; name?: string }).errorCode ?? (error as Error).name);
    }
    throw new Error('expected a refusal');
  }

  async function newOpportunity(values: Record<string, unknown> = {}): Promise<string> {
    const made = await conn
      .sobject('Opportunity')
      .create({ Name: 'ERP roll-out', StageName: 'Prospecting', CloseDate: '2026-12-31', ...values });
    return String(made.id);
  }

  describe('login', () => {
    it('by username and password gives the org and the user', async () => {
      const info = await connection().login(credentials['username']!, credentials['password']!);
      should(info.organizationId).equal(credentials['orgId']);
      should(info.id).startWith('005');
    });

    it('by SOAP gives a session that the REST API takes', async () => {
      const soap = new Connection({ version: '60.0', loginUrl: credentials['loginUrl'] });
      await soap.login(credentials['username']!, credentials['password']! + credentials['securityToken']!);
      should((await soap.query('SELECT Id FROM User')).totalSize).equal(2);
      const wrong = new Connection({ version: '60.0', loginUrl: credentials['loginUrl'] });
      await wrong.login(credentials['username']!, 'no').should.be.rejectedWith(/INVALID_LOGIN/);
    });

    it('with a wrong password is refused in OAuth words', async () => {
      await connection()
        .login(credentials['username']!, 'wrong')
        .should.be.rejectedWith(/authentication failure/);
    });

    it('with client credentials acts as the run-as user, whose identity can be read', async () => {
      const app = connection();
      await app.authorize({ grant_type: 'client_credentials' });
      const identity = await app.identity();
      should(identity.username).equal(credentials['username']);
      should(identity.organization_id).equal(credentials['orgId']);
    });

    it('is renewed by jsforce when the session has expired', async () => {
      await newOpportunity();
      sim.faults.add({ kind: 'expireToken' });
      should((await conn.query('SELECT Id FROM Opportunity')).totalSize).equal(1);
    });

    it('ends with logout', async () => {
      const token = conn.accessToken;
      await conn.logout();
      const stale = new Connection({ instanceUrl: sim.url, accessToken: token ?? '' });
      should(await codeOf(stale.query('SELECT Id FROM User'))).equal('INVALID_SESSION_ID');
    });
  });

  describe('records', () => {
    it('are created, read, changed and deleted', async () => {
      const id = await newOpportunity({ Amount: 125000.5 });
      const read = await conn.sobject('Opportunity').retrieve(id);
      should(read).containEql({ Id: id, Name: 'ERP roll-out', Amount: 125000.5, IsWon: false, Probability: 10, CurrencyIsoCode: 'EUR' });
      await conn.sobject('Opportunity').update({ Id: id, StageName: 'Closed Won' });
      const won = await conn.sobject('Opportunity').retrieve(id);
      should(won).containEql({ IsWon: true, IsClosed: true, Probability: 100, ForecastCategory: 'Closed' });
      await conn.sobject('Opportunity').destroy(id);
      should(await codeOf(conn.sobject('Opportunity').retrieve(id))).equal('ENTITY_IS_DELETED');
      sim.journal.entries.map((entry) => entry.outcome).should.eql(['created', 'updated', 'deleted']);
    });

    it('are upserted by external id: created once, then changed', async () => {
      const record = { Account_Code__c: 'ACME', Name: 'Acme GmbH' };
      const first = await conn.sobject('Account').upsert(record, 'Account_Code__c');
      const second = await conn.sobject('Account').upsert({ ...record, Name: 'Acme AG' }, 'Account_Code__c');
      should(first).containEql({ success: true, created: true });
      should(second).containEql({ success: true, created: false });
      should(first.id).equal(second.id);
      should((await conn.sobject('Account').retrieve(String(first.id)))['Name']).equal('Acme AG');
      sim.journal.entries.map((entry) => entry.key).should.eql(['ACME', 'ACME']);
    });

    it('refer to a parent by its external id', async () => {
      const account = await conn.sobject('Account').create({ Name: 'Acme', Account_Code__c: 'ACME' });
      const id = await newOpportunity({ Account: { Account_Code__c: 'acme' } });
      should((await conn.sobject('Opportunity').retrieve(id))['AccountId']).equal(account.id);
    });

    it('carry 15-character ids in and 18-character ids out', async () => {
      const id = await newOpportunity();
      should(id).have.length(18);
      should((await conn.sobject('Opportunity').retrieve(id.slice(0, 15)))['Id']).equal(id);
    });

    it('take the sum of their products as amount and ignore a written one', async () => {
      const id = await newOpportunity({ Amount: 1 });
      const product = await conn.sobject('Product2').create({ Name: 'Consulting day', ProductCode: 'DAY', IsActive: true });
      const book = (await conn.query('SELECT Id FROM Pricebook2 WHERE IsStandard = true')).records[0]!['Id'];
      const entry = await conn
        .sobject('PricebookEntry')
        .create({ Pricebook2Id: book, Product2Id: product.id, UnitPrice: 1200, IsActive: true });
      await conn.sobject('OpportunityLineItem').create({ OpportunityId: id, PricebookEntryId: entry.id, Quantity: 10, UnitPrice: 1100.1 });
      await conn.sobject('OpportunityLineItem').create({ OpportunityId: id, PricebookEntryId: entry.id, Quantity: 2, Discount: 50 });
      const before = await conn.sobject('Opportunity').retrieve(id);
      should(before).containEql({ Amount: 12201, HasOpportunityLineItem: true, TotalOpportunityQuantity: 12, Pricebook2Id: book });
      await conn.sobject('Opportunity').update({ Id: id, Amount: 5 });
      should((await conn.sobject('Opportunity').retrieve(id))['Amount']).equal(12201);
    });
  });

  describe('refusals', () => {
    const refusals: [string, Record<string, unknown>, string, RegExp][] = [
      ['a missing required field', { StageName: undefined }, 'REQUIRED_FIELD_MISSING', /\[StageName\]/],
      ['an unknown field', { Foo__c: 1 }, 'INVALID_FIELD', /No such column 'Foo__c' on sobject of type Opportunity/],
      ['a read-only field', { IsWon: true }, 'INVALID_FIELD_FOR_INSERT_UPDATE', /IsWon/],
      ['a value outside a restricted picklist', { Billing_Type__c: 'Barter' }, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', /Barter/],
      ['a text that is too long', { Name: 'x'.repeat(121) }, 'STRING_TOO_LONG', /max length=120/],
      ['a malformed id', { AccountId: 'nobody' }, 'MALFORMED_ID', /nobody/],
      ['an id of another object', { AccountId: '0065g00000000001AAA'.slice(0, 18) }, 'FIELD_INTEGRITY_EXCEPTION', /incorrect type/],
      ['a reference to nothing', { AccountId: '0015g00000000zz' }, 'INVALID_CROSS_REFERENCE_KEY', /invalid cross reference id/],
      ['a text where a number belongs', { Amount: 'much' }, 'JSON_PARSER_ERROR', /Cannot deserialize instance of double/],
      ['a day that does not exist', { CloseDate: '2026-02-30' }, 'JSON_PARSER_ERROR', /instance of date/],
      ['a malformed e-mail address', { Delivery_Manager_Email__c: 'nobody' }, 'INVALID_EMAIL_ADDRESS', /nobody/],
      ['a number that is too large', { Amount: 1e17 }, 'NUMBER_OUTSIDE_VALID_RANGE', /Amount/],
    ];
    for (const [what, change, code, message] of refusals) {
      it(`name ${what}`, async () => {
        const record = { Name: 'x', StageName: 'Prospecting', CloseDate: '2026-12-31', ...change };
        let caught: { errorCode?: string; message?: string } = {};
        await conn
          .sobject('Opportunity')
          .create(record)
          .then(undefined, (error) => {
            caught = error;
          });
        should(caught.errorCode).equal(code);
        should(caught.message).match(message);
        should((await conn.query('SELECT COUNT() FROM Opportunity')).totalSize).equal(0);
        sim.journal.entries.map((entry) => entry.outcome).should.eql(['refused']);
      });
    }

    it('name a duplicate external id and the record that has it', async () => {
      const id = await newOpportunity({ Engagement_Code__c: 'ENG-1' });
      await newOpportunity({ Engagement_Code__c: 'eng-1' }).should.be.rejectedWith(new RegExp(id.slice(0, 15)));
    });

    it('can be set for one record, as a validation rule would', async () => {
      sim.faults.add({ kind: 'refuseRecord', match: { bodyContains: 'ENG-7' }, times: -1 });
      should(await codeOf(newOpportunity({ Engagement_Code__c: 'ENG-7' }))).equal('FIELD_CUSTOM_VALIDATION_EXCEPTION');
      await newOpportunity({ Engagement_Code__c: 'ENG-8' });
    });
  });

  describe('collections', () => {
    const accounts = (count: number) =>
      Array.from({ length: count }, (_each, index) => ({ Name: `Account ${index}`, Account_Code__c: `A${index}` }));

    it('create, change and delete up to 200 records in a call', async () => {
      const made = await conn.sobject('Account').create(accounts(200));
      should(made.every((each) => each.success)).equal(true);
      const changed = await conn.sobject('Account').update(made.map((each) => ({ Id: String(each.id), Name: 'Renamed' })));
      should(changed.every((each) => each.success)).equal(true);
      should((await conn.query("SELECT COUNT() FROM Account WHERE Name = 'Renamed'")).totalSize).equal(200);
      const gone = await conn.sobject('Account').destroy(made.slice(0, 150).map((each) => String(each.id)));
      should(gone.every((each) => each.success)).equal(true);
      should((await conn.query('SELECT COUNT() FROM Account')).totalSize).equal(50);
    });

    it('report each failed row in its place', async () => {
      const rows = await conn.sobject('Account').create([{ Name: 'good' }, { Phone: '1' }, { Name: 'also good' }] as never);
      rows.map((each) => each.success).should.eql([true, false, true]);
      should(rows[1]?.errors[0]).containEql({ statusCode: 'REQUIRED_FIELD_MISSING', fields: ['Name'] });
    });

    it('take all rows back when one fails and all or none was asked for', async () => {
      const rows = await conn.sobject('Account').create([{ Name: 'good' }, { Phone: '1' }] as never, { allOrNone: true });
      should(rows[0]?.errors[0]).containEql({ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' });
      should((await conn.query('SELECT COUNT() FROM Account')).totalSize).equal(0);
      sim.journal.entries.map((entry) => entry.outcome).should.eql(['refused', 'refused']);
    });

    it('upsert by external id', async () => {
      await conn.sobject('Account').upsert(accounts(3), 'Account_Code__c');
      const again = await conn.sobject('Account').upsert(accounts(4), 'Account_Code__c');
      again.map((each) => (each as { created?: boolean }).created).should.eql([false, false, false, true]);
    });

    it('read records by id, in the order asked for', async () => {
      const made = await conn.sobject('Account').create(accounts(3));
      const ids = made.map((each) => String(each.id)).reverse();
      const read = await conn.sobject('Account').retrieve(ids);
      read.map((each) => each['Id']).should.eql(ids);
    });
  });

  describe('queries', () => {
    it('are fetched page by page', async () => {
      sim.definition.load(sim, {
        records: Array.from({ length: 4500 }, (_e, n) => ({ attributes: { type: 'Account' }, Name: `Account ${n}` })),
      });
      const records = await conn.query('SELECT Id, Name FROM Account', { autoFetch: true, maxFetch: 10000 });
      should(records.totalSize).equal(4500);
      should(records.records).have.length(4500);
      should(new Set(records.records.map((each) => each['Id'])).size).equal(4500);
    });

    it('bring parents and children along', async () => {
      const account = await conn.sobject('Account').create({ Name: 'Acme' });
      const id = await newOpportunity({ AccountId: account.id });
      await conn.sobject('Engagement_Phase__c').create([
        { Opportunity__c: id, Code__c: 'P2', Sequence__c: 2 },
        { Opportunity__c: id, Code__c: 'P1', Sequence__c: 1, Budget_Amount__c: 10.5 },
      ]);
      const result = await conn.query(
        'SELECT Id, Account.Name, Account.Owner.Email, (SELECT Code__c, Budget_Amount__c FROM Engagement_Phases__r ORDER BY Sequence__c), (SELECT Id FROM Rate_Card_Lines__r) FROM Opportunity',
      );
      const record = result.records[0]!;
      should(record['Account'].Name).equal('Acme');
      should(record['Account'].Owner.Email).equal(credentials['username']);
      should(record['Engagement_Phases__r'].records.map((each: { Code__c: string }) => each.Code__c)).eql(['P1', 'P2']);
      should(record['Rate_Card_Lines__r']).equal(null);
    });

    it('name the column that does not exist', async () => {
      should(await codeOf(conn.query('SELECT Id, Foo FROM Account'))).equal('INVALID_FIELD');
      should(await codeOf(conn.query('SELECT Id FROM Nothing__c'))).equal('INVALID_TYPE');
      should(await codeOf(conn.query('SELECT Id FROM Account WHERE'))).equal('MALFORMED_QUERY');
    });
  });

  describe('metadata', () => {
    it('describes the org and its objects', async () => {
      const global = await conn.describeGlobal();
      should(global.sobjects.map((each) => each.name)).containDeep(['Account', 'Opportunity', 'Engagement_Phase__c']);
      const described = await conn.sobject('Opportunity').describe();
      const field = described.fields.find((each) => each.name === 'Engagement_Code__c');
      should(field).containEql({ type: 'string', length: 40, externalId: true, unique: true, custom: true });
      should(described.childRelationships.map((each) => each.relationshipName)).containDeep(['Engagement_Phases__r', 'Staffing_Needs__r']);
    });

    it('counts calls against the daily limit', async () => {
      await conn.query('SELECT Id FROM User');
      should(conn.limitInfo.apiUsage).eql({ used: 1, limit: 1000000 });
      should((await conn.limits())['DailyApiRequests']).containEql({ Max: 1000000, Remaining: 999998 });
    });
  });

  describe('bulk jobs', () => {
    beforeEach(() => {
      conn.bulk2.pollInterval = 10;
    });

    it('load records and tell the good rows from the bad', async () => {
      const result = await conn.bulk2.loadAndWaitForResults({
        object: 'Account',
        operation: 'upsert',
        externalIdFieldName: 'Account_Code__c',
        input: [
          { Account_Code__c: 'A1', Name: 'One, "quoted"' },
          { Account_Code__c: 'A2', Name: '' },
          { Account_Code__c: 'A3', Name: 'Three' },
        ],
      });
      should(result.successfulResults).have.length(2);
      should(result.failedResults).have.length(1);
      should(result.failedResults[0]!['sf__Error']).equal('REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --');
      const records = await conn.query('SELECT Name FROM Account ORDER BY Name');
      records.records.map((each) => each['Name']).should.eql(['One, "quoted"', 'Three']);
    });

    it('query records as a stream', async () => {
      await conn.sobject('Account').create([{ Name: 'One' }, { Name: 'Two' }]);
      const stream = await conn.bulk2.query('SELECT Id, Name, Owner.Email FROM Account ORDER BY Name');
      const records = (await stream.toArray()) as Record<string, string>[];
      records.map((each) => each['Name']).should.eql(['One', 'Two']);
      should(records[0]!['Owner.Email']).equal(credentials['username']);
    });
  });
});
