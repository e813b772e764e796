import 'should';
import type { Approval } from '../../engine/store/approvals.ts';
import type { Effect } from '../../engine/store/effects.ts';
import type { RunHead } from './live-node-red.ts';
import { templateAtWork } from './template-at-work.ts';

type Asked = Approval & { subject: string };

describe('The template flow "Approved deal to project"', function () {
  this.timeout(120_000);
  const at = templateAtWork('approved-and-compensated.json');

  before(async () => {
    await at.live.deploy(at.flow);
    await at.live.until(
      async () => {
        const { runs } = await at.live.get<{ runs: Record<string, number> }>('/overview');
        return (runs['waiting'] ?? 0) > 1 && runs['ready'] === 0 && runs['running'] === 0;
      },
      'all deals are through or wait for a person',
      60,
    );
  });

  const decide = async (approval: Asked, act: 'approve' | 'reject') => {
    await at.live.call(`/ps-connect/api/v1/approvals/${approval.id}/${act}`, { method: 'POST', body: { reason: 'seen' } });
    return at.live.ended(approval.subject, 40);
  };
  const effects = async (run: RunHead) => (await at.live.get<{ effects: Effect[] }>(`/runs/${run.id}`)).effects;

  it('asks about deals above 50,000 EUR or in another currency, with who and how much', async () => {
    const asked = await at.live.get<Asked[]>('/approvals?limit=500');
    asked.length.should.be.above(1);
    for (const { title, details } of asked) {
      const { amount } = details as { amount: { amount: string; currency: string } };
      title.should.match(/^Deal ENG-\d+: .+, \d{1,3}(,\d{3})*(\.\d+)? [A-Z]{3}$/);
      title.replaceAll(',', '').should.endWith(` ${amount.amount} ${amount.currency}`);
      if (amount.currency === 'EUR') Number(amount.amount).should.be.above(50_000);
    }
  });

  const askedFor = async (chosen: (asked: Asked) => boolean) => (await at.live.get<Asked[]>('/approvals?limit=500')).find(chosen)!;
  const written = async (run: RunHead) =>
    (await effects(run)).filter((effect) => !effect.ofUndo && effect.status === 'done' && !effect.found);

  it('sets an approved deal up in both systems', async () => {
    const run = await decide(await askedFor(({ subject }) => subject === at.deal), 'approve');
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
    const { records } = at.sandbox.salesforce.state as unknown as { records: Record<string, Record<string, Record<string, unknown>>> };
    const deal = () => Object.values(records['Opportunity']!).find((row) => row['Engagement_Code__c'] === refused.subject)!;
    await at.live.until(
      () => deal()['Integration_Status__c'] === 'Failed',
      () => `sales reads ${String(deal()['Integration_Status__c'])}`,
    );
    String(deal()['Integration_Message__c']).should.startWith(`Not set up: ${run.failure!.message}`);
  });

  it('writes nothing for a rejected deal but the word to sales', async () => {
    const [asked] = await at.live.get<Asked[]>('/approvals?limit=500');
    const run = await decide(asked as Asked, 'reject');
    run.status.should.equal('done');
    (await effects(run)).map((effect) => effect.system).should.deepEqual(['salesforce']);
  });
});
