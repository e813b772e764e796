import should from 'should';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { forgottenReconciliation, maskedReconciliation } from '../../engine/kept-reconciliation.ts';
import type { Break } from '../../engine/reconciliation.ts';
import { reconcileTime } from '../engine/reconcile-time.ts';
import type { TimeFact } from '../../model/operations.ts';
import { tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

const many = 20_000;
const at = Date.now();

const fact = (n: number): TimeFact => ({
  key: `kantata:${n}`,
  id: String(n),
  person: `p${n}@firm.example`,
  projectCode: 'ENG-0001',
  workDate: '2026-11-02',
  minutes: 60,
  billable: true,
});

describe('A reconciliation with very many breaks', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  let folder: string;
  let file: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'psconnect-breaks-'));
    file = join(folder, 'store.sqlite');
    live = await LiveNodeRed.start({ environment: { PSCONNECT_STORE: file } });
    await live.deploy([tab()]);
    const found = reconcileTime(
      { from: '2026-11-01', to: '2026-12-01' },
      Array.from({ length: many }, (_, n) => fact(n)),
      [],
    );
    for (const one of found.breaks.slice(0, many - 1)) one.explained = { run: 'r', status: 'dead', message: 'closed' };
    const kept = await maskedReconciliation(found);
    kept.breaks.length.should.equal(many);
    await live.stop();
    const database = new DatabaseSync(file);
    database
      .prepare('INSERT INTO reconciliations (id, at, node, subject, result) VALUES (?, ?, ?, ?, ?)')
      .run('rec', at, 'node', 'time', JSON.stringify(kept));
    database.close();
    await live.restart();
  });
  after(async () => {
    await live?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const isFirst = (breaks: Break[]) => {
    breaks.length.should.equal(1_000);
    breaks[0]!.key.should.equal(`kantata:${many - 1}`);
    should(breaks[0]!.explained).equal(undefined);
    breaks.every(({ key, kind }) => /^kantata:\d+$/.test(key) && kind === 'missing-in-erp').should.be.true();
  };

  it('is listed with those that nothing explains first, and says how many more there are', async () => {
    const [row] = await live.get<{ result: { breaks: Break[]; breaksLeftOut: object; matched: number } }[]>('/reconciliations');
    isFirst(row!.result.breaks);
    row!.result.breaksLeftOut.should.deepEqual({ breaks: many - 1_000, unexplained: 0 });
    const newest = await live.get<{ breaks: Break[]; leftOut: number }>('/breaks');
    isFirst(newest.breaks);
    newest.leftOut.should.equal(many - 1_000);
    const kpis = await live.get<{ lastReconciliation: object }>('/kpis');
    kpis.lastReconciliation.should.deepEqual({ at, breaks: many });
  });

  it('gives all of them line by line, without an address', async () => {
    const response = await live.call('/ps-connect/api/v1/reconciliations/rec/breaks');
    const lines = (await response.text()).trim().split('\n');
    lines.length.should.equal(many);
    new Set(lines.map((line) => (JSON.parse(line) as Break).key)).size.should.equal(many);
    lines.join().should.not.match(/p\d+@/);
    (await live.call('/ps-connect/api/v1/reconciliations/none/breaks')).status.should.equal(404);
  });

  it('of which the single breaks are forgotten never looks like one without any', async () => {
    await live.stop();
    const { breaks: _breaks, ...totals } = reconcileTime({ from: '2026-01-01', to: '2026-02-01' }, [fact(1)], []);
    const database = new DatabaseSync(file);
    database
      .prepare('UPDATE reconciliations SET result = ? WHERE id = ?')
      .run(forgottenReconciliation(JSON.stringify({ ...totals, breaks: Array(698).fill({}) })), 'rec');
    database.close();
    await live.restart();
    const kpis = await live.get<{ lastReconciliation: object }>('/kpis');
    kpis.lastReconciliation.should.deepEqual({ at, breaks: 698 });
    (await live.get<object>('/breaks')).should.deepEqual({ reconciliation: 'rec', at, subject: 'time', breaks: [], forgotten: 698 });
    (await live.get<object>('/breaks?subject=expenses')).should.deepEqual({ breaks: [] });
    const answer = await live.call('/ps-connect/api/v1/reconciliations/rec/breaks');
    answer.status.should.equal(404);
    (await answer.text()).should.match(/There were 698\./);
  });
});
