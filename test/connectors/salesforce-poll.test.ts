import should from 'should';
import { createSalesforce } from '../../connectors/salesforce/connector.ts';
import type { Json } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { field, type ScriptedAnswer, ScriptedOrg, type ScriptedRequest, settings } from './salesforce-scripted-org.ts';

interface Row {
  Id: string;
  SystemModstamp: string;
  LastStageChangeDate?: string | null;
  [name: string]: unknown;
}

const signal = new AbortController().signal;
const id = (number: number) => `006${String(number).padStart(12, '0')}AAA`;
const stamp = (time: string) => `2026-11-23T${time}.000+0000`;
const row = (number: number, time: string, more: Record<string, unknown> = {}): Row => ({
  attributes: { type: 'Opportunity', url: '/x' },
  Id: id(number),
  Engagement_Code__c: `ENG-${number}`,
  SystemModstamp: stamp(time),
  LastStageChangeDate: stamp('08:00:00'),
  CreatedDate: stamp('07:00:00'),
  ...more,
});

const instant = (text: string) => Date.parse(text.replace('+0000', 'Z'));

/** Answers the poll's query from rows: its window, its tie-break and its limit, read out of the text. */
function rowsFor(soql: string, rows: Row[]): Row[] {
  const part = (pattern: RegExp) => pattern.exec(soql)?.slice(1) ?? [];
  const [from = ''] = part(/SystemModstamp >= (\S+)/);
  const [to = ''] = part(/SystemModstamp < (\S+?)\)? /);
  const [after, lastId = ''] = part(/SystemModstamp = (\S+) AND Id > '(\w+)'/);
  const [limit = '2000'] = part(/LIMIT (\d+)/);
  return rows
    .filter((item) => instant(item.SystemModstamp) >= Date.parse(from) && instant(item.SystemModstamp) < Date.parse(to))
    .filter((item) => {
      if (!after) return true;
      const time = instant(item.SystemModstamp);
      return time > Date.parse(after) || (time === Date.parse(after) && item.Id > lastId);
    })
    .sort((left, right) => instant(left.SystemModstamp) - instant(right.SystemModstamp) || (left.Id < right.Id ? -1 : 1))
    .slice(0, Number(limit));
}

describe('watching for won opportunities', () => {
  let rows: Row[];
  let org: ScriptedOrg;
  let special: ((request: ScriptedRequest) => ScriptedAnswer | undefined) | undefined;

  beforeEach(async () => {
    rows = [];
    special = undefined;
    org = await new ScriptedOrg((request) => {
      const scripted = special?.(request);
      if (scripted) return scripted;
      const soql = request.query.get('q');
      if (request.path !== '/services/data/v66.0/query' || !soql) return undefined;
      const found = rowsFor(`${soql} `, rows);
      if (soql.startsWith('SELECT COUNT()')) return { body: { totalSize: found.length, done: true, records: [] } };
      return { body: { totalSize: found.length, done: true, records: found } };
    }).start();
  });
  afterEach(() => org.stop());

  const since = '2026-11-23T00:00:00Z';
  async function readAll(options: { pageSize?: number; overlapMinutes?: number; cursor?: Json } = {}) {
    const connector = createSalesforce(settings(org));
    const events: SourceEvent[] = [];
    let cursor = options.cursor;
    let pages = 0;
    for (let more = true; more && pages < 50; pages++) {
      const page = await connector.operations['opportunity.poll'](cursor, { rule: 'won', since, ...options }, signal);
      events.push(...page.events);
      // as the store would keep it
      cursor = JSON.parse(JSON.stringify(page.cursor)) as Json;
      more = page.more;
    }
    return { events, cursor, pages };
  }

  it('more deals saved in one second than a page holds are all read, each once', async () => {
    rows = Array.from({ length: 23 }, (_, at) => row(at + 1, '09:00:00'));
    const { events, pages } = await readAll({ pageSize: 5 });
    should(events.map((event) => event.subject)).eql(rows.map((item) => item['Engagement_Code__c']));
    should(pages).equal(5);
  });

  it('the window ends at Salesforce’s clock: a deal of the running second waits for the next poll', async () => {
    org.now = new Date('2026-11-23T10:00:00.700Z');
    rows = [row(1, '09:59:59'), row(2, '10:00:00')];
    const first = await readAll();
    should(first.events.map((event) => event.key)).eql([id(1)]);
    org.now = new Date('2026-11-23T10:00:05Z');
    const second = await readAll({ cursor: first.cursor as Json });
    should(second.events.map((event) => event.key)).containEql(id(2));
  });

  it('a deal that committed late, behind the watermark, is found by the overlap', async () => {
    const first = await readAll();
    rows = [row(1, '09:54:00')];
    org.now = new Date('2026-11-23T10:01:00Z');
    should((await readAll({ cursor: first.cursor as Json })).events).have.length(1);
    should((await readAll({ cursor: first.cursor as Json, overlapMinutes: 2 })).events).have.length(0);
  });

  it('the cursor is of Salesforce’s time even when this machine’s clock is wrong', async () => {
    org.now = new Date('2024-02-29T12:00:00Z');
    should((await readAll()).cursor).match({ watermark: '2026-11-23T00:00:00.000Z' });
    org.now = new Date('2026-11-23T12:00:00Z');
    should((await readAll()).cursor).match({ watermark: '2026-11-23T12:00:00.000Z' });
  });

  it('a later edit of a won deal is the same event, winning it again is a new one', async () => {
    rows = [row(1, '09:00:00')];
    const [won] = (await readAll()).events;
    rows = [row(1, '09:30:00')];
    const [edited] = (await readAll()).events;
    rows = [row(1, '09:45:00', { LastStageChangeDate: stamp('09:45:00') })];
    const [wonAgain] = (await readAll()).events;
    should(edited?.id).equal(won?.id);
    should(edited?.time).equal('2026-11-23T09:30:00.000Z');
    should(wonAgain?.id).not.equal(won?.id);
  });

  it('a deal that was created as won keeps one event, too', async () => {
    rows = [row(1, '09:00:00', { LastStageChangeDate: null })];
    const [won] = (await readAll()).events;
    rows = [row(1, '09:30:00', { LastStageChangeDate: null })];
    should((await readAll()).events[0]?.id).equal(won?.id);
  });

  it('an event tells where it is from, what it is about and in which order it runs', async () => {
    rows = [row(1, '09:00:00')];
    const [event] = (await readAll()).events;
    should(event).match({
      id: `${id(1)}:2026-11-23T08:00:00.000Z`,
      source: '/salesforce/00D000000000001AAA/Opportunity',
      type: 'com.psconnect.opportunity.won',
      subject: 'ENG-1',
      key: id(1),
      time: '2026-11-23T09:00:00.000Z',
    });
    should(event?.data).not.have.property('attributes');
  });

  it('deals that appear behind a page already read are noticed by the count, and the window is read again', async () => {
    rows = [row(1, '09:00:00'), row(2, '09:10:00'), row(3, '09:20:00')];
    let late = true;
    special = (request) => {
      if (request.query.get('q')?.includes("Id > '") && late) {
        late = false;
        rows.push(row(9, '09:05:00'));
      }
      return undefined;
    };
    const { events } = await readAll({ pageSize: 2 });
    should(new Set(events.map((event) => event.key))).eql(new Set([id(1), id(2), id(3), id(9)]));
  });

  it('the first poll without a start date does not provision the past', async () => {
    rows = [row(1, '07:00:00'), row(2, '09:58:00')];
    const page = await createSalesforce(settings(org)).operations['opportunity.poll'](undefined, { rule: 'won' }, signal);
    should(page.events.map((event) => event.key)).eql([id(2)]);
  });

  it('children are plain lists, read to their last page', async () => {
    const phases = {
      totalSize: 3,
      done: false,
      nextRecordsUrl: '/services/data/v66.0/query/01g-2',
      records: [{ attributes: {}, Code__c: 'P1' }, { Code__c: 'P2' }],
    };
    rows = [row(1, '09:00:00', { Engagement_Phases__r: phases, Staffing_Needs__r: null, Account: { attributes: {}, Name: 'Client' } })];
    special = (request) =>
      request.path === '/services/data/v66.0/query/01g-2'
        ? { body: { totalSize: 3, done: true, records: [{ attributes: {}, Code__c: 'P3' }] } }
        : undefined;
    const [event] = (await readAll()).events;
    should(event?.data).match({ Account: { Name: 'Client' }, Staffing_Needs__r: null });
    should(event?.data)
      .have.property('Engagement_Phases__r')
      .which.eql([{ Code__c: 'P1' }, { Code__c: 'P2' }, { Code__c: 'P3' }]);
  });

  it('a page address that leads to another host is not followed with our token', async () => {
    special = (request) =>
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
    rows = [row(1, '09:00:00')];
    let gone = false;
    special = (request) => {
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
    special = (request) => {
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
    should((await readAll()).events).have.length(1);
  });

  describe('in an org that refuses to read all fields at once', () => {
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
      rows = [row(1, '09:00:00'), row(2, '09:10:00')];
      special = (request) => {
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
        const found = ids ? rows.filter((item) => ids.includes(item.Id)) : rowsFor(`${soql} `, rows);
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
      const { events } = await readAll();
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
        should((await readAll()).events).have.length(2);
      });
    }

    it('a deal that is changed between two parts is read again, in one version', async () => {
      let changed = 0;
      onQuery = (soql) => {
        if (!soql.includes('WHERE Id IN') || changed++ > 0) return;
        rows[1] = row(2, '09:30:00');
      };
      const { events } = await readAll();
      should(events[1]?.data).match({ SystemModstamp: stamp('09:30:00') });
      should(changed).be.above(2);
    });

    it('a deal that is changed each time is a failure, and the cursor does not move', async () => {
      let minute = 10;
      onQuery = (soql) => {
        if (soql.includes('WHERE Id IN')) rows[1] = row(2, `09:${minute++}:00`);
      };
      await should(readAll()).be.rejectedWith({ class: 'transient.unavailable', code: 'ANSWER_INCOMPLETE' });
    });

    it('what is refused in the smallest parts, too, names the fields to hide', async () => {
      most = 0;
      await should(readAll()).be.rejectedWith({
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

  it('every custom field is read by what it is described as, also that of a person account’s contact', async () => {
    const custom = { ...field('Tax_Id__pc'), custom: true };
    const fields = [field('Id'), field('Name'), custom, field('PersonEmail'), field('IsPersonAccount', 'boolean'), field('Odd__c')];
    (fields[5] as { custom: boolean }).custom = false;
    special = (request) =>
      request.path.endsWith('/Account/describe') ? { body: { name: 'Account', label: 'x', fields, childRelationships: [] } } : undefined;
    await readAll();
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
    await connector.operations['opportunity.poll'](undefined, { rule: { soql: 'Amount > 5 OR IsWon = true' }, since }, signal);
    should(org.queries().at(-1)).match(/WHERE \(Amount > 5 OR IsWon = true\) AND/);
    await should(
      connector.operations['opportunity.poll'](undefined, { rule: { soql: 'SELECT Id FROM Account' }, since }, signal),
    ).be.rejectedWith({
      field: 'soql',
    });
    await should(
      connector.operations['opportunity.poll'](undefined, { rule: 'won', since, extraFields: ['Nope__c'] }, signal),
    ).be.rejectedWith({
      field: 'Nope__c',
    });
  });
});
