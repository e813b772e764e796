import type { NodeDeclaration } from '../../declarations/node-declaration.ts';
import type { OperationId } from '../../declarations/operations.ts';
import { conformance } from '../../sandbox/netsuite/conformance.ts';
import { nodeContract } from './node-contract.ts';

const interval = 60_000;

/** What the nodes keep that look every minute what has changed in the books: all of the sample comes, once. */
export function looksInTheBooks(declaration: NodeDeclaration, operation: OperationId, mustBeSample: (payloads: unknown[]) => void): void {
  const [sample] = conformance.operations[operation]!;
  nodeContract(
    declaration,
    {
      firm: ({ netsuite }) => netsuite.definition.load(netsuite, sample!.given),
      async behaves(at) {
        await at.shows(/^watching, 0 open/, 'green');
        await at.red.until(() => at.red.timers.lengths.includes(interval), 'it looks again in a minute');
        return at.out(1).length;
      },
    },
    (at) => {
      it('begins at the day that its form says, and gives each once', async () => {
        await at.deploy({ since: '2025-01-01' });
        await at.red.until(() => at.out(1).length === 3, 'all have come');
        mustBeSample(at.out(1).map(({ payload }) => payload));
        await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
        at.red.timers.pass(interval);
        await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked again');
        at.out(1).should.have.length(3);
      });
    },
  );
}
