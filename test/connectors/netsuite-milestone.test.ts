import should from 'should';
import type { OperationContext } from '../../model/operations.ts';
import type { MilestoneState } from '../../model/types.generated.ts';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { fresh, inAccount } from './netsuite-found.ts';
import { contextOf, engagementProjects, failureOf, NetSuiteSandbox } from './netsuite-sandbox.ts';
import { RecordingEffects } from './recording-effects.ts';

const key = 'ENG-0001/BILLING';
const milestone = (more: Partial<MilestoneState> = {}): MilestoneState => ({
  ...{
    id: 'kantata:77',
    source: { system: 'kantata', id: '77' },
    project: { code: 'ENG-0001' },
    code: 'ENG-0001/M2',
    state: 'reached',
    version: 'v1',
  },
  ...more,
});

describe('A milestone that was reached, in NetSuite', () => {
  let box: NetSuiteSandbox;
  const { recordOf, change } = inAccount(() => box);
  const reach = (more: Partial<MilestoneState> = {}, context: OperationContext = fresh()) =>
    box.another().operations['milestone.reach'](milestone(more), context);
  const marked = () =>
    (recordOf('billingSchedule', key).lines['milestone'] ?? []).map(({ fields }) => fields['milestoneCompleted'] === true);
  const writes = () => box.entriesByKey().length;
  const invoice = () => {
    const job = recordOf('job', 'ENG-0001').id;
    box.sim.definition.load(box.sim, {
      records: { invoice: [{ tranId: 'INV-7', tranDate: '2026-05-04', entity: { id: job }, item: { items: [{ amount: 33333.33 }] } }] },
    });
  };

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), fresh());
  });
  afterEach(() => box.stop());

  it('can be billed: its line is marked, with the day, and no other', async () => {
    const result = await reach({ reachedOn: '2026-04-28' });
    should(result).deepEqual({ code: 'ENG-0001/M2', id: recordOf('billingSchedule', key).id, billable: true });
    marked().should.deepEqual([false, true, false]);
    const { lines } = recordOf('billingSchedule', key);
    lines['milestone']!.should.have.length(3);
    lines['milestone']![1]!.fields.should.containEql({
      milestoneActualCompletionDate: '2026-04-28',
      comments: 'M2 Design accepted (ENG-0001/P1): 33333.33 EUR',
    });
  });

  it('twice is marked once, and the day that NetSuite has stays', async () => {
    await reach({ reachedOn: '2026-04-28' });
    const before = writes();
    await reach({ version: 'v3', reachedOn: '2026-04-30' });
    writes().should.equal(before);
  });

  it('and is open again is unmarked while nothing was invoiced', async () => {
    await reach();
    should(await reach({ state: 'open', version: 'v2' })).containEql({ billable: false });
    marked().should.deepEqual([false, false, false]);
  });

  it('and is open again after the project was invoiced is left to a person', async () => {
    await reach();
    invoice();
    const failure = await failureOf(reach({ state: 'open', version: 'v2' }));
    should(failure.toJSON()).containEql({
      class: 'business.rejected',
      code: 'MILESTONE_BILLED',
      record: 'milestone ENG-0001/M2',
      field: 'state',
      value: 'open',
    });
    failure.message.should.containEql('INV-7');
    marked().should.deepEqual([false, true, false]);
  });

  it('that the schedule does not have is refused; one that was never reached is nothing', async () => {
    const failure = await failureOf(reach({ code: 'ENG-0001/M9' }));
    should(failure.toJSON()).containEql({
      class: 'mapping.missing',
      code: 'MILESTONE_UNKNOWN',
      record: 'milestone ENG-0001/M9',
      field: 'code',
      value: 'ENG-0001/M9',
    });
    should(await reach({ code: 'ENG-0001/M9', state: 'open' })).containEql({ billable: false });
    should(await failureOf(reach({ code: 'ENG-0002/M2' }))).containEql({ code: 'MILESTONE_UNKNOWN' });
    should(await failureOf(reach({ code: 'ENG-0001/M' }))).containEql({ code: 'MILESTONE_UNKNOWN' });
  });

  it('of a project that is billed by time bills nothing; of one that has lost its schedule it is refused', async () => {
    const elsewhere = { project: { code: 'ENG-0001-NL01' }, code: 'ENG-0001-NL01/M1' };
    should(await reach(elsewhere)).deepEqual({ code: 'ENG-0001-NL01/M1', billable: false });
    change('job', 'ENG-0001-NL01', { jobBillingType: 'FBM' });
    const failure = await failureOf(reach(elsewhere));
    should(failure.toJSON()).containEql({ class: 'mapping.missing', code: 'SCHEDULE_NOT_SET', field: 'project', value: 'ENG-0001-NL01' });
  });

  it('in a schedule that a person has changed is left to that person', async () => {
    Object.assign(recordOf('billingSchedule', key).lines['milestone']![0]!.fields, { milestoneAmount: 40 });
    should(await failureOf(reach())).containEql({ code: 'SCHEDULE_BY_HAND' });
  });

  it('is marked once when the process dies, and unmarked when the run is undone', async () => {
    for (const when of ['before-send', 'after-send'] as const) {
      const effects = new InMemoryEffects();
      effects.crash = { atSend: 1, when };
      await reach({}, contextOf(effects)).should.be.rejectedWith(ProcessDied);
      effects.crash = undefined;
      await reach({}, contextOf(effects));
      marked().should.deepEqual([false, true, false]);
      [...effects.entries.values()].map(({ state }) => state).should.deepEqual(['done']);
      await reach({ state: 'open', version: when });
    }
    const recorded = new RecordingEffects();
    await reach({}, { effects: recorded, signal: new AbortController().signal });
    await recorded.undoAll(box.another());
    marked().should.deepEqual([false, false, false]);
    await reach({ version: 'again' }, { effects: recorded, signal: new AbortController().signal });
    invoice();
    should(await failureOf(recorded.undoAll(box.another()))).containEql({ class: 'business.rejected', code: 'UNDO_CHANGED' });
    marked().should.deepEqual([false, true, false]);
  });
});
