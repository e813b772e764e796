import should from 'should';
import declaration from '../../nodes/salesforce/query/declaration.ts';
import { recordsOf, soundDeal } from '../system/deal.ts';
import { nodeContract } from './node-contract.ts';

const records = Array.from({ length: 5 }, (_, at) => recordsOf(soundDeal(`ENG-${at + 1}`))).flat() as Record<string, unknown>[];
const query = 'SELECT Engagement_Code__c, Amount FROM Opportunity WHERE Engagement_Code__c IN :codes ORDER BY Engagement_Code__c';
const codes = ['ENG-1', 'ENG-2', 'ENG-3'];

nodeContract(
  declaration,
  {
    fields: { query },
    firm: ({ salesforce }) => salesforce.definition.load(salesforce, { records }),
    takes: () => ({ payload: { codes } }),
    refuses: [
      { what: 'a message without the value', message: { payload: {} }, field: 'codes', says: /value of :codes/, german: /Wert von :codes/ },
      { what: 'a message that is no object', message: { payload: 'ENG-1' }, field: 'codes', says: /value of :codes/ },
    ],
    async behaves(at) {
      at.receive();
      const [run] = await at.red.ended();
      return [run!.status, at.out(1).map(({ payload, crm }) => [payload, crm])];
    },
  },
  (at) => {
    it('gives all records as one list, and tells how they were read', async () => {
      await at.deploy();
      at.receive();
      await at.red.ended();
      should(at.out(1)[0]!.payload).deepEqual(codes.map((code) => ({ Engagement_Code__c: code, Amount: '12000.5' })));
      should(at.out(1)[0]!.crm).match({ query: { count: 3, by: 'pages', differs: false } });
      should(at.out(2)).be.empty();
    });

    it('gives them part after part, and one message when the flow is done with all', async () => {
      await at.deploy({ deliver: 'parts', partSize: 2 });
      at.receive();
      const [run] = await at.red.ended();
      should(run!.status).equal('done');
      should(
        at
          .out(1)
          .map(({ payload, parts }) => [
            (payload as unknown[]).length,
            (parts as { index: number; count?: number }).index,
            (parts as { count?: number }).count,
          ]),
      ).deepEqual([
        [2, 0, undefined],
        [1, 1, 2],
      ]);
      should(at.out(2).map(({ payload, crm }) => [payload, crm])).deepEqual([
        [{ codes }, { query: { count: 3, by: 'pages', differs: false } }],
      ]);
    });

    it('says that there was none', async () => {
      await at.deploy({ deliver: 'parts' });
      at.receive({ payload: { codes: ['ENG-9'] } });
      await at.red.ended();
      should(at.out(1)).be.empty();
      should(at.out(2)).have.length(1);
    });

    it('says which field Salesforce does not know', async () => {
      await at.deploy({ query: 'SELECT No_Such_Field__c FROM Opportunity' });
      at.receive();
      const [run] = await at.red.ended();
      should(run!.failure).match({ class: 'contract.drift', field: 'No_Such_Field__c' });
    });
  },
);
