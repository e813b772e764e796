import should from 'should';
import { contractIssues } from '../../model/contract.ts';
import type { AvailabilityWanted, FoundAvailability } from '../../model/operations.ts';
import type { Availability } from '../../model/types.generated.ts';
import { failureOf, startKantata } from './kantata-sandbox.ts';

const signal = new AbortController().signal;
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];
const weekOf = (id: string, minutes: number, days = weekdays) => ({
  ...{ id, default: false, start_date: '2020-01-05', end_date: null },
  ...Object.fromEntries(days.map((day) => [`${day}_minutes`, minutes])),
});
const person = (id: string, role: string, more: object = {}) => ({
  id: `9${id}`,
  user_id: id,
  default_role_id: role,
  effective_workweek_id: '401',
  ...more,
});
const booked = (id: string, place: string, more: object) => ({
  id,
  workspace_id: '501',
  workspace_resource_id: place,
  hard: true,
  ...more,
});

/** The week of Monday 7 December 2026; Tuesday the 8th is a holiday in Spain. */
const firm = {
  users: ['301', '302', '303', '304'].map((id) => ({ id, full_name: `Person ${id}`, email_address: `${id}@firm.example` })),
  workweeks: [weekOf('401', 480), weekOf('402', 240, ['monday', 'tuesday', 'wednesday'])],
  account_memberships: [
    person('301', '102'),
    person('302', '102', { effective_workweek_id: '402' }),
    person('303', '101'),
    person('304', '102', { disabled_at: '2026-01-01T00:00:00Z' }),
  ],
  skill_memberships: [
    { id: '801', user_id: '301', skill_id: '201', level: 3 },
    { id: '802', user_id: '301', skill_id: '202', level: 3 },
    { id: '803', user_id: '302', skill_id: '201', level: 3 },
  ],
  workspaces: [{ id: '501', title: 'ENG-0001 · Rollout', currency: 'EUR' }],
  workspace_resources: [
    { id: '701', workspace_id: '501', user_id: '301', role_id: '102' },
    { id: '702', workspace_id: '501', user_id: '302', role_id: '102' },
  ],
};

const week: AvailabilityWanted = { from: '2026-12-07', to: '2026-12-13', role: 'Senior Consultant' };

type Sandbox = Awaited<ReturnType<typeof startKantata>>;

describe('who is free, by Kantata', () => {
  let box: Sandbox;
  let psa: ReturnType<Sandbox['connect']>;

  beforeEach(async () => {
    box = await startKantata(firm);
    psa = box.connect();
  });
  afterEach(async () => {
    await psa.close();
    await box.stop();
  });

  async function find(wanted: AvailabilityWanted = week): Promise<Map<string, FoundAvailability>> {
    const found = new Map<string, FoundAvailability>();
    for await (const one of psa.operations['availability.find'](wanted, signal)) found.set(one.key, one);
    return found;
  }
  const of = async (id: string, wanted = week): Promise<Availability> => {
    const { availability, unknown } = (await find(wanted)).get(`kantata:${id}`)!;
    should(unknown).equal(undefined);
    contractIssues('availability', availability).should.eql([]);
    return availability!;
  };

  it('finds everybody in the role who is still there, each by his own week', async () => {
    const found = await find();
    [...found.keys()].sort().should.eql(['kantata:301', 'kantata:302']);
    should((await of('301')).periods).eql([
      {
        ...{ start: '2026-12-07', end: '2026-12-13', workingMinutes: 2400, leaveMinutes: 0, hardMinutes: 0, softMinutes: 0 },
        ...{ freeMinutes: 2400, overbookedMinutes: 0 },
      },
    ]);
    should((await of('302')).freeMinutes).equal(720);
    should((await of('301')).skills).eql(['Data Migration', 'SAP']);
  });

  it('takes half a day of leave as half a day, and leave on a day off as none', async () => {
    box.load({
      time_off_entries: [
        { id: '1', user_id: '301', hours: 4, requested_date: '2026-12-07' },
        { id: '2', user_id: '301', hours: 8, requested_date: '2026-12-12' },
        { id: '3', user_id: '301', hours: 24, requested_date: '2026-12-09' },
        { id: '4', user_id: '301', hours: 8, requested_date: '2026-12-14' },
      ],
    });
    should(await of('301')).containEql({ freeMinutes: 2400 - 240 - 480 });
    should((await of('301')).periods[0]).containEql({ leaveMinutes: 720 });
  });

  it('takes the holidays of the person’s own calendar, else those of the standard one', async () => {
    box.load({
      holiday_calendars: [
        { id: '1', name: 'Germany', default: true },
        { id: '2', name: 'Spain', default: false },
      ],
      holidays: [{ id: '11', name: 'Inmaculada', start_date: '2026-12-08', end_date: '2026-12-08' }],
      holiday_calendar_associations: [{ id: '21', holiday_id: '11', holiday_calendar_id: '2' }],
      holiday_calendar_memberships: [{ id: '31', user_id: '302', holiday_calendar_id: '2', start_date: '2026-01-01', end_date: null }],
    });
    should((await of('301')).freeMinutes).equal(2400);
    should((await of('302')).freeMinutes).equal(480);
  });

  it('takes a workweek from the day on which it begins', async () => {
    box.load({
      workweek_memberships: [
        { id: '1', user_id: '301', workweek_id: '401', start_date: '2026-01-01', end_date: null },
        { id: '2', user_id: '301', workweek_id: '402', start_date: '2026-12-09', end_date: null },
      ],
    });
    should((await of('301')).periods[0]).containEql({ workingMinutes: 480 + 480 + 240 });
  });

  it('spreads what is booked over the days that the person works, to the minute, and counts the days asked for alone', async () => {
    // 20 working days from 7 December to 1 January, 1,001 minutes: 50 a day, and the one that is left over on the last
    box.load({ workspace_allocations: [booked('601', '701', { start_date: '2026-12-07', end_date: '2027-01-03', minutes: 1001 })] });
    const all = await of('301', { ...week, to: '2027-01-03', unit: 'day' });
    all.periods.reduce((sum, { hardMinutes }) => sum + hardMinutes, 0).should.equal(1001);
    all.periods.filter(({ hardMinutes }) => hardMinutes > 0).should.have.length(20);
    should((await of('301')).periods[0]).containEql({ hardMinutes: 250, freeMinutes: 2150 });
  });

  it('tells days that are booked beyond their time, which take nothing from the others', async () => {
    box.load({
      workspace_allocations: [
        booked('601', '701', { start_date: '2026-12-07', end_date: '2026-12-07', minutes: 600 }),
        booked('602', '701', { start_date: '2026-12-08', end_date: '2026-12-08', minutes: 120, hard: false }),
        booked('603', '701', { start_date: '2026-12-12', end_date: '2026-12-13', minutes: 61 }),
        booked('604', '701', { start_date: '2026-12-10', end_date: '2026-12-10', minutes: 0 }),
      ],
    });
    should(await of('301')).containEql({ freeMinutes: 3 * 480 + 360, overbookedMinutes: 120 + 61 });
    should((await of('301')).periods[0]).containEql({ hardMinutes: 661, softMinutes: 120 });
  });

  it('takes none of several regions of one name for the one that is asked for; one in other letters is another', async () => {
    const region = (id: string, name: string) => ({ id, name, type: 'Geography', ancestor_ids: [], descendant_ids: [] });
    box.load({
      organizations: [region('51', 'North'), region('52', 'NORTH')],
      organization_memberships: [{ id: '1', member_type: 'User', member_id: '302', geography_id: '52' }],
    });
    const north = { from: week.from, to: week.to, region: 'NORTH' };
    [...(await find(north)).keys()].should.eql(['kantata:302']);
    box.load({ organizations: [region('53', 'NORTH')] });
    (await failureOf(find(north))).should.match({
      class: 'conflict.duplicate',
      code: 'NAME_TWICE',
      field: 'region',
      value: 'NORTH',
      message: /51, 52, 53/,
    });
  });

  it('finds by skills, all of them, and by region with those below it', async () => {
    [...(await find({ ...week, skills: ['SAP', 'data migration'] })).keys()].should.eql(['kantata:301']);
    box.load({
      organizations: [
        { id: '1', name: 'EMEA', type: 'geography' },
        { id: '2', name: 'DACH', type: 'geography', parent_id: '1' },
        { id: '3', name: 'EMEA', type: 'department' },
      ],
      organization_memberships: [
        { id: '11', member_type: 'User', member_id: '301', geography_id: '2', primary: true },
        { id: '12', member_type: 'AccountMembership', member_id: '9303', geography_id: '1', primary: true },
      ],
    });
    const found = await find({ from: week.from, to: week.to, region: 'emea' });
    [...found]
      .map(([key, { availability }]) => `${key} ${availability?.region}`)
      .sort()
      .should.eql(['kantata:301 DACH', 'kantata:303 EMEA']);
  });

  for (const [field, name, code] of [
    ['role', 'Sorcerer', 'ROLE_UNKNOWN'],
    ['region', 'Atlantis', 'REGION_UNKNOWN'],
    ['skills', ['Alchemy'], 'SKILL_UNKNOWN'],
  ] as const) {
    it(`names a ${field} that Kantata does not know`, async () => {
      const failure = await failureOf(find({ ...week, [field]: name }));
      should(failure).containEql({ class: 'mapping.missing', code, field });
      should(failure.record).match(/2026-12-07/);
    });
  }

  const unclear: Record<
    string,
    { data?: object; spoil: [collection: string, id: string, field: string, value: string | boolean]; field: string }
  > = {
    'no calendar at all': { spoil: ['workweeks', 'standard', 'default', false], field: 'effective_workweek_id' },
    'a week of which a day is no number': {
      data: { workweeks: [weekOf('403', 480)], account_memberships: [person('305', '102', { effective_workweek_id: '403' })] },
      spoil: ['workweeks', '403', 'monday_minutes', 'all day'],
      field: 'workweeks.monday_minutes',
    },
    'leave that is no number': {
      data: {
        account_memberships: [person('305', '102')],
        time_off_entries: [{ id: '9', user_id: '305', hours: 4, requested_date: '2026-12-07' }],
      },
      spoil: ['time_off_entries', '9', 'hours', 'half'],
      field: 'time_off_entries.hours',
    },
    'a booking that ends before it starts': {
      data: {
        account_memberships: [person('305', '102')],
        workspace_resources: [{ id: '705', workspace_id: '501', user_id: '305', role_id: '102' }],
        workspace_allocations: [booked('609', '705', { start_date: '2026-12-07', end_date: '2026-12-08', minutes: 60 })],
      },
      spoil: ['workspace_allocations', '609', 'start_date', '2026-12-10'],
      field: 'workspace_allocations.end_date',
    },
  };
  for (const [what, { data = {}, spoil, field }] of Object.entries(unclear)) {
    it(`takes nobody with ${what} for free nor for busy, and finds all others`, async () => {
      box.load({ users: [{ id: '305', full_name: 'Person 305', email_address: '305@firm.example', default_role_id: '102' }], ...data });
      const [collection, id, attribute, value] = spoil;
      for (const row of box.rows(collection)) if (row.id === id || (id === 'standard' && row['default'] === true)) row[attribute] = value;
      const found = await find();
      const { availability, unknown } = found.get('kantata:305')!;
      should(availability).equal(undefined);
      should(unknown).containEql({ record: 'resource kantata:305', field });
      unknown!.message.should.not.match(/Person/);
      should(unknown!.remedy).be.ok();
      should(found.get('kantata:301')!.availability!.freeMinutes).equal(2400);
    });
  }
});
