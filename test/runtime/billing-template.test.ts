import 'should';
import { readFileSync } from 'node:fs';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { agreedSchedule, linesIn, loadBilledFirm, milestoneRow } from '../nodes/billed-firm.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';
import { postEvent, secret } from './webhook-sender.ts';

const path = '/events/billing-schedule';

describe('The template flow "Billing schedule and milestone reached"', function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0, empty: true });
    loadBilledFirm(sandbox);
    live = await LiveNodeRed.start({ environment: { ...connectionEnvironment(sandbox.access), BILLING_EVENTS_SECRET: secret } });
    const flow = JSON.parse(
      readFileSync(new URL('../../flows/billing-schedule-and-milestone.json', import.meta.url), 'utf8'),
    ) as FlowNode[];
    await live.deploy(flow.map((one) => (one.type === 'psa-milestone-in' ? { ...one, since: '2020-01-01', intervalSeconds: 0.5 } : one)));
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const agreed = (version: number, more: object = {}) =>
    postEvent(
      live,
      {
        ...{
          specversion: '1.0',
          id: `ENG-0001:${version}`,
          source: '/contracts',
          type: 'com.example.billing-schedule.agreed',
          subject: 'ENG-0001',
        },
        data: agreedSchedule({ version, ...more }),
      },
      { path },
    );
  const comments = () => linesIn(sandbox).map((line) => String(line['comments']));
  const marked = () => linesIn(sandbox).map((line) => line['milestoneCompleted'] === true);
  const newest = async () => (await live.get<{ status: string; failure?: { code: string } }[]>('/runs?search=ENG-0001'))[0]!;

  it('sets an agreed schedule once, also when the answer of NetSuite is lost and the process is killed', async () => {
    sandbox.netsuite.faults.add({ kind: 'dropAfter', times: 1, match: { method: 'PATCH' } });
    (await agreed(2)).status.should.equal(202);
    await live.until(() => comments()[0] === 'M1 Design signed: 3333.33 USD', 'it is written');
    await live.stop('SIGKILL');
    await live.restart();
    (await live.ended('ENG-0001')).should.have.properties({ status: 'done' });
    comments().should.deepEqual(['M1 Design signed: 3333.33 USD', 'M2 Go-live: 6666.67 USD']);
    const changes = sandbox.netsuite.journal.entries.filter(({ type, outcome }) => type === 'billingSchedule' && outcome === 'updated');
    changes.should.have.length(1);
  });

  it('marks a milestone that is completed in Kantata, so that it can be billed, and no other', async () => {
    sandbox.kantata.definition.load(sandbox.kantata, { stories: [milestoneRow(1), milestoneRow(2, { state: 'started' })] });
    await live.until(() => marked()[0] === true, 'the first is marked');
    (await live.ended('ENG-0001/M2')).should.have.properties({ status: 'done' });
    marked().should.deepEqual([true, false]);
  });

  it('leaves what can be billed as it is: a change of it needs a person, an older version ends as overtaken', async () => {
    const [first, second] = agreedSchedule().lines!;
    const usd = (amount: string) => ({ amount, currency: 'USD' });
    (
      await agreed(3, {
        lines: [
          { ...first, amount: usd('4000.00') },
          { ...second, amount: usd('6000.00') },
        ],
      })
    ).status.should.equal(202);
    await live.until(async () => (await newest()).status === 'dead', 'a person is asked');
    (await newest()).failure!.code.should.equal('MILESTONE_FIXED');
    (await agreed(1)).status.should.equal(202);
    await live.until(async () => (await newest()).status === 'cancelled', 'the older one ends');
    comments().should.deepEqual(['M1 Design signed: 3333.33 USD', 'M2 Go-live: 6666.67 USD']);
  });
});
