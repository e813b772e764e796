import should from 'should';
import declaration from '../../nodes/psa/project-change/declaration.ts';
import { createKantata } from '../../connectors/kantata/connector.ts';
import { demandsOf, projectsOf } from '../../model/engagement-parts.ts';
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

async function setUp({ urls, credentials, kantata }: Sandbox): Promise<void> {
  kantata.definition.load(kantata, { roles: [{ id: '501', name: 'Consultant' }], skills: [{ id: '601', name: 'SAP', max_level: 5 }] });
  const psa = createKantata({ baseUrl: `${urls.kantata}/api/v1`, accessToken: credentials.kantata['accessToken'] ?? '' });
  const context = { effects: new InMemoryEffects(), signal: new AbortController().signal };
  await psa.operations['psa-project.create'](projectsOf(sampleEngagement()), context);
  await psa.operations['staffing.request'](demandsOf(sampleEngagement()), context);
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
      return (at.out(1)[0]!.psa as { changes: Changes }).changes.applied;
    },
  },
  (at) => {
    it('shows what an amendment changes, and makes that and no more', async () => {
      await at.deploy();
      at.receive({ payload: sampleAmendment(), psa: { projects: ['kept'] } });
      await at.red.ended();
      const [{ psa }] = at.out(1) as [{ psa: { projects: unknown; changes: Changes } }];
      should(psa.projects).deepEqual(['kept']);
      psa.changes.changes
        .map(({ record, field, there, wanted }) => [record, field, there, wanted])
        .should.deepEqual([['project ENG-0100', 'due_date', '2027-03-31', '2027-04-30']]);
      await at.red.unload();
      await at.deploy({ action: 'apply' });
      at.receive({ payload: sampleAmendment(), psa });
      const runs = await at.red.ended();
      runs.forEach(({ failure }) => should(failure).equal(undefined));
      at.out(1)
        .at(-1)!
        .should.match({ psa: { changes: { applied: true } } });
      const main = Object.values(at.sandbox.kantata.state.rows['workspaces'] ?? {}).find((row) => /^ENG-0100 /.test(String(row['title'])));
      should(main!['due_date']).equal('2027-04-30');
    });
  },
);
