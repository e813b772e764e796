import 'should';
import should from 'should';
import type { Effect } from '../../engine/store/effects.ts';
import type { Unmapped } from '../../runtime/admin-api/admin-api.generated.ts';
import { templateAtWork } from './template-at-work.ts';

describe('The template flow "Second ERP by maps"', function () {
  this.timeout(120_000);
  const at = templateAtWork('second-erp-by-maps.json');
  const missing = () => at.live.get<Unmapped[]>('/crosswalk/unmapped');
  const enter = (...lines: string[]) =>
    at.live.call('/ps-connect/api/v1/crosswalk/csv', {
      method: 'POST',
      body: { reason: 'go-live', csv: ['table,from,value,to,target', ...lines].join('\n') },
    });

  it('says which entries it lacks, and makes a client a customer of the account and the entity that the maps name', async () => {
    await at.live.deploy(at.flow);
    const run = await at.live.ended(at.deal, 60);
    should(run).match({ status: 'dead', failure: { code: 'CROSSWALK_UNMAPPED', class: 'mapping.missing' } });
    const value = String(run.failure?.value);
    should((await missing()).find((one) => one.value === value)).match({ table: 'erp-account', to: '*' });
    // all deals are of the second account; that of the deal's own entity is called otherwise there
    const entities = ['DE01', 'NL01', 'GB01', 'US01', 'CH01', 'JP01'];
    await enter(...entities.map((entity) => `erp-account,crm,${entity},*,erp-2`));
    await at.live.until(
      async () => (await missing()).some((one) => one.table === 'legal-entity' && one.value === value),
      'the entity is missing now',
    );
    const there = entities.find((entity) => entity !== value)!;
    await enter(...entities.map((entity) => `legal-entity,crm,${entity},erp-2,${entity === value ? there : entity}`));
    await at.live.until(async () => (await at.live.run(at.deal))?.status === 'done', 'the deal is through');
    const { effects } = await at.live.get<{ effects: Effect[] }>(`/runs/${run.id}`);
    const made = effects.filter(({ business }) => business.startsWith('customer'));
    should(made).match([{ status: 'done', absentBefore: true, business: new RegExp(`@${there}$`) }]);
  });
});
