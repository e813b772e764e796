import should from 'should';
import type { OperationContext } from '../../model/operations.ts';
import type { BillingSchedule } from '../../model/types.generated.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { InMemoryEffects, ProcessDied } from './in-memory-effects.ts';
import { eur, fresh, inAccount } from './netsuite-found.ts';
import { acme, contextOf, engagementProjects, failureOf, NetSuiteSandbox, timeEntry } from './netsuite-sandbox.ts';
import { RecordingEffects } from './recording-effects.ts';

const key = 'ENG-0001/BILLING';
const line = (number: number, due: string, amount: string) => ({
  code: `M${number}`,
  name: ['Signed', 'Design accepted', 'Go-live'][number - 1]!,
  due,
  amount: eur(amount),
});
const schedule = (more: Partial<BillingSchedule> = {}): BillingSchedule => ({
  ...{ project: 'ENG-0001', legalEntity: 'DE01', currency: 'EUR', version: 1, type: 'milestones', amount: eur('120000.00') },
  lines: [line(1, '2026-03-01', '33333.33'), line(2, '2026-05-15', '50000.00'), line(3, '2026-09-30', '36666.67')],
  ...more,
});

describe('A billing schedule in NetSuite', () => {
  let box: NetSuiteSandbox;
  const { recordOf, change } = inAccount(() => box);
  const set = (given: BillingSchedule, context: OperationContext = fresh()) =>
    box.another().operations['billing-schedule.set'](given, context);
  const there = () => recordOf('billingSchedule', key);
  const lines = () => (there().lines['milestone'] ?? []).map(({ fields }) => fields);
  const writes = () => box.entriesByKey().length;
  const refused = async (given: BillingSchedule) => {
    const before = writes();
    const failure = await failureOf(set(given));
    writes().should.equal(before, 'something was written');
    return failure.toJSON();
  };
  /** as it bills: a box that was never checked is as good as one that is not */
  const state = () =>
    JSON.stringify([
      there().fields['name'],
      lines().map((one) => [one['milestoneAmount'], one['milestoneDate'], one['comments'], one['milestoneCompleted'] === true]),
      recordOf('job', 'ENG-0001').fields['jobPrice'],
    ]);
  const mark = (index: number) => Object.assign(there().lines['milestone']![index]!.fields, { milestoneCompleted: true });

  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), fresh());
  });
  afterEach(() => box.stop());

  it('that was made with its project becomes what was agreed since, and the price follows', async () => {
    const result = await set(schedule());
    should(result).containEql({ project: 'ENG-0001', id: there().id, version: 1 });
    there().fields['name']!.should.equal('ENG-0001 billing, version 1');
    lines()
      .map(({ milestoneDate, comments }) => [milestoneDate, comments])
      .should.deepEqual([
        ['2026-03-01', 'M1 Signed: 33333.33 EUR'],
        ['2026-05-15', 'M2 Design accepted: 50000.00 EUR'],
        ['2026-09-30', 'M3 Go-live: 36666.67 EUR'],
      ]);
    const percents = lines().map(({ milestoneAmount }) => Math.round(Number(milestoneAmount) * 1e6));
    percents.reduce((sum, one) => sum + one, 0).should.equal(100e6);
    recordOf('job', 'ENG-0001').fields.should.containEql({ jobPrice: 120000, jobBillingType: 'FBM', billingSchedule: there().id });
  });

  it('is made where the project had none, and linked to it', async () => {
    box.records('job').length.should.equal(2);
    change('job', 'ENG-0001-NL01', { jobBillingType: 'FBI' });
    const result = await set({
      ...{ project: 'ENG-0001-NL01', legalEntity: 'NL01', currency: 'EUR', version: 4, type: 'retainer' },
      retainer: { every: 'month', periods: 3, start: '2026-05-01', amount: eur('1000.10') },
    });
    result.lines
      .map(({ code, due, amount }) => `${code} ${due} ${amount}`)
      .should.deepEqual(['R1 2026-05-01 1000.10', 'R2 2026-06-01 1000.10', 'R3 2026-07-01 1000.10']);
    const made = recordOf('billingSchedule', 'ENG-0001-NL01/BILLING');
    recordOf('job', 'ENG-0001-NL01').fields.should.containEql({ billingSchedule: made.id, jobPrice: 3000.3, jobBillingType: 'FBM' });
  });

  it('that is set twice is written once', async () => {
    await set(schedule());
    const before = writes();
    await set(schedule());
    writes().should.equal(before);
  });

  it('of an older version, or of the same with other lines, changes nothing', async () => {
    await set(schedule({ version: 3 }));
    should(await refused(schedule({ version: 2 }))).containEql({
      class: 'business.rejected',
      code: 'SCHEDULE_OLDER',
      record: `billing schedule ${key}`,
      field: 'version',
      value: '2',
    });
    const other = schedule({ version: 3, lines: [line(1, '2026-03-01', '20000.00'), line(3, '2026-09-30', '100000.00')] });
    should(await refused(other)).containEql({ class: 'business.rejected', code: 'SCHEDULE_VERSION_TWICE', field: 'version', value: '3' });
  });

  it('keeps a line that is marked completed, whatever else is agreed', async () => {
    mark(0);
    Object.assign(there().lines['milestone']![0]!.fields, { milestoneActualCompletionDate: '2026-03-02' });
    const result = await set(schedule());
    lines()[0]!.should.containEql({ milestoneCompleted: true, milestoneActualCompletionDate: '2026-03-02' });
    result.lines[0]!.should.containEql({ code: 'M1', reached: true });
  });

  const fixed: [string, Partial<BillingSchedule>, string, string][] = [
    [
      'another amount',
      { lines: [line(1, '2026-03-01', '20000.00'), line(3, '2026-09-30', '100000.00')] },
      'lines[0].amount',
      '20000.00 EUR',
    ],
    ['another day', { lines: [line(1, '2026-03-15', '33333.33'), line(3, '2026-09-30', '86666.67')] }, 'lines[0].due', '2026-03-15'],
    ['no such line', { lines: [line(2, '2026-05-15', '50000.00'), line(3, '2026-09-30', '70000.00')] }, 'lines', 'M1 Signed: 33333.33 EUR'],
  ];
  for (const [what, more, field, value] of fixed) {
    it(`is refused when it has ${what} where a line can be billed already`, async () => {
      mark(0);
      should(await refused(schedule(more))).containEql({ class: 'business.rejected', record: `billing schedule ${key}`, field, value });
    });
  }

  it('that a person has changed is left to that person', async () => {
    Object.assign(there().lines['milestone']![1]!.fields, { milestoneAmount: 40 });
    should(await refused(schedule())).containEql({
      class: 'business.rejected',
      code: 'SCHEDULE_BY_HAND',
      field: 'milestone.items[1].milestoneAmount',
      value: '40',
    });
    Object.assign(there().lines['milestone']![1]!.fields, { milestoneAmount: 33.3333, comments: 'second part' });
    should(await refused(schedule())).containEql({ code: 'SCHEDULE_BY_HAND', field: 'milestone.items[1].comments', value: 'second part' });
    change('billingSchedule', key, { name: 'ERP rollout' });
    should(await refused(schedule())).containEql({ code: 'SCHEDULE_BY_HAND', field: 'name', value: 'ERP rollout' });
    change('billingSchedule', key, { isInactive: true });
    should(await refused(schedule())).containEql({ code: 'RECORD_PUT_ASIDE', field: 'isInactive' });
  });

  const elsewhere: [string, Partial<BillingSchedule>, object][] = [
    [
      'a project that is not there',
      { project: 'ENG-9' },
      { class: 'mapping.missing', record: 'project ENG-9', field: 'project', value: 'ENG-9' },
    ],
    [
      'another legal entity',
      { legalEntity: 'NL01' },
      { class: 'conflict.duplicate', code: 'RECORD_OF_ANOTHER', record: 'project ENG-0001', field: 'subsidiary' },
    ],
    [
      'the currency of another entity',
      {
        currency: 'USD',
        amount: { amount: '1.00', currency: 'USD' },
        lines: [{ ...line(1, '2026-03-01', '1.00'), amount: { amount: '1.00', currency: 'USD' } }],
      },
      { class: 'conflict.duplicate', code: 'RECORD_OF_ANOTHER', record: 'project ENG-0001', field: 'currency' },
    ],
    [
      'a day outside of the project',
      { lines: [line(1, '2026-02-28', '60000.00'), line(3, '2026-09-30', '60000.00')] },
      {
        class: 'business.rejected',
        code: 'SCHEDULE_OUTSIDE_PROJECT',
        record: 'billing schedule of project ENG-0001',
        field: 'lines[0].due',
        value: '2026-02-28',
      },
    ],
    [
      'a way of billing that a person has to change',
      { project: 'ENG-0001-NL01', legalEntity: 'NL01', lines: [line(1, '2026-05-01', '60000.00'), line(3, '2026-09-30', '60000.00')] },
      { class: 'business.rejected', code: 'RECORD_DIFFERS', record: 'project ENG-0001-NL01', field: 'jobBillingType', value: 'TM' },
    ],
  ];
  for (const [what, more, failure] of elsewhere)
    it(`is refused for ${what}`, async () => should(await refused(schedule(more))).containEql(failure));

  it('is not taken from another project, nor beside another schedule', async () => {
    change('job', 'ENG-0001', { billingSchedule: '99' });
    should(await refused(schedule())).containEql({ code: 'RECORD_DIFFERS', record: 'project ENG-0001', field: 'billingSchedule' });
    change('billingSchedule', key, { project: recordOf('job', 'ENG-0001-NL01').id });
    should(await refused(schedule())).containEql({ code: 'RECORD_OF_ANOTHER', field: 'project' });
  });

  it('is written once when the process dies anywhere, and undone to what it was', async () => {
    const before = state();
    for (const atSend of [1, 2]) {
      for (const when of ['before-send', 'after-send'] as const) {
        const effects = new InMemoryEffects();
        effects.crash = { atSend, when };
        await set(schedule(), contextOf(effects)).should.be.rejectedWith(ProcessDied);
        effects.crash = undefined;
        await set(schedule(), contextOf(effects));
        there().fields['name']!.should.equal('ENG-0001 billing, version 1');
        [...effects.entries.values()].filter(({ state }) => state !== 'done').should.deepEqual([]);
        const recorded = new RecordingEffects();
        await box.stop();
        box = await NetSuiteSandbox.start();
        await box.prepareCustomers();
        await box.erp.operations['erp-project.create'](engagementProjects(), fresh());
        await set(schedule(), { effects: recorded, signal: new AbortController().signal });
        recorded.made.should.have.length(2);
        await recorded.undoAll(box.another());
        state().should.equal(before);
      }
    }
  });

  it('is not put back where a person has marked a line since', async () => {
    const recorded = new RecordingEffects();
    await set(schedule(), { effects: recorded, signal: new AbortController().signal });
    const line1 = there().lines['milestone']![0]!;
    line1.fields['comments'] = 'M1 Signed, first part: 33333.33 EUR';
    const failure = await failureOf(recorded.undoAll(box.another()));
    should(failure.toJSON()).containEql({ class: 'business.rejected', code: 'UNDO_CHANGED.netsuite-since'.split('.')[0] });
    there().fields['name']!.should.equal('ENG-0001 billing, version 1');
  });

  describe('of time', () => {
    const capped = (cap: string, version = 1): BillingSchedule => ({
      ...{ project: 'ENG-0001-NL01', legalEntity: 'NL01', currency: 'EUR', version, type: 'time-and-materials' },
      cap: eur(cap),
    });

    it('keeps its cap where people see it, and says that NetSuite does not stop there', async () => {
      const result = await set(capped('5000.00'));
      result.leftOut!.map(({ field, value }) => [field, value]).should.deepEqual([['cap', '5000.00 EUR']]);
      String(recordOf('job', 'ENG-0001-NL01').fields['comments']).should.match(
        /^Billing terms: version 1, time and materials, capped at 5000\.00 EUR$/m,
      );
      await set({ ...capped('1', 2), cap: eur('9000.00') });
      const comments = String(recordOf('job', 'ENG-0001-NL01').fields['comments']);
      comments.match(/^Billing terms/gm)!.should.have.length(1);
      should(await refused(capped('7000.00', 1))).containEql({ code: 'SCHEDULE_OLDER', field: 'version', value: '1' });
      should(await refused(capped('7000.00', 2))).containEql({ code: 'SCHEDULE_VERSION_TWICE', field: 'version', value: '2' });
    });

    it('is refused when its cap is below what is posted', async () => {
      const entry = timeEntry(1, {
        project: { id: '9', code: 'ENG-0001-NL01' },
        resource: { id: '12', email: 'tom.smit@firm.example' },
        workDate: '2026-05-10',
      });
      const { task: _task, ...rest } = entry;
      const [outcome] = await box.erp.operations['time.post'](
        [{ input: rest, effects: new InMemoryEffects() }],
        new AbortController().signal,
      );
      outcome!.ok.should.equal(true);
      should(await refused(capped('1199.99'))).containEql({
        class: 'business.rejected',
        code: 'CAP_BELOW_POSTED',
        record: 'billing schedule of project ENG-0001-NL01',
        field: 'cap',
        value: '1199.99 EUR',
      });
      // what is planned, in the same table, is not posted
      const planned = {
        employee: { externalId: 'EMP-002' },
        customer: { externalId: 'ENG-0001-NL01' },
        item: { id: '1' },
        tranDate: '2026-05-11',
      };
      netsuite.load(box.sim, {
        records: { timeBill: [{ ...planned, hours: '8:00', timeType: { id: 'P' }, isBillable: true, rate: 160 }] },
      });
      await set(capped('1200.00'));
    });
  });

  it('names no client in what it refuses', async () => {
    const { message } = await refused(schedule({ version: 1, legalEntity: 'NL01' }));
    message.should.not.containEql(acme.email);
  });
});
