import 'should';
import { readFileSync } from 'node:fs';
import type { Effect } from '../../engine/store/effects.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { type FlowNode, LiveNodeRed, type RunHead } from './live-node-red.ts';
import { winADeal } from './win-a-deal.ts';

describe('The template flow "Staffing ahead of the start"', function () {
  this.timeout(120_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;
  let deal: string;
  const template = JSON.parse(readFileSync(new URL('../../flows/staffing-ahead-of-start.json', import.meta.url), 'utf8')) as FlowNode[];
  const withWait = (more: object) =>
    template.map((one) => {
      if (one.type === 'salesforce-opportunity-in') return { ...one, since: '2020-01-01', intervalSeconds: 0.5 };
      return one.type === 'run-wait' ? { ...one, ...more } : one;
    });

  before(async () => {
    sandbox = await startSandbox({ basePort: 0 });
    deal = await winADeal(sandbox.access);
    live = await LiveNodeRed.start({ environment: connectionEnvironment(sandbox.access) });
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const written = async (run: RunHead) =>
    (await live.get<{ effects: Effect[] }>(`/runs/${run.id}`)).effects.map(({ business }) => business.split(' ')[0]);

  it('sets the project up at once and keeps the demand for later', async () => {
    await live.deploy(withWait({ until: '"2091-01-01"' }));
    await live.until(async () => (await live.run(deal))?.status === 'waiting', 'the deal waits', 60);
    const run = (await live.run(deal))!;
    run.availableAt.should.equal(Date.parse('2091-01-01T00:00:00'));
    (await written(run)).should.containEql('workspace').and.not.containEql('request');
  });

  it('requests the demand when its time has come, here by a deploy that brings it forward, and tells sales', async () => {
    await live.deploy(withWait({ until: '"2020-01-01"' }));
    const { id } = (await live.run(deal))!;
    await live.call(`/ps-connect/api/v1/runs/${id}/wake`, { method: 'POST', body: { reason: 'they start earlier' } });
    const run = await live.ended(deal, 60);
    run.status.should.equal('done', JSON.stringify(run.failure));
    (await written(run)).should.containEql('request');
    const [opportunity] = Object.values(
      (sandbox.salesforce.state as unknown as { records: Record<string, Record<string, Record<string, unknown>>> }).records[
        'Opportunity'
      ] ?? {},
    ).filter((record) => record['Engagement_Code__c'] === deal);
    opportunity!['Integration_Message__c']!.should.equal('Staffing is requested');
  });
});
