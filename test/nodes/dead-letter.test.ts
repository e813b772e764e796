import should from 'should';
import declaration from '../../nodes/run/dead-letter/declaration.ts';
import { nodeContract } from './node-contract.ts';

nodeContract(
  declaration,
  {
    refuses: [
      {
        what: 'whatever is led to it, in the words of its form',
        message: { payload: { id: 'D-1' } },
        fields: { reason: 'The client is blocked.' },
        field: /^$/,
        says: /^The client is blocked\.$/,
      },
    ],
    async behaves(at) {
      at.red.receive('beside', { topic: 'D-2', payload: undefined });
      at.receive({ topic: 'D-3', payload: { id: 'D-3' } });
      await at.red.until(() => at.out(1).length === 2, 'both dead letters leave');
      await at.shows(/^dead letters: \d+$/, 'red');
      return at.out(1).map(({ topic }) => topic).sort();
    },
  },
  (at) => {
    it('sends a parked run on, with its event, failure, effects and attempts', async () => {
      await at.deploy();
      at.receive({ topic: 'D-4', payload: { id: 'D-4' } });
      await at.red.until(() => at.out(1).length === 1, 'the dead letter leaves');
      const [letter] = at.out(1);
      should(letter).containEql({ topic: 'D-4' });
      should(letter!.payload).match({ run: { status: 'dead' }, failure: { code: 'PARKED', class: 'business.rejected' }, effects: [] });
      should(letter!.psConnect).equal(undefined);
    });

    it('keeps still where its form says so', async () => {
      await at.deploy({ emit: 'none' });
      at.receive({ topic: 'D-5', payload: {} });
      await at.red.ended();
      at.out(1).should.be.empty();
    });
  },
);
