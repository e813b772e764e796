import should from 'should';
import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import { projectsOf } from '../../model/engagement-parts.ts';
import type { Project } from '../../model/types.generated.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { InMemoryEffects } from '../connectors/in-memory-effects.ts';
import { sampleAmendment } from '../model/sample-amendment.ts';
import { sampleEngagement } from '../model/sample-engagement.ts';
import { noAmendment } from './no-amendment.ts';
import { nodeContract } from './node-contract.ts';

interface Changes {
  applied: boolean;
  changes: { record: string; field: string; there: string; wanted: string }[];
}

interface ChangedProject {
  /** the property of the message */
  side: 'erp' | 'psa';
  /** makes the projects of the engagement */
  firm: (sandbox: Sandbox, create: Create) => Promise<void>;
  /** what the system calls the last day of a project */
  end: string;
  /** the project's record as it is in the simulator */
  project: (sandbox: Sandbox) => Record<string, unknown>;
}

type Context = { effects: InMemoryEffects; signal: AbortSignal };
type Create = (operation: (projects: Project[], context: Context) => Promise<unknown>) => Promise<void>;

const create: Create = async (operation) => {
  await operation(projectsOf(sampleEngagement()), { effects: new InMemoryEffects(), signal: new AbortController().signal });
};

/** What the nodes that bring an amendment into a system keep, whichever it is. */
export function changesAProject(declaration: NodeDeclaration, { side, firm, end, project }: ChangedProject): void {
  const changesIn = (message: object) => (message as Record<typeof side, { changes: Changes; projects: unknown }>)[side];
  nodeContract(
    declaration,
    {
      firm: (sandbox) => firm(sandbox, create),
      takes: () => ({ payload: sampleAmendment() }),
      refuses: noAmendment,
      async behaves(at) {
        at.receive({ payload: sampleAmendment() });
        await at.red.ended();
        return changesIn(at.out(1)[0]!).changes.applied;
      },
    },
    (at) => {
      it('shows what an amendment changes, and makes that and no more', async () => {
        await at.deploy();
        at.receive({ payload: sampleAmendment(), [side]: { projects: ['kept'] } });
        await at.red.ended();
        const shown = changesIn(at.out(1)[0]!);
        should(shown.projects).deepEqual(['kept']);
        shown.changes.applied.should.equal(false);
        shown.changes.changes
          .map(({ record, field, there, wanted }) => [record, field, there, wanted])
          .should.deepEqual([['project ENG-0100', end, '2027-03-31', '2027-04-30']]);
        should(project(at.sandbox)[end]).equal('2027-03-31');
        await at.red.unload();
        await at.deploy({ action: 'apply' });
        at.receive({ payload: sampleAmendment(), [side]: shown });
        const runs = await at.red.ended();
        runs.forEach(({ failure }) => should(failure).equal(undefined));
        changesIn(at.out(1).at(-1)!).changes.applied.should.equal(true);
        should(project(at.sandbox)[end]).equal('2027-04-30');
      });
    },
  );
}
