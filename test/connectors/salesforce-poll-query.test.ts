import should from 'should';
import { createSalesforce } from '../../connectors/salesforce/connector.ts';
import { field, settings } from './salesforce-scripted-org.ts';
import { row, signal, since, WatchedOrg } from './salesforce-watched-org.ts';

describe('What is asked of Salesforce when won opportunities are watched for', () => {
  let org: WatchedOrg;
  beforeEach(async () => {
    org = await new WatchedOrg().start();
  });
  afterEach(() => org.stop());

  it('children are plain lists, read to their last page', async () => {
    const phases = {
      totalSize: 3,
      done: false,
      nextRecordsUrl: '/services/data/v66.0/query/01g-2',
      records: [{ attributes: {}, Code__c: 'P1' }, { Code__c: 'P2' }],
    };
    org.rows = [row(1, '09:00:00', { Engagement_Phases__r: phases, Staffing_Needs__r: null, Account: { attributes: {}, Name: 'Client' } })];
    org.special = (request) =>
      request.path === '/services/data/v66.0/query/01g-2'
        ? { body: { totalSize: 3, done: true, records: [{ attributes: {}, Code__c: 'P3' }] } }
        : undefined;
    const [event] = (await org.readAll()).events;
    should(event?.data).match({ Account: { Name: 'Client' }, Staffing_Needs__r: null });
    should(event?.data)
      .have.property('Engagement_Phases__r')
      .which.eql([{ Code__c: 'P1' }, { Code__c: 'P2' }, { Code__c: 'P3' }]);
  });

  it('a page address that leads to another host is not followed with our token', async () => {
    org.special = (request) =>
      request.query.has('q')
        ? { body: { totalSize: 2, done: false, nextRecordsUrl: 'https://evil.example/services/data/x', records: [] } }
        : undefined;
    await createSalesforce(settings(org))
      .query('SELECT Id FROM Account', signal)
      [Symbol.asyncIterator]()
      .next()
      .catch(() => undefined);
    should(org.requests.at(-1)?.path).match(/^\/services\/data\/v66\.0\/https:\/\/evil/);
  });

  it('a field that was removed from the org while we ran is left out from then on', async () => {
    org.rows = [row(1, '09:00:00')];
    let gone = false;
    org.special = (request) => {
      if (gone && request.path.endsWith('/Opportunity/describe')) {
        return {
          body: { name: 'Opportunity', label: 'x', fields: ['Id', 'SystemModstamp'].map((name) => field(name)), childRelationships: [] },
        };
      }
      if (gone && /[ ,]Engagement_Code__c/.test(request.query.get('q') ?? '')) {
        return {
          status: 400,
          body: [{ errorCode: 'INVALID_FIELD', message: "No such column 'Engagement_Code__c' on entity 'Opportunity'." }],
        };
      }
      return undefined;
    };
    const connector = createSalesforce(settings(org));
    await connector.operations['opportunity.poll'](undefined, { rule: 'won', since }, signal);
    gone = true;
    should((await connector.operations['opportunity.poll'](undefined, { rule: 'won', since }, signal)).events).have.length(1);
  });

  it('an org with very many fields is asked in a body, since its address would be too long', async () => {
    const many = Array.from({ length: 600 }, (_, at) => field(`Field_with_a_long_name_${at}__c`));
    org.special = (request) => {
      if (request.path.endsWith('/Opportunity/describe')) {
        return {
          body: { name: 'Opportunity', label: 'x', fields: [field('Id'), field('SystemModstamp'), ...many], childRelationships: [] },
        };
      }
      if (request.path !== '/services/data/v66.0/composite') return undefined;
      const [part] = (JSON.parse(request.body) as { compositeRequest: { url: string; method: string }[] }).compositeRequest;
      should(part?.url).match(/Field_with_a_long_name_599__c/);
      const body = { totalSize: 1, done: true, records: [row(1, '09:00:00')] };
      return { body: { compositeResponse: [{ body, httpHeaders: {}, httpStatusCode: 200, referenceId: 'query' }] } };
    };
    should((await org.readAll()).events).have.length(1);
  });

  it('every custom field is read by what it is described as, also that of a person account’s contact', async () => {
    const custom = { ...field('Tax_Id__pc'), custom: true };
    const fields = [field('Id'), field('Name'), custom, field('PersonEmail'), field('IsPersonAccount', 'boolean'), field('Odd__c')];
    (fields[5] as { custom: boolean }).custom = false;
    org.special = (request) =>
      request.path.endsWith('/Account/describe') ? { body: { name: 'Account', label: 'x', fields, childRelationships: [] } } : undefined;
    await org.readAll();
    should(org.queries()[0])
      .match(/Account\.Tax_Id__pc/)
      .and.match(/Account\.PersonEmail/)
      .and.match(/Account\.IsPersonAccount/);
    should(org.queries()[0]).not.match(/Odd__c/);
  });

  it('a day to start from is UTC wherever the server stands, and a time needs its zone', async () => {
    const connector = createSalesforce(settings(org));
    const from = async (day: string) => {
      await connector.operations['opportunity.poll'](undefined, { rule: 'won', since: day }, signal);
      return /SystemModstamp >= (\S+)/.exec(org.queries().at(-1) ?? '')?.[1];
    };
    const zone = process.env['TZ'];
    try {
      for (const place of ['Pacific/Auckland', 'America/Los_Angeles']) {
        process.env['TZ'] = place;
        should(await from('2026-04-01')).equal('2026-04-01T00:00:00Z');
        should(await from('2026-04-01T00:00:00+13:00')).equal('2026-03-31T11:00:00Z');
        for (const text of ['2026-03-29T02:30', '2026-03-29 02:30:00', 'yesterday', '29.03.2026']) {
          await should(from(text)).be.rejectedWith({ code: 'RULE_INVALID', field: 'since', remedy: /midnight UTC/ });
        }
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('stages are quoted, a condition is set in brackets, a whole query is refused', async () => {
    const connector = createSalesforce(settings(org));
    await connector.operations['opportunity.poll'](undefined, { rule: { stages: ["Won'; DROP", 'Signed'] }, since }, signal);
    should(org.queries().at(-1)).match(/WHERE \(StageName IN \('Won\\'; DROP', 'Signed'\)\) AND/);
    await connector.operations['opportunity.poll'](undefined, { rule: { condition: 'Amount > 5 OR IsWon = true' }, since }, signal);
    should(org.queries().at(-1)).match(/WHERE \(Amount > 5 OR IsWon = true\) AND/);
    await should(
      connector.operations['opportunity.poll'](undefined, { rule: { condition: 'SELECT Id FROM Account' }, since }, signal),
    ).be.rejectedWith({
      field: 'condition',
    });
    await should(
      connector.operations['opportunity.poll'](undefined, { rule: 'won', since, extraFields: ['Nope__c'] }, signal),
    ).be.rejectedWith({
      field: 'Nope__c',
    });
  });
});
