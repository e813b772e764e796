import should from 'should';
import declaration from '../../nodes/salesforce/contract-in/declaration.ts';
import { amendedContract } from '../system/amended-contract.ts';
import { recordsOf, soundDeal } from '../system/deal.ts';
import { nodeContract } from './node-contract.ts';
import { day } from '../system/time-rows.ts';

const interval = 60_000;

nodeContract(
  declaration,
  {
    firm: ({ salesforce }) => {
      const records = recordsOf(soundDeal('ENG-1'), `${day(2)}T08:00:00Z`);
      salesforce.definition.load(salesforce, { records: amendedContract(records, { stamp: `${day(2)}T08:00:00Z`, number: 1 }) });
    },
    async behaves(at) {
      await at.shows(/^watching, 0 open/, 'green');
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it looks again in a minute');
      return at.out(1).length;
    },
  },
  (at) => {
    it('gives an amended contract with its deal and all of its details, once', async () => {
      await at.deploy({ since: day(3) });
      await at.red.until(() => at.out(1).length === 1, 'the contract has come');
      const [{ payload }] = at.out(1) as [{ payload: { Deals: { Engagement_Code__c: string; Engagement_Phases__r: unknown[] }[] } }];
      should(payload).match({ Status: 'Activated', Amendment_Number__c: 1 });
      payload.Deals.map(({ Engagement_Code__c }) => Engagement_Code__c).should.deepEqual(['ENG-1']);
      payload.Deals[0]!.Engagement_Phases__r.should.have.length(1);
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
      at.red.timers.pass(interval);
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked again');
      at.out(1).should.have.length(1);
    });

    it('takes those alone that a condition of its form picks', async () => {
      await at.deploy({ since: day(3), rule: 'condition', condition: 'Amendment_Number__c = 7' });
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
      at.out(1).should.have.length(0);
      await at.red.unload();
      await at.deploy({ since: day(3), rule: 'condition', condition: 'Amendment_Number__c = 1' });
      await at.red.until(() => {
        at.red.timers.pass(interval);
        return at.out(1).length > 0;
      }, 'the contract has come');
    });
  },
);
