import should from 'should';
import declaration from '../../nodes/erp/customer-in/declaration.ts';
import { conformance } from '../../sandbox/netsuite/conformance.ts';
import { nodeContract } from './node-contract.ts';

const interval = 60_000;
const [sample] = conformance.operations['customer.poll']!;

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
    it('begins at the day that its form says, and gives each client once', async () => {
      await at.deploy({ since: '2025-01-01' });
      await at.red.until(() => at.out(1).length === 3, 'the clients have come');
      should(at.out(1).map(({ payload }) => payload)).match([{ code: 'ACC-0001' }, { code: 'ACC-0002' }, { code: 'ACC-0003' }]);
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked');
      at.red.timers.pass(interval);
      await at.red.until(() => at.red.timers.lengths.includes(interval), 'it has looked again');
      at.out(1).should.have.length(3);
    });
  },
);
