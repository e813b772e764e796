import 'should';
import declaration from '../../nodes/run/approval-in/declaration.ts';
import { nodeContract } from './node-contract.ts';

const secret = 'a secret of the test, long enough to be one';

nodeContract(
  declaration,
  {
    fields: { approver: 'ana@firm.example', address: 'https://node-red.example' },
    credentials: { secret },
    async behaves(at) {
      await at.shows(/^watching, \d+ open/, 'green');
      return [at.out(1).length, at.out(2).length];
    },
  },
  (at) => {
    it('asks nobody by links that anybody could sign, nor to an address that is none', async () => {
      await at.deploy({}, { secret: 'short' });
      await at.shows(/too short/, 'red');
      await at.red.unload();
      await at.deploy({ address: 'javascript:alert(1)' });
      await at.shows(/is not a web address/, 'red');
    });
  },
);
