import should from 'should';
import { createSalesforce } from '../../connectors/salesforce/connector.ts';
import { field, type ScriptedAnswer, type ScriptedRequest, settings } from './salesforce-scripted-org.ts';
import { id, type Row, row, rowsFor, signal, since, stamp, WatchedOrg } from './salesforce-watched-org.ts';

describe('Watching for won opportunities in an org that refuses to read all fields at once', () => {
  let org: WatchedOrg;
  beforeEach(async () => {
    org = await new WatchedOrg().start();
  });
  afterEach(() => org.stop());

  const formulas = Array.from({ length: 300 }, (_, at) => ({ ...field(`Formula_${at}__c`), calculated: true }));
  const code = { ...field('Account_Code__c'), calculated: false };
  const phase = { relationshipName: 'Engagement_Phases__r', childSObject: 'Engagement_Phase__c', field: 'Opportunity__c' };
  let most = 100;
  let refusal: ScriptedAnswer;
  let onQuery: (soql: string) => void;
  beforeEach(() => {
    most = 100;
    onQuery = () => undefined;
    const message = 'Query is either selecting too many fields or the filter conditions are too complicated.';
    refusal = { status: 400, body: [{ errorCode: 'QUERY_TOO_COMPLICATED', message }] };
    org.rows = [row(1, '09:00:00'), row(2, '09:10:00')];
    org.special = (request) => {
      const described = /\/(Opportunity|Account|Engagement_Phase__c)\/describe$/.exec(request.path)?.[1];
      if (described) {
        const keys = ['Id', 'Name', 'SystemModstamp'].map((name) => field(name));
        const own = described === 'Opportunity' ? [field('LastStageChangeDate'), ...formulas] : [code];
        const childRelationships = described === 'Opportunity' ? [phase] : [];
        return { body: { name: described, label: described, fields: [...keys, ...own], childRelationships } };
      }
      const soql = soqlIn(request);
      if (!soql) return undefined;
      onQuery(soql);
      if ((soql.match(/Formula_/g) ?? []).length > most) return refusal;
      const ids = /WHERE Id IN \(([^)]*)\)/.exec(soql)?.[1];
      const found = ids ? org.rows.filter((item) => ids.includes(item.Id)) : rowsFor(`${soql} `, org.rows);
      return { body: { totalSize: found.length, done: true, records: found.map((item) => selected(item, soql)) } };
    };
  });

  const soqlIn = (request: ScriptedRequest) => request.query.get('q');

  /** Only what was asked for. */
  function selected(item: Row, soql: string) {
    const names = /^SELECT (.*?) FROM Opportunity/.exec(soql)?.[1] ?? '';
    const own = names.replace(/\(.*?\)/g, '').split(', ');
    const record: Record<string, unknown> = {};
    for (const name of own) if (/^\w+$/.test(name)) record[name] = item[name] ?? `${item.Id} ${name}`;
    const ofAccount = own.filter((name) => name.startsWith('Account.')).map((name) => name.slice(8));
    if (ofAccount.length > 0) record['Account'] = Object.fromEntries(ofAccount.map((name) => [name, `Client ${name}`]));
    const ofPhase = /\(SELECT (.*?) FROM Engagement_Phases__r/.exec(names)?.[1]?.split(', ');
    if (ofPhase) {
      const phases = ['P1', 'P2'].map((phaseId) => Object.fromEntries(ofPhase.map((name) => [name, `${phaseId} ${name}`])));
      record['Engagement_Phases__r'] = { totalSize: 2, done: true, records: phases };
    }
    return record;
  }

  it('they are read in parts, and each deal is whole', async () => {
    const { events } = await org.readAll();
    should(events).have.length(2);
    const deal = events[1]?.data as Record<string, unknown>;
    for (const { name } of formulas) should(deal[name]).equal(`${id(2)} ${name}`);
    should(deal['Account']).eql({ Id: 'Client Id', Name: 'Client Name', Account_Code__c: 'Client Account_Code__c' });
    const phases = ['P1', 'P2'].map((name) => ({ Id: `${name} Id`, Name: `${name} Name`, Account_Code__c: `${name} Account_Code__c` }));
    should(deal['Engagement_Phases__r']).eql(phases);
    should(deal).match({ Id: id(2), SystemModstamp: stamp('09:10:00') });
    for (const soql of org.queries().slice(-4)) should(soql).match(/^SELECT Id, SystemModstamp, /);
  });

  it('the next look asks in parts at once', async () => {
    const connector = createSalesforce(settings(org));
    const look = () => connector.operations['opportunity.poll'](undefined, { rule: 'won', since }, signal);
    await look();
    const asked = org.queries().length;
    await look();
    should(org.queries().length - asked).equal(4);
  });

  for (const [what, is] of [
    ['a gateway says that the address is too long', { status: 414, body: '<html/>' }],
    ['the operation is called too large', { status: 400, body: [{ errorCode: 'OPERATION_TOO_LARGE', message: 'x' }] }],
  ] as [string, ScriptedAnswer][]) {
    it(`the same where ${what}`, async () => {
      refusal = is;
      should((await org.readAll()).events).have.length(2);
    });
  }

  it('a deal that is changed between two parts is read again, in one version', async () => {
    let changed = 0;
    onQuery = (soql) => {
      if (!soql.includes('WHERE Id IN') || changed++ > 0) return;
      org.rows[1] = row(2, '09:30:00');
    };
    const { events } = await org.readAll();
    should(events[1]?.data).match({ SystemModstamp: stamp('09:30:00') });
    should(changed).be.above(2);
  });

  it('a deal that is changed each time is a failure, and the cursor does not move', async () => {
    let minute = 10;
    onQuery = (soql) => {
      if (soql.includes('WHERE Id IN')) org.rows[1] = row(2, `09:${minute++}:00`);
    };
    await should(org.readAll()).be.rejectedWith({ class: 'transient.unavailable', code: 'ANSWER_INCOMPLETE' });
  });

  it('what is refused in the smallest parts, too, names the fields to hide', async () => {
    most = 0;
    await should(org.readAll()).be.rejectedWith({
      class: 'contract.invalid',
      code: 'QUERY_TOO_COMPLICATED',
      value: /Opportunity 30\d, Account 3/,
      remedy: /condition.*field-level security.*Opportunity\.Formula_0__c/,
    });
  });

  it('a query that runs for too long is asked for in more parts at the next look', async () => {
    most = 299;
    refusal = { status: 400, body: [{ errorCode: 'QUERY_TIMEOUT', message: 'Your query request was running for too long.' }] };
    const connector = createSalesforce(settings(org));
    const look = () => connector.operations['opportunity.poll'](undefined, { rule: 'won', since }, signal);
    await should(look()).be.rejectedWith({ class: 'transient.timeout' });
    should((await look()).events).have.length(2);
  });
});
