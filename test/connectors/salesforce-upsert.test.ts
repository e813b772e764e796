import should from 'should';
import type { SalesforceConnector } from '../../connectors/salesforce/connector.ts';
import type { UpsertRequest } from '../../model/operations.ts';
import type { Failure } from '../../model/failure.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { contextOf, SalesforceSandbox, signal } from './salesforce-sandbox.ts';

const account = {
  attributes: { type: 'Account' },
  Id: '001000000000101AAA',
  Name: 'Client',
  Account_Code__c: 'ACC-0101',
  CurrencyIsoCode: 'EUR',
};
const deal = (number: number): JsonObject => ({
  attributes: { type: 'Opportunity' },
  Id: `006${String(number).padStart(12, '0')}AAA`,
  Name: `Deal ${number}`,
  AccountId: account.Id,
  StageName: 'Closed Won',
  CloseDate: '2026-11-20',
  CurrencyIsoCode: 'EUR',
  Engagement_Code__c: `ENG-${number}`,
});
const status = (number: number, value: string, more: JsonObject = {}): JsonObject => ({
  Engagement_Code__c: `ENG-${number}`,
  Integration_Status__c: value,
  ...more,
});
const request = (...records: JsonObject[]): UpsertRequest => ({ sobject: 'Opportunity', externalIdField: 'Engagement_Code__c', records });
const accounts = (count: number, more: (at: number) => JsonObject = () => ({})): UpsertRequest => ({
  sobject: 'Account',
  externalIdField: 'Account_Code__c',
  records: Array.from({ length: count }, (_, at) => ({ Account_Code__c: `NEW-${at + 1}`, Name: `New ${at + 1}`, ...more(at) })),
});

describe('writing to Salesforce', function () {
  this.timeout(60_000);
  let org: SalesforceSandbox;
  let crm: SalesforceConnector;
  before(async () => {
    org = await new SalesforceSandbox().start();
  });
  after(() => org.stop());
  beforeEach(async () => {
    await org.reset([account, ...[1, 2, 3, 4, 5].map(deal)]);
    crm = org.connector();
  });

  const failureOf = async (work: Promise<unknown>): Promise<Failure> =>
    work.then(
      () => {
        throw new Error('did not fail');
      },
      (error: Failure) => error,
    );

  describe('one record', () => {
    it('is found by its business id and changed', async () => {
      const [result] = await crm.operations['record.upsert'](
        request(status(1, 'Provisioned', { ERP_Project_Id__c: '4711' })),
        contextOf(new InMemoryEffects()),
      );
      should(result).match({ key: 'ENG-1', id: deal(1)['Id'], created: false });
      should(await org.only("SELECT Integration_Status__c, ERP_Project_Id__c FROM Opportunity WHERE Engagement_Code__c = 'ENG-1'")).eql({
        Integration_Status__c: 'Provisioned',
        ERP_Project_Id__c: '4711',
      });
    });

    it('is created when there is none', async () => {
      const [result] = await crm.operations['record.upsert'](accounts(1), contextOf(new InMemoryEffects()));
      should(result?.created).be.true();
      should(await org.only("SELECT Id, Name FROM Account WHERE Account_Code__c = 'NEW-1'")).eql({ Id: result?.id, Name: 'New 1' });
    });

    it('can be named by its record id', async () => {
      const byId: UpsertRequest = {
        sobject: 'Opportunity',
        externalIdField: 'Id',
        records: [{ Id: deal(2)['Id'], Integration_Status__c: 'Failed' }],
      };
      should((await crm.operations['record.upsert'](byId, contextOf(new InMemoryEffects())))[0]).match({
        id: deal(2)['Id'],
        created: false,
      });
      should(await org.only("SELECT Integration_Status__c FROM Opportunity WHERE Name = 'Deal 2'")).eql({
        Integration_Status__c: 'Failed',
      });
    });

    it('written again by the same run, or by a run whose store was lost, is written once', async () => {
      const effects = new InMemoryEffects();
      const first = await crm.operations['record.upsert'](request(status(1, 'Provisioned')), contextOf(effects));
      should(await crm.operations['record.upsert'](request(status(1, 'Provisioned')), contextOf(effects))).eql(first);
      await crm.operations['record.upsert'](request(status(1, 'Provisioned')), contextOf(new InMemoryEffects()));
      should(org.changes()).have.length(1);
    });

    for (const when of ['before-send', 'after-send'] as const) {
      it(`is written once when the process is killed ${when.replace('-', ' the ')}`, async () => {
        const effects = new InMemoryEffects();
        effects.crash = { atSend: 1, when };
        await should(crm.operations['record.upsert'](accounts(1), contextOf(effects))).be.rejectedWith(ProcessDied);
        effects.crash = undefined;
        const [result] = await org.connector().operations['record.upsert'](accounts(1), contextOf(effects));
        should(result?.id).be.a.String();
        should(org.changes('Account')).have.length(1);
      });
    }

    it('whose answer was lost is in doubt, and found when it is settled', async () => {
      org.fault({ kind: 'dropAfter', match: { method: 'PATCH' } });
      const effects = new InMemoryEffects();
      const failure = await failureOf(crm.operations['record.upsert'](accounts(1), contextOf(effects)));
      should(failure).match({ class: 'transient.timeout', outcome: 'unknown', record: 'Account NEW-1' });
      await crm.operations['record.upsert'](accounts(1), contextOf(effects));
      should(org.changes('Account')).have.length(1);
    });

    it('whose request was lost on the way is sent again', async () => {
      org.fault({ kind: 'dropBefore', match: { method: 'PATCH' } });
      const effects = new InMemoryEffects();
      should((await failureOf(crm.operations['record.upsert'](accounts(1), contextOf(effects)))).outcome).equal('unknown');
      await crm.operations['record.upsert'](accounts(1), contextOf(effects));
      should(org.changes('Account')).have.length(1);
    });

    for (const key of [
      'acme.inc',
      'x@y.xml',
      'a/b',
      '..',
      '.',
      'a%2Fb',
      'a?b=c',
      'a#b',
      "O'Neil & Söhne",
      'ENG:1',
      'a;b',
      '日本',
      'a b+c',
      '"quoted"',
    ]) {
      it(`with the key ${key} is written once, and found again, like any other`, async () => {
        const one: UpsertRequest = { ...accounts(1), records: [{ Account_Code__c: key, Name: 'x' }] };
        const [made] = await crm.operations['record.upsert'](one, contextOf(new InMemoryEffects()));
        should(made).match({ key, created: true });
        should((await crm.operations['record.upsert'](one, contextOf(new InMemoryEffects())))[0]).match({ key, id: made?.id });
        should(org.changes('Account')).have.length(1);
        const changed = { ...one, records: [{ Account_Code__c: key, Name: 'y' }] };
        should((await crm.operations['record.upsert'](changed, contextOf(new InMemoryEffects())))[0]).match({
          key,
          id: made?.id,
          created: false,
        });
        should(org.changes('Account').map((entry) => entry.outcome)).eql(['created', 'updated']);
      });
    }

    it('with a key that is no name in an address is refused with field and value, and tried again when it was locked', async () => {
      const one = (more: JsonObject): UpsertRequest => ({ ...accounts(1), records: [{ Account_Code__c: 'acme.inc', Name: 'x', ...more }] });
      const refused = await crm.operations['record.upsert'](one({ Nope__c: 'y' }), contextOf(new InMemoryEffects()));
      should(refused[0]?.failure).match({ code: 'INVALID_FIELD', field: 'Nope__c', value: 'y', record: 'Account acme.inc' });
      const body = [{ message: 'unable to obtain exclusive access to this record', errorCode: 'UNABLE_TO_LOCK_ROW', fields: [] }];
      org.fault({ kind: 'refuseRecord', match: { bodyContains: 'acme.inc' }, body });
      const effects = new InMemoryEffects();
      should(await failureOf(crm.operations['record.upsert'](one({}), contextOf(effects)))).match({
        class: 'transient.locked',
        outcome: 'not-made',
      });
      should((await crm.operations['record.upsert'](one({}), contextOf(effects)))[0]?.created).be.true();
    });

    it('by a record id that is none is refused, whatever it looks like', async () => {
      for (const key of ['../describe', 'x.json']) {
        const byId: UpsertRequest = {
          sobject: 'Opportunity',
          externalIdField: 'Id',
          records: [{ Id: key, Integration_Status__c: 'Failed' }],
        };
        should((await crm.operations['record.upsert'](byId, contextOf(new InMemoryEffects())))[0]?.failure).match({
          record: `Opportunity ${key}`,
        });
      }
      should(org.changes()).have.length(0);
    });

    it('with so many fields that no address holds their names is looked up in parts', async () => {
      // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_basic_info.htm: names are of 40 letters at most
      const fields = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`Field_with_a_name_of_forty_letters_${at}__c`, 'x']));
      const [result] = await crm.operations['record.upsert'](request(status(1, 'a', fields)), contextOf(new InMemoryEffects()));
      should(result?.failure?.code).equal('INVALID_FIELD');
    });

    for (const [code, cls] of [
      [429, 'transient.throttled'],
      [503, 'transient.unavailable'],
    ] as const) {
      it(`waits as long as it is told at status ${code}`, async () => {
        org.fault({ kind: 'status', status: code, headers: { 'Retry-After': '7' }, match: { method: 'PATCH' } });
        const effects = new InMemoryEffects();
        should(await failureOf(crm.operations['record.upsert'](accounts(1), contextOf(effects)))).match({
          class: cls,
          retryAfterMs: 7000,
          outcome: 'not-made',
        });
        await crm.operations['record.upsert'](accounts(1), contextOf(effects));
        should(org.changes('Account')).have.length(1);
      });
    }

    it('passes although the session ended, with one new sign-in', async () => {
      await crm.serverTime();
      org.fault({ kind: 'expireToken', match: { method: 'PATCH' } });
      await crm.operations['record.upsert'](accounts(1), contextOf(new InMemoryEffects()));
      should(org.changes('Account')).have.length(1);
    });

    const refusals: [string, UpsertRequest, Partial<Failure>][] = [
      [
        'an unknown field',
        request(status(1, 'Failed', { Nope__c: 'x' })),
        { class: 'contract.drift', code: 'INVALID_FIELD', field: 'Nope__c', value: 'x' },
      ],
      [
        'a text that is too long',
        request(status(1, 'Failed', { ERP_Project_Id__c: 'x'.repeat(81) })),
        { class: 'contract.invalid', code: 'STRING_TOO_LONG', field: 'ERP_Project_Id__c' },
      ],
      [
        'a missing required field',
        { ...accounts(1), records: [{ Account_Code__c: 'X-1' }] },
        { class: 'contract.invalid', code: 'REQUIRED_FIELD_MISSING', field: 'Name' },
      ],
      [
        'a reference to nothing',
        request(status(1, 'Failed', { AccountId: '001000000000999AAA' })),
        { class: 'mapping.missing', code: 'INVALID_CROSS_REFERENCE_KEY' },
      ],
      [
        'an external id field that is none',
        {
          ...request(status(1, 'Failed')),
          externalIdField: 'Integration_Message__c',
          records: [{ Integration_Message__c: 'a', Name: 'b' }],
        },
        { class: 'contract.drift', code: 'NOT_FOUND' },
      ],
    ];
    for (const [what, refused, wanted] of refusals) {
      it(`${what} is refused with field and remedy`, async () => {
        const [result] = await crm.operations['record.upsert'](refused, contextOf(new InMemoryEffects()));
        should(result?.failure).match({ ...wanted, system: 'salesforce', remedy: /\w/, record: /^(Opportunity|Account) / });
        should(org.changes()).have.length(0);
      });
    }

    it('a record without its business id is refused before anything is sent', async () => {
      const [result] = await crm.operations['record.upsert'](request({ Integration_Status__c: 'x' }), contextOf(new InMemoryEffects()));
      should(result?.failure).match({ code: 'EXTERNAL_ID_MISSING', field: 'Engagement_Code__c' });
    });

    it('a record whose business id has half of a character is refused in words, and the others are written', async () => {
      const [wrong, right] = await crm.operations['record.upsert'](
        request({ Engagement_Code__c: '\ud800', Integration_Status__c: 'x' }, { Engagement_Code__c: 'ENG-1', Integration_Status__c: 'x' }),
        contextOf(new InMemoryEffects()),
      );
      should(wrong?.failure).match({ class: 'contract.invalid', code: 'EXTERNAL_ID_WRONG', field: 'Engagement_Code__c' });
      should(right?.failure).equal(undefined);
    });

    it('a record that a validation rule refused passes after the cause was removed', async () => {
      org.fault({ kind: 'refuseRecord', match: { bodyContains: 'Provisioned' } });
      const effects = new InMemoryEffects();
      const [refused] = await crm.operations['record.upsert'](request(status(1, 'Provisioned')), contextOf(effects));
      should(refused?.failure).match({ class: 'business.rejected', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' });
      should((await crm.operations['record.upsert'](request(status(1, 'Provisioned')), contextOf(effects)))[0]?.failure).be.undefined();
    });
  });

  describe('a list', () => {
    it('goes in one call, the good records pass, the bad one says why', async () => {
      const [one, two, three] = await crm.operations['record.upsert'](
        request(status(1, 'Provisioned'), status(2, 'x', { Nope__c: 'y' }), status(3, 'Failed')),
        contextOf(new InMemoryEffects()),
      );
      should(one).match({ key: 'ENG-1', id: deal(1)['Id'] });
      should(two?.failure).match({ code: 'INVALID_FIELD', record: 'Opportunity ENG-2' });
      should(three).match({ key: 'ENG-3', id: deal(3)['Id'] });
      should(new Set(org.changes().map((entry) => entry.path)).size).equal(1);
    });

    it('of 450 goes in three calls, and each record is there once', async () => {
      const results = await crm.operations['record.upsert'](accounts(450), contextOf(new InMemoryEffects()));
      should(results.filter((result) => result.created)).have.length(450);
      should(results.map((result) => result.key)).eql(accounts(450).records.map((record) => record['Account_Code__c']));
      should((await org.only('SELECT COUNT() FROM Account'))['count']).equal(451);
    });

    it('whose answer was lost leaves each record once', async () => {
      org.fault({ kind: 'dropAfter', match: { path: 'composite/sobjects' } });
      const effects = new InMemoryEffects();
      should((await failureOf(crm.operations['record.upsert'](accounts(20), contextOf(effects)))).outcome).equal('unknown');
      should(await crm.operations['record.upsert'](accounts(20), contextOf(effects))).have.length(20);
      should(org.changes('Account').filter((entry) => entry.outcome === 'created')).have.length(20);
    });

    for (const atSend of [1, 2, 3]) {
      it(`leaves each record once when the process is killed after call ${atSend}`, async () => {
        const effects = new InMemoryEffects();
        effects.crash = { atSend, when: 'after-send' };
        await should(crm.operations['record.upsert'](accounts(450), contextOf(effects))).be.rejectedWith(ProcessDied);
        effects.crash = undefined;
        const results = await org.connector().operations['record.upsert'](accounts(450), contextOf(effects));
        should(results.filter((result) => result.id)).have.length(450);
        should(org.changes('Account').filter((entry) => entry.outcome === 'created')).have.length(450);
      });
    }

    it('a record that was locked is tried again alone, at once', async () => {
      const body = [{ message: 'unable to obtain exclusive access to this record', errorCode: 'UNABLE_TO_LOCK_ROW', fields: [] }];
      org.fault({ kind: 'refuseRecord', match: { bodyContains: 'ENG-2' }, body });
      const results = await crm.operations['record.upsert'](
        request(status(1, 'a'), status(2, 'b'), status(3, 'c')),
        contextOf(new InMemoryEffects()),
      );
      should(results.map((result) => result.failure)).eql([undefined, undefined, undefined]);
      should(
        org
          .changes()
          .map((entry) => entry.key)
          .sort(),
      ).eql(['ENG-1', 'ENG-2', 'ENG-3']);
    });

    it('of which the org takes none at present waits as a whole, and is written when it does', async () => {
      const code = 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE';
      org.fault({
        kind: 'refuseRecord',
        match: { bodyContains: 'ENG-' },
        times: 3,
        body: [{ message: 'read-only', errorCode: code, fields: [] }],
      });
      const effects = new InMemoryEffects();
      const three = request(status(1, 'a'), status(2, 'b'), status(3, 'c'));
      should(await failureOf(crm.operations['record.upsert'](three, contextOf(effects)))).match({
        class: 'transient.unavailable',
        code,
        outcome: 'not-made',
      });
      // nobody was sent alone into the same wall
      should(effects.sent).have.length(1);
      should((await org.connector().operations['record.upsert'](three, contextOf(effects))).filter((result) => result.failure)).have.length(
        0,
      );
      should(org.changes()).have.length(3);
    });

    it('delivered again after a correction writes only what was refused', async () => {
      org.fault({ kind: 'refuseRecord', match: { bodyContains: 'ENG-2' } });
      const effects = new InMemoryEffects();
      const again = request(status(1, 'a'), status(2, 'b'), status(3, 'c'));
      should((await crm.operations['record.upsert'](again, contextOf(effects)))[1]?.failure?.class).equal('business.rejected');
      should((await org.connector().operations['record.upsert'](again, contextOf(effects)))[1]?.failure).be.undefined();
      should(
        org
          .changes()
          .map((entry) => entry.key)
          .sort(),
      ).eql(['ENG-1', 'ENG-2', 'ENG-3']);
    });

    it('delivered again with other values for some, as of an event that a person corrected, writes those and no others', async () => {
      const effects = new InMemoryEffects();
      org.fault({ kind: 'refuseRecord', match: { bodyContains: 'ENG-2' } });
      await crm.operations['record.upsert'](request(status(1, 'a'), status(2, 'b'), status(3, 'c')), contextOf(effects));
      const corrected = request(status(1, 'corrected'), status(2, 'b'), status(3, 'c'));
      for (const connector of [org.connector(), org.connector()]) {
        should((await connector.operations['record.upsert'](corrected, contextOf(effects))).filter(({ failure }) => failure)).eql([]);
      }
      const { Integration_Status__c } = await org.only("SELECT Integration_Status__c FROM Opportunity WHERE Engagement_Code__c = 'ENG-1'");
      should(Integration_Status__c).equal('corrected');
      should(
        org
          .changes()
          .map((entry) => entry.key)
          .sort(),
      ).eql(['ENG-1', 'ENG-1', 'ENG-2', 'ENG-3']);
    });

    it('with the same business id twice writes the first and says so of the second', async () => {
      const [, second] = await crm.operations['record.upsert'](request(status(1, 'a'), status(1, 'b')), contextOf(new InMemoryEffects()));
      should(second?.failure).match({ code: 'EXTERNAL_ID_TWICE', value: 'ENG-1' });
      should(
        (await org.only("SELECT Integration_Status__c FROM Opportunity WHERE Engagement_Code__c = 'ENG-1'"))['Integration_Status__c'],
      ).equal('a');
    });

    it('with one record twice in two spellings, an id of 15 and of 18 characters or a blank at the end, writes the first', async () => {
      const long = deal(1)['Id'] as string;
      for (const [externalIdField, one, other] of [
        ['Id', long, long.slice(0, 15)],
        ['Engagement_Code__c', 'ENG-2', 'ENG-2 '],
      ] as const) {
        const records = [one, other].map((key, at) => ({ [externalIdField]: key, Integration_Status__c: `state ${at}` }));
        const results = await crm.operations['record.upsert'](
          { sobject: 'Opportunity', externalIdField, records },
          contextOf(new InMemoryEffects()),
        );
        should(results.map(({ failure }) => failure?.code)).eql([undefined, 'EXTERNAL_ID_TWICE']);
      }
    });

    it('with two keys that differ in case only, which the field takes for one, writes the first, however far apart they are', async () => {
      const between = Array.from({ length: 200 }, (_, at) => status(1000 + at, 'x'));
      for (const records of [[], between]) {
        const keys = [status(2, 'a'), ...records, { ...status(2, 'b'), Engagement_Code__c: 'eng-2' }];
        const results = await crm.operations['record.upsert'](request(...keys), contextOf(new InMemoryEffects()));
        const { failure } = results.at(-1)!;
        should(failure).match({ class: 'contract.invalid', code: 'EXTERNAL_ID_TWICE', value: 'eng-2', message: /^eng-2 and ENG-2/ });
        const stored = await org.only("SELECT Integration_Status__c FROM Opportunity WHERE Engagement_Code__c = 'ENG-2'");
        should(stored['Integration_Status__c']).equal('a');
      }
    });

    it('by record id is an update of each', async () => {
      const records = [1, 2].map((number) => ({ Id: deal(number)['Id'] as Json, Integration_Status__c: 'Failed' }));
      const results = await crm.operations['record.upsert'](
        { sobject: 'Opportunity', externalIdField: 'Id', records },
        contextOf(new InMemoryEffects()),
      );
      should(results).match([{ id: deal(1)['Id'] }, { id: deal(2)['Id'] }]);
      should(org.changes()).have.length(2);
    });
  });

  describe('thousands of records', () => {
    it('go by a bulk job; refused ones are named, and null empties a field', async () => {
      const many = accounts(2100, (at) =>
        at === 7 ? { Name: 'x'.repeat(300) } : { Legal_Name__c: at === 3 ? null : `Say "${at}", please\nTwice` },
      );
      const results = await crm.operations['record.upsert'](many, contextOf(new InMemoryEffects()));
      should(results.filter((result) => result.created)).have.length(2099);
      should(results[7]?.failure).match({ class: 'contract.invalid', code: 'STRING_TOO_LONG', field: 'Name', record: 'Account NEW-8' });
      should(await org.only("SELECT Name, Legal_Name__c FROM Account WHERE Account_Code__c = 'NEW-5'")).eql({
        Name: 'New 5',
        Legal_Name__c: 'Say "4", please\nTwice',
      });
      should((await org.only("SELECT Legal_Name__c FROM Account WHERE Account_Code__c = 'NEW-4'"))['Legal_Name__c']).be.null();
    });

    it('a run killed after the upload reads the same job again and sends nothing', async () => {
      const effects = new InMemoryEffects();
      org.fault({ kind: 'status', status: 503, match: { method: 'GET', path: 'successfulResults' } });
      await failureOf(crm.operations['record.upsert'](accounts(2001), contextOf(effects)));
      const results = await org.connector().operations['record.upsert'](accounts(2001), contextOf(effects));
      should(results.filter((result) => result.created)).have.length(2001);
      should(org.changes('Account')).have.length(2001);
    });

    it('delivered again with another value for one are written by another job', async () => {
      const effects = new InMemoryEffects();
      await crm.operations['record.upsert'](accounts(2001), contextOf(effects));
      await org.connector().operations['record.upsert'](
        accounts(2001, (at) => (at === 4 ? { Name: 'Corrected' } : {})),
        contextOf(effects),
      );
      should(await org.only("SELECT Name FROM Account WHERE Account_Code__c = 'NEW-5'")).eql({ Name: 'Corrected' });
    });

    it('a record refused in a job is written by a later delivery', async () => {
      const effects = new InMemoryEffects();
      org.fault({ kind: 'refuseRecord', match: { bodyContains: 'NEW-77"' } });
      should(
        (await crm.operations['record.upsert'](accounts(2001), contextOf(effects)))
          .filter((result) => result.failure)
          .map((result) => result.key),
      ).eql(['NEW-77']);
      should(
        (await org.connector().operations['record.upsert'](accounts(2001), contextOf(effects))).filter((result) => result.failure),
      ).eql([]);
      should(org.changes('Account')).have.length(2001);
    });
  });

  it('reading follows every page', async () => {
    await crm.operations['record.upsert'](accounts(2300), contextOf(new InMemoryEffects()));
    const names = new Set<unknown>();
    for await (const record of crm.query('SELECT Name FROM Account', signal)) names.add(record['Name']);
    should(names.size).equal(2301);
  });
});
