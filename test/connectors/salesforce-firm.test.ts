import jsonata from 'jsonata';
import should from 'should';
import { opportunityToEngagement } from '../../connectors/salesforce/mappings/opportunity-to-engagement.ts';
import { contractIssues } from '../../model/contract.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import type { Engagement } from '../../model/types.generated.ts';
import { DEALS } from '../../sandbox/firm/deals.ts';
import { generateFirm } from '../../sandbox/firm/firm.ts';
import { salesforceRecords } from '../../sandbox/salesforce/firm/records.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { SalesforceSandbox, signal } from './salesforce-sandbox.ts';

const firm = generateFirm({ seed: 3, date: new Date().toISOString().slice(0, 10) });
const since = '2020-01-01';

describe('the firm’s deals in Salesforce', function () {
  this.timeout(60_000);
  let org: SalesforceSandbox;
  before(async () => {
    org = await new SalesforceSandbox().start(salesforceRecords(firm).records as unknown as JsonObject[]);
  });
  after(() => org.stop());

  async function readAll(rule: 'won' | { stages: string[] } | { condition: string }, pageSize?: number, cursor?: Json) {
    const crm = org.connector();
    const events: SourceEvent[] = [];
    for (let more = true; more;) {
      const page = await crm.operations['opportunity.poll'](cursor, { rule, since, ...(pageSize ? { pageSize } : {}) }, signal);
      events.push(...page.events);
      cursor = page.cursor;
      more = page.more;
    }
    return { events, cursor };
  }
  const engagementOf = async (event: SourceEvent | undefined): Promise<Engagement> =>
    JSON.parse(JSON.stringify(await jsonata(opportunityToEngagement).evaluate(event?.data))) as Engagement;

  const won = firm.engagements.filter((deal) => deal.stage === 'Closed Won');

  it('each won deal is one event, whatever the size of the page', async () => {
    const codes = won.map((deal) => deal.code).sort();
    should(codes.length).be.above(3);
    for (const pageSize of [1, 3, 200]) {
      should((await readAll('won', pageSize)).events.map((event) => event.subject).sort()).eql(codes);
    }
  });

  it('arrives whole and keeps the contract, unless sales left it broken', async () => {
    const { events } = await readAll({ condition: 'Amount > 0' });
    const checked = { sound: 0, broken: 0 };
    for (const deal of firm.engagements.filter((item) => item.phases.length > 0)) {
      const event = events.find((item) => item.subject === deal.code);
      should((event?.data as JsonObject | undefined)?.['Engagement_Milestones__r']).be.an.Array();
      const engagement = await engagementOf(event);
      const issues = contractIssues('engagement', engagement);
      if (DEALS[firm.engagements.indexOf(deal)]?.defect) {
        checked.broken++;
        should(issues.length > 0 || engagement.legalEntity === 'FR01').be.true(deal.code);
        continue;
      }
      checked.sound++;
      should(issues).eql([], deal.code);
      should(engagement.phases.flatMap((phase) => phase.tasks)).have.length(deal.phases.flatMap((phase) => phase.tasks).length);
      should(engagement.phases.map((phase) => phase.code)).eql(deal.phases.map((phase) => phase.code));
      should(engagement.milestones).have.length(deal.milestones.length);
      should(engagement.staffing).have.length(deal.needs.length);
      should(engagement.rateCard).have.length(deal.rates.length);
      should(engagement.deliveryManagerEmail).equal(deal.deliveryManager);
      should(Number(engagement.amount.amount.replace('.', ''))).equal(deal.amount);
    }
    should(checked.broken).be.aboveOrEqual(4);
    should(checked.sound).be.above(8);
  });

  it('a deal that sales closes after a poll is the next poll’s event, also when the business day is another', async () => {
    org.sim.clock.set(new Date(Date.now() + 36 * 3_600_000));
    const before = await readAll('won');
    const open = firm.engagements.find(
      (deal) => deal.standing === 'pipeline' && deal.stage !== 'Closed Won' && deal.stage !== 'Closed Lost',
    );
    const crm = org.connector();
    const change = { Engagement_Code__c: open?.code as string, StageName: 'Closed Won' };
    await crm.operations['record.upsert'](
      { type: 'Opportunity', externalIdField: 'Engagement_Code__c', records: [change] },
      { effects: new InMemoryEffects(), signal },
    );
    org.sim.clock.set(new Date(org.sim.clock.now().getTime() + 60_000));
    const { events, cursor } = await readAll('won', undefined, before.cursor);
    should(events.map((event) => event.subject)).eql([open?.code]);
    const note = { Engagement_Code__c: open?.code as string, Integration_Status__c: 'Provisioned' };
    await crm.operations['record.upsert'](
      { type: 'Opportunity', externalIdField: 'Engagement_Code__c', records: [note] },
      { effects: new InMemoryEffects(), signal },
    );
    org.sim.clock.set(new Date(org.sim.clock.now().getTime() + 60_000));
    const later = await readAll('won', undefined, cursor);
    should(later.events.map((event) => event.id)).eql(events.map((event) => event.id));
    should(later.events[0]?.time).not.equal(events[0]?.time);
  });

  it('an empty poll costs two counted calls at most', async () => {
    const crm = org.connector();
    const { cursor } = await crm.operations['opportunity.poll'](undefined, { rule: 'won' }, signal);
    const used = () => org.sim.state.limits['DailyApiRequests']?.Used ?? 0;
    const before = used();
    await crm.operations['opportunity.poll'](cursor, { rule: 'won' }, signal);
    should(used() - before).be.belowOrEqual(2);
  });
});
