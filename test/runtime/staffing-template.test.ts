import 'should';
import type { Effect } from '../../engine/store/effects.ts';
import type { RunHead } from './live-node-red.ts';
import { templateAtWork } from './template-at-work.ts';

describe('The template flow "Staffing ahead of the start"', function () {
  this.timeout(120_000);
  const at = templateAtWork('staffing-ahead-of-start.json');
  const withWait = (more: object) => at.flow.map((one) => (one.type === 'run-wait' ? { ...one, ...more } : one));

  const written = async (run: RunHead) =>
    (await at.live.get<{ effects: Effect[] }>(`/runs/${run.id}`)).effects.map(({ business }) => business.split(' ')[0]);

  it('sets the project up at once and keeps the demand for later', async () => {
    await at.live.deploy(withWait({ until: '"2091-01-01"' }));
    await at.live.until(async () => (await at.live.run(at.deal))?.status === 'waiting', 'the deal waits', 60);
    const run = (await at.live.run(at.deal))!;
    run.availableAt.should.equal(Date.parse('2091-01-01T00:00:00'));
    (await written(run)).should.containEql('workspace').and.not.containEql('request');
  });

  it('requests the demand when its time has come, here by a deploy that brings it forward, and tells sales', async () => {
    await at.live.deploy(withWait({ until: '"2020-01-01"' }));
    const { id } = (await at.live.run(at.deal))!;
    await at.live.call(`/ps-connect/api/v1/runs/${id}/wake`, { method: 'POST', body: { reason: 'they start earlier' } });
    const run = await at.live.ended(at.deal, 60);
    run.status.should.equal('done', JSON.stringify(run.failure));
    (await written(run)).should.containEql('request');
    const [opportunity] = Object.values(
      (at.sandbox.salesforce.state as unknown as { records: Record<string, Record<string, Record<string, unknown>>> }).records[
        'Opportunity'
      ] ?? {},
    ).filter((record) => record['Engagement_Code__c'] === at.deal);
    opportunity!['Integration_Message__c']!.should.equal('Staffing is requested');
  });
});
