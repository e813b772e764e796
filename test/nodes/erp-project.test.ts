import should from 'should';
import declaration from '../../nodes/erp/project/declaration.ts';
import { keyOfErpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { sampleEngagement } from '../model/sample-engagement.ts';
import { nodeContract } from './node-contract.ts';
import { noEngagement } from './no-engagement.ts';

nodeContract(
  declaration,
  {
    firm: ({ netsuite }) =>
      netsuite.definition.load(netsuite, {
        records: {
          customer: ['DE01', 'NL01'].map((entity) => ({
            externalId: `ACC-0100@${entity}`,
            entityId: 'ACC-0100',
            companyName: 'Client',
            subsidiary: { externalId: entity },
          })),
        },
      }),
    takes: () => ({ payload: sampleEngagement() }),
    refuses: noEngagement,
  },
  (at) => {
    it('makes one project for each legal entity, with its phases and tasks below it', async () => {
      await at.deploy();
      at.receive({ payload: sampleEngagement({ id: '006000000000007AAA', code: 'ENG-7' }), erp: { customers: ['kept'] } });
      const [run] = await at.red.ended();
      should(run!.failure).equal(undefined);
      const keys = (type: string) =>
        Object.values(at.sandbox.netsuite.state.records[type] ?? {})
          .map(({ externalId = '' }) => keyOfErpId(externalId))
          .filter((key) => key.startsWith('ENG-7'))
          .sort();
      keys('job').should.deepEqual(['ENG-7', 'ENG-7-NL01']);
      keys('projectTask').should.deepEqual(['ENG-7-NL01/P2', 'ENG-7-NL01/P2/T1', 'ENG-7/P1', 'ENG-7/P1/T1']);
      const { customers, projects } = at.out(1)[0]!.erp as { customers: unknown; projects: { code: string }[] };
      projects.map(({ code }) => code).should.deepEqual(['ENG-7', 'ENG-7-NL01']);
      should(customers).deepEqual(['kept']);
    });
  },
);
