import 'should';
import should from 'should';
import { headsOf } from '../../connectors/kantata/staffing-request/staffing-heads.ts';
import { timeEvent, timeEntryOf, utc } from '../../connectors/kantata/records/time-entry.ts';
import { contractIssues } from '../../model/contract.ts';
import type { StaffingDemand } from '../../model/types.generated.ts';

const row = {
  id: '771',
  date_performed: '2026-11-20',
  time_in_minutes: 20,
  billable: true,
  rate_in_cents: 10000,
  currency: 'EUR',
  currency_base_unit: 100,
  notes: 'Workshop with the client',
  workspace_id: '12',
  story_id: '34',
  user_id: '9',
  approved: true,
  updated_at: '2026-11-20T17:22:50-08:00',
};
const user = { id: '9', full_name: 'Jane Doe', email_address: 'jane@firm.example' };
const context = { user, projectCode: 'ENG-0001', taskCode: 'ENG-0001/P1/T1', currency: undefined };

describe('Kantata: an approved time entry in the words of the firm', () => {
  it('keeps the contract, with exact money and the instant in UTC', () => {
    const entry = timeEntryOf(row, 'approved', context);
    contractIssues('time-entry', entry).should.deepEqual([]);
    const { version, ...rest } = entry;
    String(version).should.match(/^[0-9a-f]{16}$/);
    rest.should.deepEqual({
      id: 'kantata:771',
      source: { system: 'kantata', id: '771' },
      resource: { id: '9', email: 'jane@firm.example', name: 'Jane Doe' },
      project: { id: '12', code: 'ENG-0001' },
      task: { id: '34', code: 'ENG-0001/P1/T1' },
      workDate: '2026-11-20',
      minutes: 20,
      billable: true,
      rate: { amount: '100.00', currency: 'EUR' },
      amount: { amount: '33.33', currency: 'EUR' },
      note: 'Workshop with the client',
      status: 'approved',
      sourceUpdatedAt: '2026-11-21T01:22:50.000Z',
    });
  });

  it('keeps a rate of zero, for the time is free and not without a price; only a rate of null is none', () => {
    const free = timeEntryOf({ ...row, rate_in_cents: 0 }, 'approved', context);
    free.should.have.properties({ rate: { amount: '0.00', currency: 'EUR' }, amount: { amount: '0.00', currency: 'EUR' } });
    const none = timeEntryOf({ ...row, rate_in_cents: null }, 'approved', context);
    none.should.not.have.properties(['rate', 'amount']);
    for (const entry of [free, none]) contractIssues('time-entry', entry).should.deepEqual([]);
    free['version']!.should.not.equal(none['version']);
  });

  it('never lets the ERP put its list price in the place of a rate that cannot be read: the contract check names it', () => {
    const fieldsOf = (change: Record<string, unknown>) =>
      contractIssues('time-entry', timeEntryOf({ ...row, ...change }, 'approved', context)).map(({ code, field }) => `${code} ${field}`);
    fieldsOf({ rate_in_cents: 'a hundred' }).should.deepEqual(['SCHEMA_PATTERN rate.amount']);
    fieldsOf({ rate_in_cents: -100 }).should.deepEqual(['MONEY_NEGATIVE rate', 'MONEY_NEGATIVE amount']);
    fieldsOf({ currency: null }).should.deepEqual(['SCHEMA_PATTERN rate.currency']);
    fieldsOf({ currency: 'ABC' }).should.deepEqual(['CURRENCY_NOT_ISO rate.currency']);
    fieldsOf({ rate_in_cents: '15000' }).should.deepEqual([]);
    // in what parts it counts comes as text too; unread, a rate in forints would be a hundredth
    const forints = timeEntryOf({ ...row, currency: 'HUF', currency_base_unit: '1', rate_in_cents: 15500 }, 'approved', context);
    should(forints['rate']).deepEqual({ amount: '15500.00', currency: 'HUF' });
    for (const unit of [0, -100, 'cents', 0.5, true])
      fieldsOf({ currency_base_unit: unit }).should.deepEqual(['SCHEMA_PATTERN rate.amount']);
    fieldsOf({ currency_base_unit: null }).should.deepEqual([]);
  });

  it('keeps the fillér of a forint rate, whatever a locale shows of it', () => {
    const entry = timeEntryOf({ ...row, currency: 'HUF', rate_in_cents: 1550050, time_in_minutes: 450 }, 'approved', context);
    entry.should.have.properties({ rate: { amount: '15500.50', currency: 'HUF' }, amount: { amount: '116253.75', currency: 'HUF' } });
  });

  it('counts yen in whole units', () => {
    const entry = timeEntryOf(
      { ...row, currency: 'JPY', currency_base_unit: 1, rate_in_cents: 15000, time_in_minutes: 30 },
      'approved',
      context,
    );
    entry.should.have.properties({ rate: { amount: '15000', currency: 'JPY' }, amount: { amount: '7500', currency: 'JPY' } });
  });

  it('is the same event however often it is read, and another one when its business content changes', () => {
    const event = (changed: Record<string, unknown>, given = context) =>
      timeEvent(timeEntryOf({ ...row, ...changed }, 'approved', given), new Date(0));
    const id = (changed: Record<string, unknown>) => event(changed).version!.content;
    event({}).id.should.equal(event({}).id);
    id({ updated_at: '2026-12-01T00:00:00Z', is_invoiced: true, taxable: true })!.should.equal(id({}));
    event({}, { ...context, user: { ...user, full_name: 'Jane Miller' } }).id.should.equal(event({}).id);
    for (const change of [
      { time_in_minutes: 25 },
      { date_performed: '2026-11-19' },
      { billable: false },
      { rate_in_cents: 9900 },
      { notes: 'x' },
      { story_id: '35' },
      { workspace_id: '13' },
      { user_id: '10' },
    ]) {
      id(change)!.should.not.equal(id({}), JSON.stringify(change));
      event(change).id.should.not.equal(event({}).id, JSON.stringify(change));
    }
  });

  it('is ordered by the time of the last change in Kantata, so that an entry that is changed back is another event', () => {
    const at = (updated_at: string, time_in_minutes: number) =>
      timeEvent(timeEntryOf({ ...row, updated_at, time_in_minutes }, 'approved', context), new Date(0));
    const [first, changed, back] = [
      at('2026-11-20T09:00:00-08:00', 60),
      at('2026-11-20T18:00:00Z', 90),
      at('2026-11-20T11:00:00-08:00', 60),
    ];
    new Set([first.id, changed.id, back.id]).size.should.equal(3);
    [first, changed, back]
      .map(({ version }) => version!.at)
      .should.deepEqual(['2026-11-20T17:00:00.000Z', '2026-11-20T18:00:00.000Z', '2026-11-20T19:00:00.000Z']);
  });

  it('takes no moment for one that no calendar of four digits has', () => {
    for (const text of ['+275760-09-13T00:00:00Z', '275761-01-01', '0001-01-01T00:00:00Z', 'never', '9'.repeat(10_000)])
      should(utc(text)).equal(undefined, text.slice(0, 40));
    should(utc('2026-11-20T10:00:00-08:00')).equal('2026-11-20T18:00:00.000Z');
  });

  it('passes a broken entry on, so that the contract check names what is wrong and the others are not held up', () => {
    const entry = timeEntryOf({ ...row, time_in_minutes: '7.5 h', date_performed: null }, 'approved', context);
    const fields = contractIssues('time-entry', entry).map((issue) => issue.field);
    fields.should.containEql('minutes');
    fields.should.containEql('workDate');
  });

  it('names the entry in subject and key, so that changes of one entry run in order', () => {
    const event = timeEvent(timeEntryOf(row, 'approved', context), new Date(0));
    event.should.have.properties({
      type: 'com.psconnect.time.approved',
      subject: 'kantata:771',
      key: 'kantata:771',
      time: '2026-11-21T01:22:50.000Z',
    });
  });
});

describe('Kantata: the heads of a staffing demand', () => {
  const demand = (effortMinutes: number, headcount: number) => ({ code: 'ENG-0001/S1', effortMinutes, headcount }) as StaffingDemand;

  it('share the effort to the minute; what does not divide goes to the first ones', () => {
    headsOf(demand(1000, 3)).should.deepEqual([
      { code: 'ENG-0001/S1', minutes: 334 },
      { code: 'ENG-0001/S1#2', minutes: 333 },
      { code: 'ENG-0001/S1#3', minutes: 333 },
    ]);
    for (const [effort, heads] of [
      [0, 2],
      [7, 4],
      [9601, 2],
    ] as const) {
      headsOf(demand(effort, heads))
        .reduce((sum, head) => sum + head.minutes, 0)
        .should.equal(effort);
    }
    should(headsOf(demand(60, 0)).length).equal(1);
  });
});
