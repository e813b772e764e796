import { readFileSync } from 'node:fs';
import should from 'should';
import { recordsOf, soundDeal } from './deal.ts';
import { Product, type RunSeen } from './product.ts';
import { setUpDifferences } from './set-up-differences.ts';
import { loadTimeFirm, projectCodeOf, psaId } from './time-firm.ts';

/** Highest resident memory of a process so far, in MiB; Linux only. */
function peakMemory(pid: number | undefined): number | undefined {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line ? Math.round(Number(line[1]) / 1024) : undefined;
  } catch {
    return undefined;
  }
}

describe('Ten times the usual day in one go: 2,000 time entries and 50 deals', function () {
  this.timeout(180_000);
  let product: Product;
  let runs: Map<string, RunSeen>;
  const deals = Array.from({ length: 50 }, (_, at) => soundDeal(`VOL-${at + 1}`));
  const users = Array.from({ length: 40 }, (_, at) => String(at + 1));
  const workspaces = Array.from({ length: 20 }, (_, at) => String(at + 1));
  const entries = Array.from({ length: 2000 }, (_, at) => ({
    id: psaId.entry(String(at)),
    workspace_id: psaId.workspace(workspaces[at % 20] as string),
    story_id: psaId.story(workspaces[at % 20] as string),
    user_id: psaId.user(users[at % 40] as string),
    date_performed: `2026-11-${String(1 + (at % 20)).padStart(2, '0')}`,
    time_in_minutes: 5 + (at % 475),
    rate_in_cents: 9950 + (at % 97),
    currency: 'EUR',
    billable: true,
    approved: true,
  }));
  const keys = entries.map(({ id }) => `kantata:${id}`);

  before(async () => {
    product = await Product.create({ flow: 'both' });
    const { salesforce, kantata } = product.sandbox;
    const stories = new Map(workspaces.map((id) => [id, id]));
    loadTimeFirm(product.sandbox, { users, workspaces, stories, currency: 'EUR', legalEntity: 'DE01' });
    kantata.definition.load(kantata, { roles: [{ id: '501', name: 'Consultant' }] });
    await product.harness.start();
    const idle = peakMemory(product.harness.nodeRed.pid);
    const began = performance.now();
    kantata.definition.load(kantata, { time_entries: entries });
    salesforce.definition.load(salesforce, { records: deals.flatMap((deal) => recordsOf(deal)) });
    runs = await product.ended([...deals.map(({ code }) => code), ...keys], 150);
    const seconds = (performance.now() - began) / 1000;
    console.log(
      `      all done in ${seconds.toFixed(1)} s; memory of Node-RED ${idle} MiB idle, ${peakMemory(product.harness.nodeRed.pid)} MiB at most`,
    );
  });
  after(() => product?.end());

  it('every run ends done', () => {
    [...runs.values()]
      .filter((run) => run.status !== 'done')
      .map((run) => `${run.event.subject}: ${run.failure?.message}`)
      .should.deepEqual([]);
  });

  it('every entry is posted once with its minutes, day and rate', () => {
    const bills = new Map(product.books.erp('timeBill').map((bill) => [bill.externalId, bill.fields]));
    bills.size.should.equal(entries.length);
    product.books.erp('timeBill').length.should.equal(entries.length);
    const jobs = new Map(workspaces.map((id) => [psaId.workspace(id), product.books.erpBy('job', projectCodeOf(id)).id]));
    for (const entry of entries) {
      should(bills.get(`kantata:${entry.id}`)).containEql({
        hours: entry.time_in_minutes,
        tranDate: entry.date_performed,
        rate: entry.rate_in_cents / 100,
        customer: jobs.get(entry.workspace_id),
      });
    }
  });

  it('every deal is set up completely, nothing twice', () => {
    for (const deal of deals) setUpDifferences(deal, product.books).should.deepEqual([]);
    product.books.writtenTwice().should.deepEqual([]);
  });

  it('stays below a memory that any server has', function () {
    const peak = peakMemory(product.harness.nodeRed.pid);
    if (peak === undefined) return this.skip();
    peak.should.be.below(600);
  });
});
