import { rmSync } from 'node:fs';
import { join } from 'node:path';
import should from 'should';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { Effect } from '../../engine/store/effects.ts';
import type { FigureDay } from '../../engine/store/measurements.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { factsOfDeal, merged } from '../../runtime/kpis/engagement-facts.ts';
import { KpiKeeper } from '../../runtime/kpis/kpi-keeper.ts';
import { kpiValues, lastDays } from '../../runtime/kpis/kpi-values.ts';
import { utilizationFigures } from '../../runtime/kpis/utilization-figures.ts';
import { readSettings } from '../../runtime/settings.ts';
import { ManualClock } from '../engine/manual-clock.ts';
import { quickFolder } from '../quick-folder.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 2, 30, 6);

describe('The figures of the business', () => {
  let folder: string;
  let store: Store;
  let clock: ManualClock;
  let written: number;
  const types: Record<string, string> = { customer: 'erp-customer', project: 'erp-project', demand: 'psa-staffing-demand' };
  const keeper = (lines?: number) => new KpiKeeper({ store, clock, log: console, typeOf: (node) => types[node], ready: () => true }, lines);

  beforeEach(async () => {
    folder = quickFolder('kpis');
    store = new SqliteStore(join(folder, 'store.sqlite'));
    clock = new ManualClock(start);
    written = 0;
    await store.open(start);
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const pass = (ms: number) => clock.jump(ms);
  const event = (id: string, more: Partial<SourceEvent> = {}): SourceEvent => ({
    ...{ id, source: '/crm', type: 'com.psconnect.opportunity.won', subject: id, key: id, data: {} },
    time: new Date(clock.now()).toISOString(),
    ...more,
  });
  /** A run that is under way. */
  async function begun(happened: SourceEvent): Promise<Run> {
    await store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events: [happened], now: clock.now() });
    return claimed(happened.id);
  }
  async function claimed(id: string): Promise<Run> {
    const runs = await store.claim({ entries: ['in'], limit: 10, now: clock.now(), revision: '' });
    return runs.find((run) => run.event.id === id)!;
  }
  async function writes(run: Run, node: string, result: object = {}): Promise<void> {
    const key = `effect ${++written}`;
    const of = { run: run.id, node, business: key, title: key, system: 'erp', settle: 'probe', request: {} } as const;
    await store.intend({ ...of, key }, run.token, clock.now());
    await store.finishEffect(key, { status: 'done', result: result as never }, clock.now());
  }
  const ends = (run: Run) => store.done(run.id, run.token, clock.now());
  const dies = (run: Run) =>
    store.park(
      run.id,
      run.token,
      { failure: { class: 'business.rejected', code: 'CLOSED', message: 'Closed.' }, attempt: 1 } as never,
      clock.now(),
    );
  const figures = async (figure: string): Promise<[value: number, count: number, entity: string][]> =>
    (await store.figures(lastDays(60, clock.now() + 30 * day)))
      .filter((one) => one.figure === figure)
      .map(({ sum, count, entity }) => [sum, count, entity]);
  async function all(of = keeper()): Promise<void> {
    while (await of.page());
  }

  it('say how long a won deal took to the last of its projects, and to the end of its set-up', async () => {
    const run = await begun(event('ENG-1'));
    pass(2 * hour);
    await writes(run, 'customer', { legalEntity: 'UK' });
    await writes(run, 'project', { legalEntity: 'UK', id: '1' });
    pass(hour);
    await writes(run, 'project', { legalEntity: 'DE', id: '2' });
    await all();
    should(await figures('project_setup_cycle_time')).deepEqual([]);
    pass(5 * hour);
    await ends(run);
    await all();
    should(await figures('project_creation_cycle_time')).deepEqual([[3 * hour, 1, '']]);
    should(await figures('project_setup_cycle_time')).deepEqual([[8 * hour, 1, '']]);
    await all();
    should(await figures('ended_runs')).deepEqual([[1, 1, '']]);
  });

  it('count each run once, wherever a page of the journal ends, and when two processes look at once', async () => {
    for (const id of ['A', 'B', 'C']) {
      const run = await begun(event(id, { type: 'com.psconnect.time.approved', data: { legalEntity: 'UK', region: 'EMEA' } }));
      pass(1_000);
      for (let line = 0; line < 4; line++) await writes(run, 'time');
      await ends(run);
    }
    const [one, other] = [keeper(3), keeper(3)];
    for (let more = true; more;) {
      const both = await Promise.all([one.page(), other.page()]);
      more = both.some(Boolean);
    }
    await all();
    should(await figures('time_posting_latency')).deepEqual([[3_000, 3, 'UK']]);
    should(await figures('ended_runs')).deepEqual([[3, 3, 'UK']]);
  });

  it('are not changed by what is said of a run after its end', async () => {
    const run = await begun(event('A', { type: 'com.psconnect.time.approved' }));
    await writes(run, 'time');
    await ends(run);
    await all();
    pass(60_000);
    await store.note({ actor: 'engine', action: 'effect.done', subject: run.id, detail: null }, clock.now());
    await all();
    should(await figures('time_posting_latency')).deepEqual([[0, 1, '']]);
  });

  it('say how long a dead letter stood until somebody acted, each time, and count what people did', async () => {
    const run = await begun(event('A', { type: 'com.psconnect.time.approved' }));
    await dies(run);
    pass(3 * hour);
    await store.replay(run.id, { actor: 'ana' }, clock.now());
    pass(hour);
    await dies(await claimed('A'));
    pass(hour);
    await store.replay(run.id, { actor: 'ana' }, clock.now());
    await ends(await claimed('A'));
    await all();
    should(await figures('exception_resolution_time')).deepEqual([[4 * hour, 2, '']]);
    should(await figures('manual_touches')).deepEqual([[2, 2, '']]);
    const touches = kpiValues(await store.figures(lastDays(3, clock.now())), { by: 'flow', targets: {} }).find(
      ({ name }) => name === 'manual_touches',
    )!;
    should(touches).have.properties({ value: 2, count: 1, missed: true });
    should(touches.groups).deepEqual([{ group: 'tab', value: 2, count: 1, median: null, p90: null, missed: true, forecast: null }]);
  });

  it('take neither what was read in from long ago, nor what has no moment, for slow', async () => {
    const approved = 'com.psconnect.invoice.posted';
    for (const [id, time] of [
      ['last year', new Date(start - 200 * day).toISOString()],
      ['no moment', new Date(0).toISOString()],
      ['no date', 'yesterday'],
      ['tomorrow', new Date(start + day).toISOString()],
      ['a clock that goes before', new Date(start + 60_000).toISOString()],
      ['a little before the first was heard', new Date(start - hour / 2).toISOString()],
    ] as const) {
      const run = await begun(event(id, { type: approved, time }));
      await writes(run, 'status');
      await ends(run);
    }
    await all();
    should(await figures('invoice_posting_latency')).deepEqual([[hour / 2, 2, '']]);
    should(await figures('ended_runs')).deepEqual([[6, 6, '']]);
  });

  it('say how long a project waited for its first booking, and not for what comes after it', async () => {
    const won = await begun(event('ENG-1'));
    await writes(won, 'demand');
    await ends(won);
    await all();
    pass(5 * day);
    for (const version of ['1', '2']) {
      const data = { project: { code: 'ENG-1' }, region: 'EMEA' };
      const booked = await begun(
        event(`booking:${version}`, { key: 'booking', subject: 'booking', type: 'com.psconnect.assignment.assigned', data }),
      );
      await writes(booked, 'assignment');
      await ends(booked);
      pass(hour);
    }
    await all();
    should(await figures('time_to_staff')).deepEqual([[5 * day, 1, '']]);
    should(await figures('resource_assignment_freshness')).deepEqual([[0, 2, '']]);
  });

  it('go with how far each engagement has come, over all flows that tell of it', async () => {
    const shown = async () => (await store.engagements({ limit: 10 })).map(({ updatedAt: _at, ...one }) => one);
    const deal = await begun(
      event('ENG-1', { data: { Account: { Name: 'ACME' }, Amount: 1200.5, CurrencyIsoCode: 'EUR', legalEntity: 'UK' } }),
    );
    await writes(deal, 'customer');
    await dies(deal);
    await all();
    const known = { code: 'ENG-1', client: 'ACME', amount: '1200.5', currency: 'EUR', entity: 'UK' };
    should(await shown()).deepEqual([{ ...known, reached: { won: start } }]);
    const half = await begun(event('ENG-3', { key: 'other' }));
    await writes(half, 'project');
    await dies(half);
    await all();
    should((await store.engagements({ codes: ['ENG-3'], limit: 1 }))[0]!.reached).deepEqual({ won: start });
    await store.discard(half.id, { actor: 'ana' }, clock.now());
    pass(hour);
    await store.replay(deal.id, { actor: 'ana' }, clock.now());
    const again = await claimed('ENG-1');
    await writes(again, 'project');
    pass(hour);
    await writes(again, 'project');
    await ends(again);
    const told = async (type: string, id: string, data: object) => {
      pass(hour);
      const run = await begun(event(id, { type: `com.psconnect.${type}`, data: data as never }));
      await writes(run, 'any');
      await ends(run);
    };
    const share = { code: 'ENG-1-DE', legalEntity: 'DE' };
    await told('assignment.assigned', 'A-1', { project: share, booking: 'soft' });
    await told('time.approved', 'T-1', { project: share });
    await told('time.approved', 'T-2', { project: share });
    await told('invoice.paid', 'I-1', { project: { code: 'ENG-1' } });
    await told('time.approved', 'T-3', { project: { id: '77' } });
    await told('time.approved', 'T-4', { project: { code: 'ENG-2' } });
    await all(keeper(2));
    const reached = { won: start, customer: start, project: start + 2 * hour, worked: start + 4 * hour, paid: start + 6 * hour };
    should((await shown()).filter(({ code }) => code !== 'ENG-3')).deepEqual([
      { code: 'ENG-2', reached: { worked: start + 8 * hour } },
      { ...known, reached },
    ]);
    should(await store.funnel()).match({ won: 1, project: 0, worked: 1, paid: 1 });
  });

  it('take a stage back whose writes were taken back, and keep what was reached otherwise', () => {
    const run = { status: 'cancelled', event: event('ENG-1'), createdAt: start, updatedAt: start } as unknown as Run;
    const made = (node: string, status: string) => ({ node, status, finishedAt: start + hour }) as unknown as Effect;
    const before = { code: 'ENG-1', reached: { won: start, customer: start, project: start, worked: start }, updatedAt: start };
    const said = factsOfDeal(
      run,
      [made('customer', 'done'), made('project', 'compensated'), made('project', 'done')],
      (node) => types[node],
    );
    should(merged(before, said, start)).deepEqual({ ...before, reached: { won: start, customer: start, worked: start } });
  });

  it('show a client who has the name of a person whom the deal names to nobody', async () => {
    const data = { account: { name: 'Ada Berg Consulting' }, owner: { name: 'Ada Berg', email: 'ada.berg@example.com' } };
    const deal = await begun(event('ENG-1', { data }));
    await writes(deal, 'customer');
    await ends(deal);
    await all();
    JSON.stringify(await store.engagements({ limit: 1 })).should.not.match(/Berg/);
  });

  it('say how many of what was compared were breaks, once for each comparison', async () => {
    const compared = (id: string, result: object) =>
      store.saveReconciliation({ id, at: start, node: 'n', subject: 'time', result: result as never });
    await compared('1', { matched: 199, breaks: [{}] });
    await compared('2', { matched: 0, breaks: [] });
    await all();
    await compared('3', { matched: 1, breaks: [{}, {}, {}] });
    await all();
    await all();
    should(await figures('reconciliation_exception_rate')).deepEqual([[50 + 7_500, 2, '']]);
  });

  it('are not written while runs only wait', async () => {
    const run = await begun(event('A'));
    await writes(run, 'project');
    await all();
    let written = 0;
    const measure = store.measure.bind(store);
    store.measure = (input) => (written++, measure(input));
    for (let look = 0; look < 3; look++) await all();
    written.should.equal(0);
    await ends(run);
    await all();
    written.should.equal(1);
  });

  it('count each hour what is open, also where nothing else happens', async () => {
    await begun(event('A'));
    await all();
    pass(30 * 60_000);
    await all();
    should(await figures('synchronisation_backlog')).deepEqual([[1, 1, '']]);
    pass(30 * 60_000);
    await all();
    should(await figures('synchronisation_backlog')).deepEqual([[2, 2, '']]);
  });

  describe('as they are shown', () => {
    const on = (date: string, value: number, more: Partial<FigureDay> = {}): FigureDay => ({
      ...{ figure: 'billing_latency', day: date, flow: '', entity: '', region: '', practice: '' },
      ...{ count: 1, sum: value * hour, least: value * hour, most: value * hour, spread: {} },
      ...more,
    });
    const billing = (days: FigureDay[], targets = {}) =>
      kpiValues(days, { by: 'entity', targets }).find(({ name }) => name === 'billing_latency')!;

    const unknown = { median: null, p90: null };

    it('are the mean of all that was measured, not of the days, with the least and the most', () => {
      const shown = billing([on('2026-03-01', 10, { count: 3, sum: 30 * hour }), on('2026-03-02', 50, { entity: 'UK' })]);
      should(shown).have.properties({ value: 20, count: 4, least: 10, most: 50, target: 24, missed: false, forecast: null });
      should(shown.days).deepEqual([
        { day: '2026-03-01', value: 10, count: 3, ...unknown },
        { day: '2026-03-02', value: 50, count: 1, ...unknown },
      ]);
      should(shown.groups).deepEqual([
        { group: '', value: 10, count: 3, ...unknown, missed: false, forecast: null },
        { group: 'UK', value: 50, count: 1, ...unknown, missed: true, forecast: null },
      ]);
      should(shown).have.properties(unknown);
      should(shown.distribution).deepEqual({ count: 0, parts: [] });
    });

    it('are told by their median and how they are distributed over days and groups, as far as that was kept', () => {
      const kept = { spread: { [2 * hour]: 9, [240 * hour]: 1 }, count: 10, sum: 250 * hour, least: 2 * hour, most: 230 * hour };
      const shown = billing([
        on('2026-02-28', 400, { count: 50 }),
        on('2026-03-01', 0, { ...kept, entity: 'DE' }),
        on('2026-03-02', 2, { spread: { [2 * hour]: 1 }, entity: 'UK' }),
      ]);
      should(shown).have.properties({ count: 61, median: 2, p90: 2, most: 400 });
      should(shown.distribution!.count).equal(11);
      should(shown.distribution!.parts.at(0)).deepEqual({ from: 1.5, to: 2, count: 10 });
      should(shown.distribution!.parts.at(-1)).deepEqual({ from: 168, to: 240, count: 1 });
      should(shown.days.map(({ median, p90 }) => [median, p90])).deepEqual([
        [null, null],
        [2, 2],
        [2, 2],
      ]);
      should(shown.groups.map(({ group, median }) => [group, median])).deepEqual([
        ['', null],
        ['DE', 2],
        ['UK', 2],
      ]);
    });

    it('have no distribution where each act counts as one, against runs that ended', () => {
      const touched = [on('2026-03-01', 0, { figure: 'manual_touches', sum: 1 }), on('2026-03-01', 0, { figure: 'ended_runs', count: 4 })];
      const shown = kpiValues(touched, { by: 'flow', targets: {} }).find(({ name }) => name === 'manual_touches');
      should(shown).have.properties({ value: 0.25, count: 4, median: null, p90: null, distribution: null });
    });

    it('say of each group whether it misses the target, and how it goes on', () => {
      const days = [1, 2, 3, 4, 5].flatMap((n) => [
        on(`2026-03-0${n}`, 10 * n, { entity: 'DE' }),
        on(`2026-03-0${n}`, 1, { entity: 'UK' }),
      ]);
      should(billing(days).groups).match([
        { group: 'DE', value: 30, missed: true, forecast: 90 },
        { group: 'UK', value: 1, missed: false, forecast: 1 },
      ]);
    });

    it('are nothing, not zero, where nothing was measured', () => {
      should(billing([])).have.properties({
        value: null,
        count: 0,
        least: null,
        most: null,
        missed: null,
        noValue: 'nothing-measured',
        forecast: null,
        days: [],
      });
    });

    it('go on in a straight line, but not below nothing; of few days nothing is foretold', () => {
      const rising = [1, 2, 3, 4, 5].map((n) => on(`2026-03-0${n}`, 10 * n));
      should(billing(rising).forecast).equal(90);
      should(billing(rising.slice(1)).forecast).equal(null);
      should(billing([5, 4, 3, 2, 1].map((n, place) => on(`2026-03-0${place + 1}`, n))).forecast).equal(0);
    });

    it('are held against the target that the firm has set', () => {
      should(billing([on('2026-03-01', 10)], { billing_latency: 8 })).have.properties({ target: 8, missed: true });
      const read = (given: unknown, environment = {}) => readSettings({ kpiTargets: given }, '/tmp', environment);
      should(read({ billing_latency: 8, utilization: '72.5' }).kpiTargets).deepEqual({ billing_latency: 8, utilization: 72.5 });
      should(read(undefined, { PSCONNECT_KPITARGETS: 'billing_latency=8, invoice_disputes=0' }).kpiTargets).deepEqual({
        ...{ billing_latency: 8, invoice_disputes: 0 },
      });
      for (const wrong of [
        { biling_latency: 8 },
        { billing_latency: '' },
        { billing_latency: -1 },
        { billing_latency: null },
        'billing_latency',
      ]) {
        const { kpiTargets, remarks } = read(wrong);
        should(kpiTargets).deepEqual({});
        should(remarks.map(({ code }) => code)).deepEqual(['KPI_TARGET_WRONG']);
      }
    });
  });

  it('of utilization are of those people of whom it is known, and say of how many that is', () => {
    const where = { flow: 'tab', region: 'EMEA', at: start };
    const minutes = { capacityMinutes: 4_800, billableMinutes: 3_600 };
    should(utilizationFigures(minutes, { counted: 2, unknown: 1 }, where).map(({ figure, value }) => [figure, value])).deepEqual([
      ['utilization', 7_500],
      ['utilization_reporting_accuracy', 6_667],
    ]);
    should(utilizationFigures({ capacityMinutes: 0, billableMinutes: 0 }, { counted: 0, unknown: 0 }, where)).deepEqual([]);
  });
});
