import should from 'should';
import type { Change } from '../../model/changes.ts';
import type { OperationContext } from '../../model/operations.ts';
import type { BillingSchedule, Project } from '../../model/types.generated.ts';
import { eur, fresh, inAccount } from './netsuite-found.ts';
import { engagementProjects, failureOf, NetSuiteSandbox } from './netsuite-sandbox.ts';
import { RecordingEffects } from './recording-effects.ts';

describe('In NetSuite, a contract amendment and a billing schedule that is set', () => {
  let box: NetSuiteSandbox;
  const { recordOf, change } = inAccount(() => box);
  const amend = (projects: Project[], number: number, approved?: readonly Change[], context: OperationContext = fresh()) =>
    box
      .another()
      .operations['erp-project.change'](
        { amendment: { number, effective: '2026-06-01' }, projects, ...(approved ? { approved } : {}) },
        context,
      );
  const carryOver = async (projects: Project[], number: number, context?: OperationContext) =>
    amend(projects, number, (await amend(projects, number)).changes, context);
  const set = (given: BillingSchedule, context: OperationContext = fresh()) =>
    box.another().operations['billing-schedule.set'](given, context);
  const recording = () => {
    const effects = new RecordingEffects();
    return { effects, context: { effects, signal: new AbortController().signal } };
  };
  const schedule = () => recordOf('billingSchedule', 'ENG-0001/BILLING');
  const job = () => recordOf('job', 'ENG-0001').fields;
  const state = () => JSON.stringify([schedule().fields['name'], schedule().lines['milestone'], job()['jobPrice'], job()['comments']]);
  const refused = async (asked: () => Promise<unknown>) => {
    const before = [state(), box.entriesByKey().length];
    const failure = await failureOf(asked());
    [state(), box.entriesByKey().length].should.deepEqual(before);
    return failure.toJSON();
  };

  /** The engagement with the third milestone as given, and the price that follows; the project ends later. */
  function amended(amount = '53333.34', due = '2026-09-30'): Project[] {
    const [main, share] = engagementProjects() as [Project, Project];
    const milestones = [...main.milestones.slice(0, 2), { ...main.milestones[2]!, due, amount: eur(amount) }];
    return [{ ...main, end: '2026-10-31', milestones }, share];
  }
  /** A schedule of the same milestones. */
  const terms = (version: number, projects = engagementProjects(), more: Partial<BillingSchedule> = {}): BillingSchedule => ({
    ...{ project: 'ENG-0001', legalEntity: 'DE01', currency: 'EUR', version, type: 'milestones' },
    lines: projects[0]!.milestones.map(({ code, name, due, amount }) => ({ code, name, due, amount })),
    amount: eur(amountOf(projects[0]!)),
    ...more,
  });
  const amountOf = ({ milestones }: Project) =>
    (milestones.reduce((sum, { amount }) => sum + Math.round(Number(amount.amount) * 100), 0) / 100).toFixed(2);

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), fresh());
  });
  afterEach(() => box.stop());

  it('do not meet while none was set: the amendment changes the lines that were made with the project', async () => {
    await carryOver(amended(), 1);
    schedule().fields['name']!.should.equal('ENG-0001 billing');
    should(job()).containEql({ jobPrice: 120000 });
  });

  it('say the same in the end, the schedule first: it alone says how the project is billed', async () => {
    await set(terms(1));
    should(await refused(() => amend(amended(), 1))).containEql({
      class: 'business.rejected',
      code: 'SCHEDULE_SET',
      record: 'project ENG-0001',
      field: 'jobPrice',
      value: '100000.00 EUR',
    });
    await set(terms(2, amended()));
    const lines = JSON.stringify(schedule());
    const { changes } = await carryOver(amended(), 1);
    changes.map(({ field }) => field).should.deepEqual(['projectedEndDate']);
    JSON.stringify(schedule()).should.equal(lines);
    String(job()['comments']).should.match(/^Amendment 1, effective 2026-06-01$/m);
  });

  it('that has the same price and another day, or no such line, stops the amendment too', async () => {
    await set(terms(1));
    should(await refused(() => amend(amended('33333.34', '2026-09-15'), 1))).containEql({
      code: 'SCHEDULE_SET',
      field: 'milestone (M3)',
    });
    const [main, share] = engagementProjects() as [Project, Project];
    // zero is not absent: a milestone that bills nothing is a line all the same
    const free = { code: 'M4', name: 'Handover', due: '2026-09-30', amount: eur('0.00') };
    should(await refused(() => amend([{ ...main, milestones: [...main.milestones, free] }, share], 1))).containEql({
      code: 'SCHEDULE_SET',
      field: 'milestone (M4)',
      value: 'none',
    });
  });

  it('of instalments lets other changes through, and no other amount', async () => {
    const line = (code: string, due: string) => ({ code, name: `Instalment ${code}`, due, percent: '50' });
    const lines = [line('I1', '2026-04-01'), line('I2', '2026-08-01')];
    await set(terms(1, engagementProjects(), { type: 'instalments', lines }));
    const before = JSON.stringify(schedule());
    await carryOver(amended('33333.34'), 1);
    should(job()).containEql({ projectedEndDate: '2026-10-31', jobPrice: 100000 });
    JSON.stringify(schedule()).should.equal(before);
    should(await refused(() => amend(amended('33333.35'), 2))).containEql({ code: 'SCHEDULE_SET', field: 'jobPrice' });
  });

  it('of a project without milestones is no other way of billing; another amount is stopped', async () => {
    const [main, share] = engagementProjects() as [Project, Project];
    const plain = { ...main, milestones: [] };
    change('job', 'ENG-0001', { jobBillingType: 'FBI', billingSchedule: null, jobPrice: null, comments: 'Contract amount: 100000.00 EUR' });
    await set(terms(1));
    should(job()).containEql({ jobBillingType: 'FBM' });
    await carryOver([{ ...plain, end: '2026-10-31', amount: eur('100000.00') }, share], 1);
    should(job()).containEql({ projectedEndDate: '2026-10-31', jobPrice: 100000 });
    should(await refused(() => amend([{ ...plain, amount: eur('110000.00') }, share], 2))).containEql({
      code: 'SCHEDULE_SET',
      field: 'jobPrice',
      value: '100000.00 EUR',
    });
  });

  it('that knows of no amendment does not come after one, unless it is there already', async () => {
    await carryOver(amended(), 2);
    const failure = { class: 'business.rejected', code: 'SCHEDULE_BEFORE_AMENDMENT', field: 'amendment' };
    should(await refused(() => set(terms(1)))).containEql({ ...failure, value: '0' });
    should(await refused(() => set(terms(1, engagementProjects(), { amendment: 1 })))).containEql({ ...failure, value: '1' });
    await set(terms(1, amended('60000.00'), { amendment: 2 }));
    should(job()).containEql({ jobPrice: 126666.66 });
    // the same version comes again, as it was sent before anybody knew better
    const before = state();
    await set(terms(1, amended('60000.00')));
    state().should.equal(before);
    should(await refused(() => set(terms(2, amended('60000.01'))))).containEql(failure);
  });

  it('keep what can be billed: neither moves a completed milestone', async () => {
    Object.assign(schedule().lines['milestone']![2]!.fields, { milestoneCompleted: true });
    should(await refused(() => amend(amended('33333.34', '2026-09-15'), 1))).containEql({ code: 'MILESTONE_COMPLETED' });
    await set(terms(1));
    should(await refused(() => set(terms(2, amended('33333.34', '2026-09-15'))))).containEql({ code: 'MILESTONE_FIXED' });
    should(await refused(() => amend(amended('33333.34', '2026-09-15'), 1))).containEql({ code: 'SCHEDULE_SET' });
    await set(terms(2, amended('33333.34')));
    should(schedule().lines['milestone']![2]!.fields).containEql({ milestoneCompleted: true });
  });

  it('that is set between showing and making is not written over', async () => {
    const { changes } = await amend(amended(), 1);
    await set(terms(1));
    should(await refused(() => amend(amended(), 1, changes))).containEql({ code: 'SCHEDULE_SET' });
  });

  it('notices a milestone that is completed between the look and the write', async () => {
    const { changes } = await amend(amended(), 1);
    const { context, effects } = recording();
    const write = effects.write.bind(effects);
    effects.write = ((one: Parameters<typeof write>[0]) => {
      Object.assign(schedule().lines['milestone']![0]!.fields, { milestoneCompleted: true });
      return write(one);
    }) as typeof effects.write;
    const failure = await failureOf(amend(amended(), 1, changes, context));
    should(failure.toJSON()).containEql({ class: 'conflict.stale', code: 'CHANGED_MEANWHILE', field: 'milestone' });
    should(schedule().lines['milestone']![0]!.fields).containEql({ milestoneCompleted: true });
  });

  it('are undone only where the other has not come after', async () => {
    const { effects, context } = recording();
    await carryOver(amended(), 1, context);
    await set(terms(1, amended(), { amendment: 1 }));
    const before = state();
    // the shares are those that the amendment wrote, and another has said them since: a former price under them would bill other amounts
    should((await failureOf(effects.undoAll(box.another()))).toJSON()).containEql({
      class: 'business.rejected',
      code: 'UNDO_CHANGED',
    });
    state().should.equal(before);
  });

  it('are undone together where nobody has come after', async () => {
    const before = state();
    const { effects, context } = recording();
    await carryOver(amended(), 1, context);
    state().should.not.equal(before);
    await effects.undoAll(box.another());
    JSON.parse(state()).slice(0, 3).should.deepEqual(JSON.parse(before).slice(0, 3));
  });
});
