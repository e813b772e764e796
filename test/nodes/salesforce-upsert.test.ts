import should from 'should';
import declaration from '../../nodes/salesforce/upsert/declaration.ts';
import { recordsOf, soundDeal } from '../system/deal.ts';
import type { NodeAtWork } from './node-at-work.ts';
import { nodeContract } from './node-contract.ts';

const records = recordsOf(soundDeal('ENG-1')) as Record<string, unknown>[];
const deal = records.find((record) => 'StageName' in record)!;
const stored = (at: NodeAtWork) => Object.values(at.sandbox.salesforce.state.records['Opportunity'] ?? {});

nodeContract(
  declaration,
  {
    firm: ({ salesforce }) => salesforce.definition.load(salesforce, { records }),
    takes: () => ({ payload: { Id: deal['Id'], Integration_Status__c: 'Provisioned' } }),
    refuses: [
      { what: 'a message without a payload', message: { topic: 'nothing' }, field: 'records', says: /needs a record or a list of records/ },
      {
        what: 'a list with something that is no record',
        message: { payload: [{ Id: '006' }, 'text'] },
        field: 'records',
        says: /needs a record/,
        german: /braucht einen Datensatz oder eine Liste von Datensätzen/,
      },
    ],
    async behaves(at) {
      at.receive();
      const [run] = await at.red.ended();
      return [run!.status, at.out(1).map(({ crm }) => (crm!['records'] as unknown[]).length)];
    },
  },
  (at) => {
    it('writes the fields of the record, and tells which record it was', async () => {
      await at.deploy();
      at.receive({ payload: { Id: deal['Id'], Integration_Message__c: 'Nothing is missing.' } });
      const [run] = await at.red.ended();
      should(run!.failure).equal(undefined);
      JSON.stringify(stored(at)).should.containEql('Nothing is missing.');
      should((at.out(1)[0]!.crm as { records: { id: string; created: boolean }[] }).records).match([{ created: false }]);
    });

    it('says which field Salesforce does not know', async () => {
      await at.deploy();
      at.receive({ payload: { Id: deal['Id'], No_Such_Field__c: 1 } });
      const [run] = await at.red.ended();
      should(run!.status).equal('dead');
      run!.failure!.message.should.match(/No_Such_Field__c/);
      at.out(1).should.be.empty();
    });
  },
);
