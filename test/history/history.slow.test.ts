import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import 'should';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { stages } from '../../engine/store/engagements.ts';
import { dayOf } from '../../engine/store/measurements.ts';
import { failureClasses } from '../../model/failure-details.ts';
import { kpiValues, groupings } from '../../runtime/kpis/kpi-values.ts';
import { writeHistory } from '../../scripts/history/write-history.ts';
import { historyRuns } from '../../scripts/start/make-history.ts';
import { templates, templateFlows } from '../../scripts/start/user-dir.ts';
import { quickFolder } from '../quick-folder.ts';

const until = Date.parse('2026-11-25T12:00:00Z');
const runs = 12_000;
const dayMs = 86_400_000;
const wanted = { seed: 3, runs, until, retentionDays: 90 };

describe('A history to look around in', function () {
  this.timeout(60_000);
  let folder: string;
  let store: SqliteStore;
  let content: string;

  before(async () => {
    folder = quickFolder('history');
    const totals = await writeHistory({ store: join(folder, 'store.sqlite') }, wanted);
    content = contentOf(join(folder, 'store.sqlite'));
    store = new SqliteStore(join(folder, 'store.sqlite'));
    await store.open(until);
    (await store.counts()).should.deepEqual(totals);
  });
  after(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('has as many runs as are wanted, of which nothing is due, and a journal that is whole', async () => {
    const counts = await store.counts();
    Object.values(counts)
      .reduce((sum, count) => sum + count, 0)
      .should.equal(runs);
    counts.ready.should.equal(0);
    counts.running.should.equal(0);
    counts.dead.should.be.above(runs / 25);
    ((await store.verifyJournal()) === undefined).should.equal(true);
    const entries = [...new Set((await store.runs({ limit: 500 })).map(({ entry }) => entry)), ...(await store.openEntries())];
    const later = until + 400 * dayMs;
    (await store.claim({ entries, limit: 100, now: later, revision: '' })).should.deepEqual([]);
    (await store.mappedRuns(10)).should.deepEqual([]);
  });

  it('stands at nodes that the template flows have', async () => {
    const nodes = new Set(templateFlows({}, templates).map(({ id }) => id));
    for (const status of ['dead', 'waiting', 'done', 'cancelled'] as const) {
      for (const { entry, flow, failedNode, id } of await store.runs({ status: [status], limit: 1_000 })) {
        for (const node of [entry, flow, failedNode ?? entry]) nodes.has(node).should.equal(true, `${node} is in no template flow`);
        for (const { node } of await store.effects(id)) nodes.has(node).should.equal(true, `${node} is in no template flow`);
      }
    }
  });

  it('has dead letters of many causes, with words for every language, and what people did about others', async () => {
    const dead = await store.runs({ status: ['dead'], limit: 1_000 });
    const of = (pick: (one: (typeof dead)[number]) => string | undefined) => new Set(dead.map(pick));
    of(({ failure }) => failure?.code).size.should.be.above(12);
    of(({ failure }) => failure?.class).size.should.be.above(6);
    of(({ failure }) => failure?.system).size.should.be.above(2);
    [...of(({ severity }) => severity)].sort().should.deepEqual(['critical', 'high', 'low', 'normal']);
    for (const { failure } of dead) {
      failureClasses.should.containEql(failure!.class);
      failure!.words!.should.have.property('key');
      // a sentence whose gaps were not filled is its own key
      failure!.message.should.not.equal(failure!.words!.key);
    }
    const actions = new Set((await store.journal({ limit: 100_000 })).map(({ action }) => action));
    for (const action of [
      'run.dead',
      'run.replayed',
      'run.discarded',
      'run.overtaken',
      'approval.requested',
      'approval.approved',
      'effect.in-doubt',
      'crosswalk.added',
    ])
      actions.has(action).should.equal(true, action);
    (await store.effectsInDoubt(1)).should.have.length(1);
    (await store.unmapped(10)).length.should.be.above(0);
  });

  it('has a year of figures by each group, reconciliations, and engagements on their way', async () => {
    const figures = await store.figures({ from: dayOf(until - 364 * dayMs), to: dayOf(until) });
    for (const by of groupings) {
      const values = kpiValues(figures, { by, targets: {} });
      values.find(({ name }) => name === 'project_setup_cycle_time')!.groups.length.should.be.above(by === 'flow' ? 0 : 1);
      const measured = values.filter(({ value }) => value !== null).map(({ name }) => name);
      for (const name of ['time_posting_latency', 'exception_resolution_time', 'manual_touches', 'utilization', 'time_to_staff'] as const)
        measured.should.containEql(name);
    }
    (await store.lastReconciliations(1))
      .map(({ subject }) => subject)
      .sort()
      .should.deepEqual(['expenses', 'time']);
    const funnel = await store.funnel();
    for (const stage of ['planned', 'staffed', 'worked', 'billed', 'paid'] as const) funnel[stage].should.be.above(0, stage);
    Object.keys(funnel).should.deepEqual([...stages]);
  });

  it('has forgotten what the product would have', async () => {
    (await store.forget(until - 90 * dayMs, 100)).should.equal(0);
  });

  it('is the same each time, and is written into an empty store only', async () => {
    const again = join(folder, 'again.sqlite');
    await writeHistory({ store: again }, wanted);
    contentOf(again).should.equal(content);
    const { message } = await writeHistory({ store: again }, wanted).then(
      () => new Error('it was written'),
      (error: Error) => error,
    );
    message.should.match(/something in the store .*again\.sqlite already.*PSCONNECT_STORE/);
    contentOf(again).should.equal(content);
  });

  it('says what it takes for a number of runs', () => {
    (historyRuns(['node', 'start.ts']) === undefined).should.equal(true);
    historyRuns(['--history'])!.should.equal(100_000);
    historyRuns(['--history', '5000'])!.should.equal(5_000);
    historyRuns(['--history=1,000,000'])!.should.equal(1_000_000);
    for (const wrong of ['many', '0', '1000001', '2.5', ''])
      (() => historyRuns([`--history=${wrong}`])).should.throw(/--history is ".*": give a whole number of runs from 100 to 1,000,000/);
    (() => historyRuns(['--history', '--once'])).should.throw(/one of them/);
  });
});

/** What is in it, but for the ids of the entries of maps, which the product itself has made. */
function contentOf(file: string): string {
  const database = new DatabaseSync(file, { readOnly: true });
  const hash = createHash('sha256');
  for (const table of ['runs', 'effects', 'approvals', 'figures', 'engagements', 'reconciliations', 'failed_attempts'])
    for (const row of database.prepare(`SELECT * FROM ${table}`).iterate()) hash.update(JSON.stringify(row));
  database.close();
  return hash.digest('hex');
}
