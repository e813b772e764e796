import should from 'should';
import type { SalesforceConnector } from '../../connectors/salesforce/connector.ts';
import type { Json } from '../../model/json.ts';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { accounts, anewWithDeals, deal, failureOf, request, status } from './salesforce-deals.ts';
import { contextOf, SalesforceSandbox } from './salesforce-sandbox.ts';

describe('A list of records written to Salesforce', function () {
  this.timeout(60_000);
  const org = new SalesforceSandbox();
  let crm: SalesforceConnector;
  anewWithDeals(org, (connector) => (crm = connector));

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
        { type: 'Opportunity', externalIdField, records },
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
      { type: 'Opportunity', externalIdField: 'Id', records },
      contextOf(new InMemoryEffects()),
    );
    should(results).match([{ id: deal(1)['Id'] }, { id: deal(2)['Id'] }]);
    should(org.changes()).have.length(2);
  });
});
