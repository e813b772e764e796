import should from 'should';
import declaration from '../../nodes/salesforce/opportunity-in/declaration.ts';
import { changeTopic, wonTopic } from '../../sandbox/salesforce/pubsub/change-feed.ts';
import { eventBus } from '../../sandbox/salesforce/pubsub/event-bus.ts';
import { recordsOf, soundDeal } from '../system/deal.ts';
import { nodeContract } from './node-contract.ts';
import { day } from '../system/time-rows.ts';

const interval = 60_000;

nodeContract(
  declaration,
  {
    beside: true,
    fields: { channel: wonTopic, idField: 'Opportunity_Id__c' },
    firm: ({ salesforce }) => salesforce.definition.load(salesforce, { records: recordsOf(soundDeal('ENG-1'), `${day(2)}T08:00:00Z`) }),
    async behaves(at) {
      await at.shows(/^watching, 0 open/, 'green');
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it looks again in a minute');
      return at.out(1).length;
    },
  },
  (at) => {
    it('gives a won deal with all its details, once', async () => {
      await at.deploy({ since: day(3) });
      await at.red.until(() => at.out(1).length === 1, 'the deal has come');
      should(at.out(1)[0]!.payload).match({ Engagement_Code__c: 'ENG-1', StageName: 'Closed Won', Amount: 12000.5 });
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
      at.red.timers.pass(interval);
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked again');
      at.out(1).should.have.length(1);
    });

    it('hears a deal at the moment that it is won, goes on after a cut, and says what it had to read otherwise', async () => {
      const { salesforce } = at.sandbox;
      const win = (code: string) => salesforce.definition.load(salesforce, { records: recordsOf(soundDeal(code)) });
      await at.deploy({ hears: 'changes' });
      await at.shows(/^watching, 0 open/, 'green');
      const bus = eventBus(salesforce)!;
      await at.red.until(() => [...bus.streams].some(({ topic }) => topic !== undefined), 'it listens');
      win('ENG-3');
      await at.red.until(() => at.out(1).length === 1, 'the deal has come');
      bus.faults.play({ kind: 'cut' });
      win('ENG-4');
      await at.red.until(() => at.out(1).length === 2, 'the deal of after the cut has come');
      bus.faults.play({ kind: 'publish', topic: changeTopic, schemaId: 'nobody knows it', payload: '' });
      // an event of before that comes once more may replace the status before it is shown
      await at.red.until(() => at.red.said(at.id).length > 0, 'it says what it had to read otherwise');
      win('ENG-5');
      await at.red.until(() => at.out(1).length === 3, 'the deal of after that has come');
      await at.shows(/^watching, \d open$/, 'green');
      should(at.red.said(at.id)).match([/^An event could not be read/]);
    });

    it('takes deals of other stages, or those that a condition of its form picks', async () => {
      const lost = { ...soundDeal('ENG-2') };
      const records = recordsOf(lost).map((record) => ('StageName' in record ? { ...record, StageName: 'Negotiation/Review' } : record));
      at.sandbox.salesforce.definition.load(at.sandbox.salesforce, { records });
      for (const fields of [
        { rule: 'stages', stages: 'Prospecting, Negotiation/Review' },
        { rule: 'condition', condition: "StageName = 'Negotiation/Review'" },
      ]) {
        await at.deploy({ since: day(3), ...fields });
        await at.red.until(() => {
          at.red.timers.pass(interval);
          return at.out(1).length > 0;
        }, `the deal has come by its ${fields.rule}`);
        at.out(1)
          .map(({ payload }) => (payload as Record<string, unknown>)['Engagement_Code__c'])
          .should.deepEqual(['ENG-2']);
        await at.red.unload();
      }
    });
  },
);
