import should from 'should';
import { contractIssues } from '../../model/contract.ts';
import type { FoundUtilization, PeopleWanted } from '../../model/operations.ts';
import type { Utilization } from '../../model/types.generated.ts';
import { Store } from '../../sandbox/kantata/store.ts';
import { failureOf, startKantata } from './kantata-sandbox.ts';

const signal = new AbortController().signal;
const weekOf = (id: string, minutes: number) => ({
  ...{ id, default: false, start_date: '2020-01-05', end_date: null },
  ...Object.fromEntries(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [`${day}_minutes`, minutes])),
});
const person = (id: string, more: object = {}) => ({
  ...{ id: `9${id}`, user_id: id, default_role_id: '102', effective_workweek_id: '401', created_at: '2020-01-06T09:00:00Z' },
  ...more,
});
const user = (id: string) => ({ id, full_name: `Person ${id}`, email_address: `${id}@firm.example` });
let next = 1000;
const time = (user_id: string, date_performed: string, time_in_minutes: number, more: object = {}) => ({
  ...{ id: String(next++), workspace_id: '501', user_id, date_performed, time_in_minutes, billable: true, approved: true, ...more },
});

/** The week over the end of the year, in which clocks change nowhere and 1 January is a Friday. */
const firm = {
  users: ['301', '302'].map(user),
  workweeks: [weekOf('401', 480), weekOf('402', 240)],
  account_memberships: [person('301'), person('302', { effective_workweek_id: '402' })],
  workspaces: [{ id: '501', title: 'ENG-0001 · Rollout', currency: 'EUR' }],
  workspace_resources: [{ id: '701', workspace_id: '501', user_id: '301', role_id: '102' }],
};
const wanted: PeopleWanted = { from: '2026-12-28', to: '2027-01-03', role: 'Senior Consultant' };

describe('how time was used, by Kantata', () => {
  let box: Awaited<ReturnType<typeof startKantata>>;
  let psa: ReturnType<typeof box.connect>;
  beforeEach(async () => {
    box = await startKantata(firm);
    psa = box.connect();
  });
  afterEach(async () => {
    await psa.close();
    await box.stop();
  });

  async function find(asked = wanted): Promise<FoundUtilization[]> {
    const found: FoundUtilization[] = [];
    for await (const one of psa.operations['utilization.find'](asked, signal)) found.push(one);
    return found;
  }
  async function of(id: string, asked = wanted): Promise<Utilization> {
    const found = (await find(asked)).filter(({ key }) => key === `kantata:${id}`);
    found.length.should.equal(1);
    should(found[0]!.unknown).equal(undefined);
    contractIssues('utilization', found[0]!.utilization).should.eql([]);
    return found[0]!.utilization!;
  }
  const unknownOf = async (id: string, asked = wanted) => (await find(asked)).find(({ key }) => key === `kantata:${id}`)?.unknown;

  it('tells capacity, bookings and time, approved, billable and not, by each person’s own week', async () => {
    box.load({
      time_entries: [
        time('301', '2026-12-28', 480),
        time('301', '2026-12-31', 100, { billable: false }),
        time('301', '2027-01-01', 61, { approved: false }),
        time('301', '2026-12-27', 480),
        time('301', '2027-01-04', 480),
        time('302', '2026-12-29', 1500),
      ],
      workspace_allocations: [
        {
          id: '601',
          workspace_id: '501',
          workspace_resource_id: '701',
          start_date: '2026-12-28',
          end_date: '2027-01-08',
          minutes: 2400,
          hard: true,
        },
        {
          id: '602',
          workspace_id: '501',
          workspace_resource_id: '701',
          start_date: '2026-12-30',
          end_date: '2026-12-30',
          minutes: 120,
          hard: false,
        },
      ],
      time_off_entries: [
        { id: '1', user_id: '301', hours: 4, requested_date: '2026-12-29' },
        { id: '2', user_id: '301', hours: 8, requested_date: '2027-01-02' },
      ],
    });
    should(await of('301')).containEql({
      ...{ capacityMinutes: 2160, leaveMinutes: 240, hardMinutes: 1200, softMinutes: 120, workedMinutes: 641, approvedMinutes: 580 },
      ...{ billableMinutes: 541, nonBillableMinutes: 100, approvedBillableMinutes: 480, rejectedMinutes: 0 },
      ...{ billablePercent: '25.05', hardPercent: '55.56', bookedPercent: '61.11' },
    });
    // part-time, and more than all of it
    should(await of('302')).containEql({ capacityMinutes: 1200, workedMinutes: 1500, billablePercent: '125.00', bookedPercent: '0.00' });
  });

  it('tells no percentage of somebody without capacity', async () => {
    box.load({
      time_off_entries: ['28', '29', '30', '31'].map((day) => ({ id: day, user_id: '302', hours: 4, requested_date: `2026-12-${day}` })),
    });
    should(await of('302', { ...wanted, to: '2026-12-31' })).containEql({
      capacityMinutes: 0,
      billablePercent: null,
      noPercents: 'no-capacity',
    });
  });

  it('takes rejected time for none until it is handed in again, and deleted time for none', async () => {
    const sheet = (id: string, status: string) => ({ id, workspace_id: '501', user_id: '301', status, title: id });
    const entries = [
      time('301', '2026-12-28', 60, { approved: false, recent_submission_id: '11' }),
      time('301', '2026-12-28', 61, { approved: false, recent_submission_id: '11', active_submission_id: '12' }),
      time('301', '2026-12-28', 62, { approved: false, recent_submission_id: '13' }),
      time('301', '2026-12-28', 63, { approved: false }),
    ];
    box.load({ time_entries: entries, timesheet_submissions: [sheet('11', 'rejected'), sheet('12', 'pending'), sheet('13', 'cancelled')] });
    should(await of('301')).containEql({ workedMinutes: 61 + 62 + 63, rejectedMinutes: 60, approvedMinutes: 0 });
    new Store(box.sim.state).remove('time_entries', box.sim.state.rows['time_entries']![entries[3]!.id]!);
    should(await of('301')).containEql({ workedMinutes: 61 + 62, rejectedMinutes: 60 });
  });

  it('counts who came or went within the days from and to that day, and nobody who was not there', async () => {
    box.load({
      users: ['303', '304', '305', '306'].map(user),
      account_memberships: [
        person('303', { created_at: '2026-12-30T10:00:00Z' }),
        person('304', { disabled_at: '2026-12-29T17:00:00Z' }),
        person('305', { disabled_at: '2026-12-23T17:00:00Z' }),
        person('306', { created_at: '2027-02-01T10:00:00Z' }),
      ],
      time_entries: [time('304', '2026-12-29', 300)],
    });
    should(await of('303')).containEql({ joined: '2026-12-30', capacityMinutes: 3 * 480 });
    should(await of('304')).containEql({ left: '2026-12-29', capacityMinutes: 2 * 480, workedMinutes: 300 });
    (await find())
      .map(({ key }) => key)
      .sort()
      .should.eql(['301', '302', '303', '304'].map((id) => `kantata:${id}`));
  });

  it('counts who left and came back once, with both', async () => {
    box.load({
      account_memberships: [person('302', { id: '8302', disabled_at: '2026-12-28T17:00:00Z' }), person('307', { id: '1' })],
      users: [user('307')],
    });
    for (const row of box.rows('account_memberships')) if (row.id === '9302') row['created_at'] = '2026-12-31T08:00:00Z';
    should(await of('302')).containEql({ capacityMinutes: 3 * 240 });
  });

  it('counts time of all projects and roles once, archived ones too, over more than a page', async () => {
    box.load({
      workspaces: [{ id: '502', title: 'Gone', archived: true, currency: 'EUR' }],
      time_entries: Array.from({ length: 450 }, (_, at) =>
        time('301', '2026-12-28', 1, { workspace_id: at % 2 ? '501' : '502', role_id: at % 3 ? '101' : '102' }),
      ),
    });
    should(await of('301')).containEql({ workedMinutes: 450 });
  });

  const unclear: Record<string, [entry: object, field: string]> = {
    'time that is no number': [{ time_in_minutes: 'long' }, 'time_entries.time_in_minutes'],
    'negative time': [{ time_in_minutes: -60 }, 'time_entries.time_in_minutes'],
    'time of which it is not said whether it is billable': [{ billable: 'perhaps' }, 'time_entries.billable'],
    'time of which it is not said whether it is approved': [{ approved: 'perhaps' }, 'time_entries.approved'],
    'time of a timesheet that is not shown': [{ approved: false, active_submission_id: '99' }, 'time_entries.recent_submission_id'],
    'time of before the membership': [{ date_performed: '2026-12-28' }, 'time_entries.date_performed'],
  };
  for (const [what, [change, field]] of Object.entries(unclear)) {
    it(`says nothing of somebody with ${what}, and all of the others`, async () => {
      const entry = time('303', '2027-01-01', 60);
      box.load({
        users: [user('303')],
        account_memberships: [person('303', { created_at: '2026-12-30T10:00:00Z' })],
        time_entries: [entry],
      });
      Object.assign(box.sim.state.rows['time_entries']![entry.id]!, change);
      const unknown = await unknownOf('303');
      should(unknown).containEql({ record: 'resource kantata:303', field });
      should(unknown!.remedy).be.ok();
      should(await of('301')).containEql({ capacityMinutes: 2400 });
    });
  }

  it('says nothing of somebody who is disabled, and since when is not said', async () => {
    box.load({ users: [{ ...user('303'), disabled: true }], account_memberships: [person('303')] });
    should(await unknownOf('303')).containEql({ code: 'AVAILABILITY_UNKNOWN', field: 'account_memberships.disabled_at' });
  });

  it('is not asked with a token that is shown a part of the time', async () => {
    box.load({ tokens: { limited: '301' } });
    const limited = box.connect({ accessToken: 'limited' });
    const failure = await failureOf(
      (async () => {
        for await (const one of limited.operations['utilization.find'](wanted, signal)) should(one).equal(undefined);
      })(),
    );
    await limited.close();
    should(failure).containEql({ class: 'auth.denied', code: 'TIME_NOT_ALL' });
  });

  it('is no answer, and comes later, where the time does not come', async () => {
    box.load({ time_entries: [time('301', '2026-12-28', 480)] });
    box.fault({ kind: 'status', status: 503, times: -1, match: { method: 'GET', path: 'time_entries' } });
    should(await failureOf(find())).containEql({ class: 'transient.unavailable' });
  });
});
