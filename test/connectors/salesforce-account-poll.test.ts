import should from 'should';
import { accountEvent } from '../../connectors/salesforce/account-poll/account-event.ts';
import type { SalesforceConnector } from '../../connectors/salesforce/connector.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { AccountPollOptions, SourceEvent } from '../../model/operations.ts';
import { SalesforceSandbox, signal } from './salesforce-sandbox.ts';

const id = (number: number) => `001${String(number).padStart(12, '0')}AAA`;
const account = (number: number, time: string, more: JsonObject = {}): JsonObject => ({
  attributes: { type: 'Account' },
  Id: id(number),
  Name: `Client ${number}`,
  Account_Code__c: `ACC-${number}`,
  CurrencyIsoCode: 'EUR',
  SystemModstamp: `2025-03-10T${time}.000Z`,
  ...more,
});
const won = (number: number, of: number, time: string): JsonObject => ({
  attributes: { type: 'Opportunity' },
  Id: `006${String(number).padStart(12, '0')}AAA`,
  Name: `Deal ${number}`,
  AccountId: id(of),
  StageName: 'Closed Won',
  CloseDate: '2025-03-10',
  CurrencyIsoCode: 'EUR',
  SystemModstamp: `2025-03-10T${time}.000Z`,
});

describe('Watching for accounts that change', function () {
  this.timeout(60_000);
  const org = new SalesforceSandbox();
  let crm: SalesforceConnector;

  const readAll = async (options: Partial<AccountPollOptions> = {}, begin?: Json) => {
    const events: SourceEvent[] = [];
    let cursor = begin;
    let pages = 0;
    for (let more = true; more; pages++) {
      const page = await crm.operations['account.poll'](cursor, { rule: 'all', since: '2025-03-10T00:00:00Z', ...options }, signal);
      events.push(...page.events);
      ({ cursor, more } = page);
    }
    return { events, cursor: cursor as Json, pages };
  };
  const keys = (events: SourceEvent[]) => events.map(({ subject }) => subject);

  before(() => org.start());
  after(() => org.stop());
  beforeEach(async () => {
    await org.reset();
    org.sim.faults.clear();
    crm = org.connector();
  });

  it('gives each once, oldest first, also more of one second than a page holds', async () => {
    org.load(Array.from({ length: 11 }, (_, at) => account(at + 1, '09:00:00')));
    const { events, pages } = await readAll({ pageSize: 3 });
    should(keys(events)).deepEqual(Array.from({ length: 11 }, (_, at) => `ACC-${at + 1}`));
    should(pages).equal(4);
    should(events[0]).match({
      source: /^\/salesforce\/00D\w+\/Account$/,
      type: 'com.psconnect.account.changed',
      key: id(1),
      time: '2025-03-10T09:00:00.000Z',
      version: { record: id(1), at: '2025-03-10T09:00:00.000Z' },
    });
  });

  it('gives the same event when it reads the same again, another for another state of the same second, and no news for a new stamp alone', async () => {
    org.load([account(1, '09:00:00')]);
    const [first] = (await readAll()).events;
    const [again] = (await readAll()).events;
    should(again).deepEqual(first);
    const row = org.sim.state.records['Account']![id(1)]!;
    row['Name'] = 'Another';
    const [renamed] = (await readAll()).events;
    should(renamed!.id).not.equal(first!.id);
    row['Name'] = 'Client 1';
    row['SystemModstamp'] = '2025-03-10T09:30:00.000Z';
    const [touched] = (await readAll()).events;
    should(touched!.id).not.equal(first!.id);
    should(touched!.version!.content).equal(first!.version!.content);
  });

  it('finds by the overlap what was committed late, behind the watermark', async () => {
    const { cursor } = await readAll();
    const watermark = Date.parse((cursor as { watermark: string }).watermark);
    const late = new Date(watermark - 5 * 60_000).toISOString();
    org.load([{ ...account(1, '00:00:00'), SystemModstamp: late }]);
    should(keys((await readAll({}, cursor)).events)).deepEqual(['ACC-1']);
    should(keys((await readAll({ overlapMinutes: 2 }, cursor)).events)).deepEqual([]);
  });

  it('a window in which more appear behind each page is a failure in the end, and is begun anew at the next look', async () => {
    org.load(Array.from({ length: 4 }, (_, at) => account(at + 1, '09:00:00')));
    const look = (from: Json | undefined) =>
      crm.operations['account.poll'](from, { rule: 'all', since: '2025-03-10T00:00:00Z', pageSize: 3 }, signal);
    let cursor: Json | undefined;
    let loaded = 4;
    const lookAndLoad = async () => {
      for (;;) {
        ({ cursor } = await look(cursor));
        org.load([account(++loaded, '08:00:00')]);
      }
    };
    const incomplete = { class: 'transient.unavailable', code: 'ANSWER_INCOMPLETE', message: /accounts/ };
    await lookAndLoad().should.be.rejectedWith(incomplete);
    should(cursor).match({ window: { again: 3 } });
    const subjects = new Set<string>();
    for (let more = true; more;) {
      const page = await look(cursor);
      for (const event of page.events) subjects.add(event.subject);
      ({ cursor, more } = page);
    }
    should(subjects.size).equal(loaded);
    should(cursor).not.have.property('window');
  });

  it('reads a window of a rule that had more to look at from its beginning', async () => {
    org.load([account(1, '09:00:00'), account(2, '09:00:00')]);
    const { cursor } = await readAll();
    const { watermark } = cursor as { watermark: string };
    const window = {
      from: '2025-03-10T00:00:00.000Z',
      to: watermark,
      selection: 1,
      after: { stamp: watermark, id: id(2) },
      read: 9,
      again: 0,
    };
    should(keys((await readAll({}, { version: 1, watermark: window.from, window })).events)).deepEqual(['ACC-1', 'ACC-2']);
  });

  it('tells deleted and merged ones where they are asked for, and leaves them out where they are not', async () => {
    org.load([
      account(1, '09:00:00'),
      account(2, '09:01:00', { IsDeleted: true }),
      account(3, '09:02:00', { IsDeleted: true, MasterRecordId: id(1) }),
    ]);
    should(keys((await readAll()).events)).deepEqual(['ACC-1']);
    const { events } = await readAll({ deleted: true });
    should(events.map(({ type }) => type.split('.').at(-1))).deepEqual(['changed', 'deleted', 'merged']);
    should(events[2]!.data).match({ IsDeleted: true, MasterRecordId: id(1) });
  });

  it('takes an account when a deal of it is won, though nothing changes on the account', async () => {
    org.load([account(1, '09:00:00'), account(2, '09:00:00')]);
    const { events, cursor } = await readAll({ rule: 'with-won' });
    should(events).be.empty();
    const { watermark } = cursor as { watermark: string };
    org.load([{ ...won(1, 2, '00:00:00'), SystemModstamp: watermark }]);
    org.sim.state.records['Account']![id(2)]!['SystemModstamp'] = '2025-03-10T09:00:00.000Z';
    // the second of the watermark is over at the next look
    org.sim.clock.set(new Date(org.sim.clock.now().getTime() + 2_000));
    should(keys((await readAll({ rule: 'with-won' }, cursor)).events)).deepEqual(['ACC-2']);
  });

  it('knows a person account as a person, and no firm as one', () => {
    const record = { ...account(1, '09:00:00'), FirstName: null, LastName: null, IsPersonAccount: false };
    should(accountEvent(record, [], '00D').data).not.have.property('LastName');
    const person = { ...record, FirstName: 'Anna', LastName: 'Keller', IsPersonAccount: true };
    should(accountEvent(person, [], '00D').data).have.property('LastName', 'Keller');
  });

  it('takes those that meet a condition, and says what is none', async () => {
    org.load([account(1, '09:00:00'), account(2, '09:00:00', { Type: 'Prospect' })]);
    should(keys((await readAll({ rule: { condition: "Type = 'Prospect' OR Name = 'x'" } })).events)).deepEqual(['ACC-2']);
    await readAll({ rule: { condition: 'WHERE Type = 1' } }).should.be.rejectedWith({
      class: 'contract.invalid',
      code: 'RULE_INVALID',
      field: 'condition',
    });
    await readAll({ rule: { condition: 'Nope__c = 1' } }).should.be.rejectedWith({ class: 'contract.drift', field: 'Nope__c' });
  });
});
