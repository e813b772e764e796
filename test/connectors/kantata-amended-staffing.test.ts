import should from 'should';
import type { KantataConnector } from '../../connectors/kantata/connector.ts';
import type { Change } from '../../model/changes.ts';
import type { StaffingDemand } from '../../model/types.generated.ts';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { call, demand, failureOf, project, startKantata } from './kantata-sandbox.ts';
import { RecordingEffects } from './recording-effects.ts';

describe('An amendment of whom Kantata is asked for', () => {
  let kantata: Awaited<ReturnType<typeof startKantata>>;
  let psa: KantataConnector;
  beforeEach(async () => {
    kantata = await startKantata();
    psa = kantata.connect();
    await psa.operations['psa-project.create']([project], call(new InMemoryEffects()));
    await psa.operations['staffing.request']([demand], call(new InMemoryEffects()));
  });
  afterEach(() => kantata.stop());

  const ask = (
    demands: StaffingDemand[],
    approved?: readonly Change[],
    effects: InMemoryEffects | RecordingEffects = new InMemoryEffects(),
  ) =>
    psa.operations['psa-project.change'](
      { amendment: { number: 1, effective: '2027-01-01' }, projects: [project], demands, ...(approved ? { approved } : {}) },
      call(effects),
    );
  const shown = async (demands: StaffingDemand[]) => (await ask(demands)).changes;
  const told = ({ record, field, there, wanted }: Change) => `${record} ${field}: ${there ?? '-'} > ${wanted ?? '-'}`;
  const refused = async (demands: StaffingDemand[]) => {
    const before = kantata.changes();
    const failure = await failureOf(ask(demands));
    kantata.changes().should.equal(before);
    return failure;
  };
  const picture = () =>
    JSON.stringify([
      kantata.rows('workspace_resources').map(({ id, role_id }) => [id, role_id]),
      kantata
        .rows('workspace_allocations')
        .map(({ id, minutes, start_date, end_date, notes }) => [id, minutes, start_date, end_date, notes]),
      kantata
        .rows('workspace_resource_skills')
        .map((row) => `${String(row['workspace_resource_id'])} ${String(row['skill_id'])}`)
        .sort(),
      kantata
        .rows('resource_requests')
        .flatMap((row) => (row['status'] === 'new' ? [row['resource_id']] : []))
        .sort(),
    ]);
  const allocations = () => kantata.rows('workspace_allocations').map(({ minutes, end_date }) => `${String(minutes)} ${String(end_date)}`);

  /** A month more, another role and skill for both, a third, and a demand that is new. */
  const amended: StaffingDemand[] = [
    { ...demand, role: 'Consultant', skills: ['SAP'], end: '2027-01-31', effortMinutes: 14_400, headcount: 3 },
    { ...demand, code: 'ENG-0001/S2', role: 'Project Manager', skills: [], effortMinutes: 600, headcount: 1 },
  ];

  it('shows what changes for each person and writes nothing; makes that, and has nothing left', async () => {
    const before = kantata.changes();
    const changes = await shown(amended);
    kantata.changes().should.equal(before);
    changes
      .map(told)
      .should.deepEqual([
        'staffing demand ENG-0001/S1 role: Senior Consultant > Consultant',
        'staffing demand ENG-0001/S1 skills: SAP, Data Migration > SAP',
        'staffing demand ENG-0001/S1 minutes: 4801 > 4800',
        'staffing demand ENG-0001/S1 end_date: 2026-12-31 > 2027-01-31',
        'staffing demand ENG-0001/S1#2 role: Senior Consultant > Consultant',
        'staffing demand ENG-0001/S1#2 skills: SAP, Data Migration > SAP',
        'staffing demand ENG-0001/S1#2 end_date: 2026-12-31 > 2027-01-31',
        'staffing demand ENG-0001/S1#3 title: - > Consultant, 2026-12-01 – 2027-01-31, 80:00 h',
        'staffing demand ENG-0001/S2 title: - > Project Manager, 2026-12-01 – 2026-12-31, 10:00 h',
      ]);
    (await ask(amended, changes)).should.match({ applied: true });
    allocations().should.deepEqual(['4800 2027-01-31', '4800 2027-01-31', '4800 2027-01-31', '600 2026-12-31']);
    kantata.rows('resource_requests').should.have.length(4);
    kantata.rows('workspace_resource_skills').should.have.length(3);
    (await shown(amended)).should.deepEqual([]);
    String(kantata.rows('workspaces')[0]!['description']).should.match(/^Amendment 1, /m);
    const again = await psa.operations['staffing.request'](amended, call(new InMemoryEffects()));
    again.demands.flatMap(({ differences = [] }) => differences).should.deepEqual([]);
  });

  it('asks nobody any more for whom it has no more, and asks again when they come back', async () => {
    const changes = await shown([{ ...demand, effortMinutes: 4801, headcount: 1 }]);
    changes.map(({ message }) => message).should.deepEqual(['Staffing demand ENG-0001/S1#2 is taken out: "Senior Consultant"']);
    await ask([{ ...demand, effortMinutes: 4801, headcount: 1 }], changes);
    allocations().should.deepEqual(['4801 2026-12-31', '0 2026-12-31']);
    kantata
      .rows('resource_requests')
      .map(({ status }) => status)
      .should.deepEqual(['new', 'cancelled']);
    (await shown([{ ...demand, effortMinutes: 4801, headcount: 1 }])).should.deepEqual([]);
    const back = await shown([demand]);
    back
      .map(told)
      .should.deepEqual(['staffing demand ENG-0001/S1#2 requested: false > true', 'staffing demand ENG-0001/S1#2 minutes: 0 > 4800']);
    await ask([demand], back);
    allocations().should.deepEqual(['4801 2026-12-31', '4800 2026-12-31']);
    kantata
      .rows('resource_requests')
      .map(({ status }) => status)
      .should.deepEqual(['new', 'cancelled', 'new']);
  });

  it('stops where somebody is found already, unless it asks for the same as before, or for what was brought about', async () => {
    const [resource] = kantata.rows('workspace_resources');
    const [booking] = kantata.rows('workspace_allocations');
    Object.assign(resource!, { user_id: '9000001' });
    Object.assign(booking!, { hard: true, end_date: '2026-12-20', minutes: 4000 });
    (await shown([demand])).should.deepEqual([]);
    const failure = await refused(amended);
    failure.should.match({ class: 'business.rejected', code: 'DEMAND_STAFFED', record: 'staffing demand ENG-0001/S1', value: '9000001' });
    (await refused([{ ...demand, code: 'ENG-0001/S9' }])).should.match({ code: 'DEMAND_STAFFED', record: 'staffing demand ENG-0001/S1' });
    const longer = { ...demand, end: '2027-01-31' };
    (await refused([longer])).should.match({ code: 'DEMAND_STAFFED', field: 'minutes' });
    Object.assign(booking!, { end_date: '2027-01-31', minutes: 4801 });
    (await shown([longer])).map(told).should.deepEqual(['staffing demand ENG-0001/S1#2 end_date: 2026-12-31 > 2027-01-31']);
    should((await shown([{ ...demand, targetRate: { amount: '190.00', currency: 'EUR' } }])).map(({ field }) => field)).containEql('notes');
  });

  it('leaves what persons have written to a booking', async () => {
    const [booking] = kantata.rows('workspace_allocations');
    booking!['notes'] = `${String(booking!['notes'])} · Ada would like it`;
    const longer = { ...demand, end: '2027-01-31' };
    await ask([longer], await shown([longer]));
    String(booking!['notes'] ?? kantata.rows('workspace_allocations')[0]!['notes']).should.match(/ · Ada would like it$/);
  });

  it('killed at any write goes on where it stopped; undone gives back what was there', async () => {
    const former = picture();
    const less = [{ ...demand, role: 'Consultant', skills: ['SAP'], effortMinutes: 4000, headcount: 1 }, amended[1]!];
    const whole = new RecordingEffects();
    const changes = await shown(less);
    await ask(less, changes, whole);
    const after = picture();
    await whole.undoAll(psa);
    picture().should.equal(former);
    after.should.not.equal(former);
    for (const when of ['before-send', 'after-send'] as const) {
      for (let atSend = 1; ; atSend++) {
        const left = await shown(less);
        const effects = new InMemoryEffects();
        effects.crash = { atSend, when };
        const died = await ask(less, left, effects).catch((error: unknown) => error);
        if (!(died instanceof ProcessDied)) break;
        effects.crash = undefined;
        await ask(less, left, effects);
        (await shown(less)).should.deepEqual([], `${when} ${atSend}`);
        for (const { state } of effects.entries.values()) state.should.equal('done');
        kantata.rows('workspace_resources').should.have.length(3);
        kantata
          .rows('resource_requests')
          .filter(({ status }) => status === 'new')
          .should.have.length(2);
        await ask([demand], await shown([demand]));
      }
    }
  });
});
