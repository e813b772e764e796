import should from 'should';
import { createKantata } from '../../connectors/kantata/connector.ts';
import { projectsOf } from '../../model/engagement-parts.ts';
import declaration from '../../nodes/psa/staffing-demand/declaration.ts';
import { InMemoryEffects } from '../connectors/in-memory-effects.ts';
import { contextOf } from '../connectors/netsuite-sandbox.ts';
import { sampleEngagement } from '../model/sample-engagement.ts';
import { nodeContract } from './node-contract.ts';
import { noEngagement } from './no-engagement.ts';

nodeContract(
  declaration,
  {
    async firm({ kantata, urls, credentials }) {
      kantata.definition.load(kantata, { roles: [{ id: '101', name: 'Consultant' }], skills: [{ id: '201', name: 'SAP', max_level: 5 }] });
      const psa = createKantata({ baseUrl: `${urls.kantata}/api/v1`, accessToken: credentials.kantata['accessToken']! });
      await psa.operations['psa-project.create'](projectsOf(sampleEngagement()), contextOf(new InMemoryEffects()));
      await psa.close();
    },
    takes: () => ({ payload: sampleEngagement() }),
    refuses: noEngagement,
  },
  (at) => {
    it('asks for every head that a need names, and tells the requests', async () => {
      await at.deploy();
      at.receive();
      const [run] = await at.red.ended();
      should(run!.failure).equal(undefined);
      const rows = (collection: string) => Object.values(at.sandbox.kantata.state.rows[collection] ?? {});
      rows('workspace_resources')
        .filter((row) => row['role_id'] !== undefined)
        .length.should.be.aboveOrEqual(3);
      const { demands } = at.out(1)[0]!.psa as { demands: { code: string }[] };
      [...new Set(demands.map(({ code }) => code))].should.deepEqual(['ENG-0100/N1', 'ENG-0100-NL01/N2']);
    });

    it('says which role the PSA does not know, and asks for nobody', async () => {
      await at.deploy();
      const [need] = sampleEngagement().staffing;
      at.receive({ payload: sampleEngagement({ staffing: [{ ...need!, role: 'Sorcerer' }] }) });
      const [run] = await at.red.ended();
      should(run!.failure).match({ field: /role/, value: 'Sorcerer' });
      at.out(1).should.be.empty();
    });
  },
);
