import 'should';
import { readFileSync } from 'node:fs';
import type { Approval } from '../../engine/store/approvals.ts';
import type { Effect } from '../../engine/store/effects.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { type FlowNode, LiveNodeRed, type RunHead } from './live-node-red.ts';
import { winADeal } from './win-a-deal.ts';

type Asked = Approval & { subject: string };

describe('The template flow "Approved deal to project"', function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;
  /** a sound one, won just now: neither system has anything of it */
  let deal: string;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0 });
    deal = await winADeal(sandbox.access);
    live = await LiveNodeRed.start({ environment: connectionEnvironment(sandbox.access) });
    const flow = JSON.parse(readFileSync(new URL('../../flows/approved-and-compensated.json', import.meta.url), 'utf8')) as FlowNode[];
    await live.deploy(
      flow.map((one) => (one.type === 'salesforce-opportunity-in' ? { ...one, since: '2020-01-01', intervalSeconds: 0.5 } : one)),
    );
    await live.until(
      async () => {
        const { runs } = await live.get<{ runs: Record<string, number> }>('/overview');
        return (runs['waiting'] ?? 0) > 1 && runs['ready'] === 0 && runs['running'] === 0;
      },
      'all deals are through or wait for a person',
      60,
    );
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const decide = async (approval: Asked, act: 'approve' | 'reject') => {
    await live.call(`/ps-connect/api/v1/approvals/${approval.id}/${act}`, { method: 'POST', body: { reason: 'seen' } });
    return live.ended(approval.subject, 40);
  };
  const effects = async (run: RunHead) => (await live.get<{ effects: Effect[] }>(`/runs/${run.id}`)).effects;

  it('asks about deals above 50,000 EUR or in another currency, with who and how much', async () => {
    const asked = await live.get<Asked[]>('/approvals?limit=500');
    asked.length.should.be.above(1);
    for (const { title, details } of asked) {
      const { amount } = details as { amount: { amount: string; currency: string } };
      title.should.match(/^Deal ENG-\d+: .+, \d{1,3}(,\d{3})*(\.\d+)? [A-Z]{3}$/);
      title.replaceAll(',', '').should.endWith(` ${amount.amount} ${amount.currency}`);
      if (amount.currency === 'EUR') Number(amount.amount).should.be.above(50_000);
    }
  });

  const askedFor = async (chosen: (asked: Asked) => boolean) => (await live.get<Asked[]>('/approvals?limit=500')).find(chosen)!;
  const written = async (run: RunHead) =>
    (await effects(run)).filter((effect) => !effect.ofUndo && effect.status === 'done' && !effect.found);

  it('sets an approved deal up in both systems', async () => {
    const run = await decide(await askedFor(({ subject }) => subject === deal), 'approve');
    run.status.should.equal('done', JSON.stringify(run.failure));
    const systems = new Set((await written(run)).map((effect) => effect.system));
    [...systems].sort().should.deepEqual(['flow', 'kantata', 'netsuite', 'salesforce']);
  });

  it('leaves nothing in any system of an approved deal that the ERP refuses, and says why', async () => {
    const refused = await askedFor(({ details }) => (details as { entity?: string }).entity === 'FR01');
    const run = await decide(refused, 'approve');
    run.status.should.equal('dead');
    run.failure!.code.should.equal('LEGAL_ENTITY_UNKNOWN');
    (await written(run)).should.deepEqual([]);
  });

  it('writes nothing for a rejected deal but the word to sales', async () => {
    const [asked] = await live.get<Asked[]>('/approvals?limit=500');
    const run = await decide(asked as Asked, 'reject');
    run.status.should.equal('done');
    (await effects(run)).map((effect) => effect.system).should.deepEqual(['salesforce']);
  });
});
