import should from 'should';
import declaration from '../../nodes/salesforce/account-in/declaration.ts';
import { nodeContract } from './node-contract.ts';
import { day } from '../system/time-rows.ts';

const interval = 60_000;
const account = (number: number, more: object = {}) => ({
  attributes: { type: 'Account' },
  Id: `001${String(number).padStart(12, '0')}AAA`,
  Name: `Client ${number}`,
  Account_Code__c: `ACC-${number}`,
  SystemModstamp: `${day(2)}T08:00:00Z`,
  ...more,
});

nodeContract(
  declaration,
  {
    firm: ({ salesforce }) =>
      salesforce.definition.load(salesforce, { records: [account(1), account(2, { Type: 'Prospect' }), account(3, { IsDeleted: true })] }),
    async behaves(at) {
      await at.shows(/^watching, 0 open/, 'green');
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it looks again in a minute');
      return at.out(1).length;
    },
  },
  (at) => {
    const codes = () => at.out(1).map(({ payload }) => (payload as Record<string, unknown>)['Account_Code__c']);

    it('gives each account that changed, once', async () => {
      await at.deploy({ since: day(3) });
      await at.red.until(() => at.out(1).length === 2, 'the accounts have come');
      codes().sort().should.deepEqual(['ACC-1', 'ACC-2']);
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
      at.red.timers.pass(interval);
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked again');
      at.out(1).should.have.length(2);
    });

    it('takes those that its form picks, and deleted ones where it is asked to', async () => {
      await at.deploy({ since: day(3), rule: 'condition', condition: "Type = 'Prospect' OR IsDeleted = true", deleted: true });
      await at.red.until(() => at.out(1).length === 2, 'the accounts have come');
      codes().sort().should.deepEqual(['ACC-2', 'ACC-3']);
      should(
        at
          .out(1)
          .map(({ payload }) => (payload as Record<string, unknown>)['IsDeleted'])
          .sort(),
      ).deepEqual([false, true]);
    });
  },
);
