import 'should';
import should from 'should';
import type { Effect } from '../../engine/store/effects.ts';
import { templateAtWork } from './template-at-work.ts';

describe('The template flow "Account master to ERP"', function () {
  this.timeout(120_000);
  const at = templateAtWork('account-to-erp.json');
  const customers = () =>
    Object.values(
      (at.sandbox.netsuite.state as unknown as { records: Record<string, Record<string, { externalId?: string }>> }).records['customer'] ??
        {},
    );
  const ofDeal = () => {
    const { records } = at.sandbox.salesforce.state as unknown as { records: Record<string, Record<string, Record<string, unknown>>> };
    const deal = Object.values(records['Opportunity'] ?? {}).find((record) => record['Engagement_Code__c'] === at.deal)!;
    return { deal, client: records['Account']![String(deal['AccountId'])]! };
  };

  it('makes the client of a won deal a customer of the entity that won it, once, though the ERP’s answer was lost', async () => {
    const { deal, client } = ofDeal();
    const before = customers().length;
    at.sandbox.netsuite.faults.add({ kind: 'dropAfter', match: { method: 'PUT', path: 'customer' } });
    await at.live.deploy(at.flow);
    const code = String(client['Account_Code__c']);
    const run = await at.live.ended(code, 60);
    run.status.should.equal('done', JSON.stringify(run.failure));
    const { effects } = await at.live.get<{ effects: Effect[] }>(`/runs/${run.id}`);
    should(effects.map(({ business }) => business.split(' ')[0]))
      .containEql('query')
      .and.containEql('customer');
    const key = `${code}@${String(deal['Legal_Entity__c'])}`;
    const made = customers().filter(({ externalId = '' }) => externalId.includes(code));
    should(made.length).equal(1, `${key} of ${before}`);
  });
});
