import should from 'should';
import declaration from '../../nodes/data/canonical-map/declaration.ts';
import { nodeContract } from './node-contract.ts';

const opportunity = { Id: '006000000000001AAA', Name: 'Renewal', Engagement_Code__c: 'ENG-1', Amount: 12000.5, CurrencyIsoCode: 'EUR' };
const custom = { preset: 'custom', contract: 'none' };

nodeContract(
  declaration,
  {
    takes: () => ({ payload: opportunity }),
    refuses: [
      {
        what: 'a message of which its expression makes nothing',
        message: { payload: { id: 'D-1' } },
        fields: { ...custom, expression: 'payload.deal' },
        field: 'expression',
        says: /gave nothing/,
      },
      {
        what: 'a message at which its expression fails',
        message: { payload: { id: 'D-2' } },
        fields: { ...custom, expression: '$error("there is no client " & payload.id)' },
        field: 'expression',
        says: /there is no client D-2/,
      },
    ],
    async behaves(at) {
      at.receive();
      await at.red.ended();
      return at.out(1).map(({ payload }) => payload);
    },
  },
  (at) => {
    it('makes an engagement of a Salesforce opportunity, with exact money', async () => {
      await at.deploy();
      at.receive();
      await at.red.ended();
      should(at.out(1)[0]!.payload).match({ code: 'ENG-1', name: 'Renewal', amount: { amount: '12000.50', currency: 'EUR' } });
    });

    it('takes an expression for an own one where a flow names no mapping', async () => {
      await at.deploy({ preset: undefined, expression: 'payload.id' });
      at.receive({ payload: { id: 'D-4' } });
      await at.red.ended();
      should(at.out(1)[0]).containEql({ payload: 'D-4' });
    });

    it('lets an own expression see the whole message, and keeps the rest of it', async () => {
      await at.deploy({ ...custom, expression: 'topic & " " & payload.id' });
      at.receive({ topic: 'deal', payload: { id: 'D-3' }, note: 'kept' });
      await at.red.ended();
      should(at.out(1)[0]).match({ payload: 'deal D-3', note: 'kept' });
    });
  },
);
