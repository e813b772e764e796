import should from 'should';
import declaration from '../../nodes/run/dead-letter/declaration.ts';
import { nodeContract } from './node-contract.ts';

nodeContract(
  declaration,
  {
    takes: () => ({ payload: { id: 'D-1' } }),
    async behaves(at) {
      at.red.receive('beside', { topic: 'D-2', payload: 'breaks' });
      at.receive({ topic: 'D-3', payload: { id: 'D-3' } });
      await at.red.until(() => at.out(1).length === 2, 'both dead letters leave');
      await at.shows(/^dead letters: \d+$/, 'red');
      return at
        .out(1)
        .map(({ payload }) => (payload as { failure: { code: string } }).failure.code)
        .sort();
    },
  },
  (at) => {
    it('parks whatever is led to it, for the reason of its form or for what failed before', async () => {
      await at.deploy({ reason: 'The client is blocked.' });
      at.receive();
      const [run] = await at.red.ended();
      should(run).containEql({ status: 'dead' });
      should(run!.failure).containEql({ code: 'PARKED', message: 'The client is blocked.' });
      await at.red.unload();
      await at.deploy();
      at.receive({ payload: { id: 'D-0' }, error: { message: 'The mail server is away.' } });
      should((await at.red.ended())[0]!.failure!.message).equal('The mail server is away.');
    });

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
