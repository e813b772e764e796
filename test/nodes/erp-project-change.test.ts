import should from 'should';
import declaration from '../../nodes/erp/project-change/declaration.ts';
import { createNetSuite } from '../../connectors/netsuite/connector.ts';
import { projectsOf } from '../../model/engagement-parts.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { InMemoryEffects } from '../connectors/in-memory-effects.ts';
import { sampleAmendment } from '../model/sample-amendment.ts';
import { sampleEngagement } from '../model/sample-engagement.ts';
import { nodeContract } from './node-contract.ts';
import { noAmendment } from './no-amendment.ts';

interface Changes {
  applied: boolean;
  changes: { record: string; field: string; there: string; wanted: string }[];
}

async function setUp({ netsuite, urls, credentials }: Sandbox): Promise<void> {
  netsuite.definition.load(netsuite, {
    records: {
      customer: ['DE01', 'NL01'].map((entity) => ({
        externalId: `ACC-0100@${entity}`,
        entityId: 'ACC-0100',
        companyName: 'Client',
        subsidiary: { externalId: entity },
      })),
    },
  });
  const { accountId = '', clientId = '', certificateId = '', privateKey = '' } = credentials.netsuite;
  const erp = createNetSuite({ accountId, baseUrl: urls.netsuite, auth: { kind: 'oauth2', clientId, certificateId, privateKey } });
  const context = { effects: new InMemoryEffects(), signal: new AbortController().signal };
  await erp.operations['erp-project.create'](projectsOf(sampleEngagement()), context);
}

nodeContract(
  declaration,
  {
    firm: setUp,
    takes: () => ({ payload: sampleAmendment() }),
    refuses: noAmendment,
    async behaves(at) {
      at.receive({ payload: sampleAmendment() });
      await at.red.ended();
      return (at.out(1)[0]!.erp as { changes: Changes }).changes.applied;
    },
  },
  (at) => {
    it('shows what an amendment changes, and makes that and no more', async () => {
      await at.deploy();
      at.receive({ payload: sampleAmendment(), erp: { projects: ['kept'] } });
      await at.red.ended();
      const [{ erp }] = at.out(1) as [{ erp: { projects: unknown; changes: Changes } }];
      should(erp.projects).deepEqual(['kept']);
      erp.changes.applied.should.equal(false);
      erp.changes.changes
        .map(({ record, field, there, wanted }) => [record, field, there, wanted])
        .should.deepEqual([['project ENG-0100', 'projectedEndDate', '2027-03-31', '2027-04-30']]);
      await at.red.unload();
      await at.deploy({ action: 'apply' });
      at.receive({ payload: sampleAmendment(), erp });
      const runs = await at.red.ended();
      runs.forEach(({ failure }) => should(failure).equal(undefined));
      at.out(1)
        .at(-1)!
        .should.match({ erp: { changes: { applied: true } } });
      const job = Object.values(at.sandbox.netsuite.state.records['job'] ?? {}).find(({ externalId }) => externalId === 'ENG-0100');
      should(job!.fields['projectedEndDate']).equal('2027-04-30');
    });
  },
);
