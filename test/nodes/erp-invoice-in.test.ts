import should from 'should';
import declaration from '../../nodes/erp/invoice-in/declaration.ts';
import { conformance } from '../../sandbox/netsuite/conformance.ts';
import { nodeContract } from './node-contract.ts';

const interval = 60_000;
const [sample] = conformance.operations['invoice.poll']!;

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
    it('begins at the day that its form says, and gives each invoice once', async () => {
      await at.deploy({ since: '2025-01-01' });
      await at.red.until(() => at.out(1).length === 3, 'the invoices have come');
      should(at.out(1).map(({ payload }) => (payload as { number: string }).number)).deepEqual(['INV-1', 'INV-2', 'INV-3']);
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
      at.red.timers.pass(interval);
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked again');
      at.out(1).should.have.length(3);
    });
  },
);
