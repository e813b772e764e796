import should from 'should';
import { idempotencyKey } from '../../engine/idempotency.ts';
import declaration from '../../nodes/run/compensate/declaration.ts';
import { nodeContract } from './node-contract.ts';

nodeContract(
  declaration,
  {
    takes: () => ({ topic: 'Delivery was told', payload: { id: 'C-1' } }),
    refuses: [
      {
        what: 'a message that gives the step no title',
        message: { payload: { id: 'C-2' } },
        field: 'title',
        says: /title of the step is not a text/,
        german: /Titel des Schritts ist kein Text/,
      },
    ],
    async behaves(at) {
      at.receive();
      const [run] = await at.red.ended();
      return (await at.red.pack.engine.store.effects(run!.id)).map(({ title, status }) => [title, status]);
    },
  },
  (at) => {
    it('lets the message go on at the second output, and sends it out at the first when the run is undone', async () => {
      await at.deploy();
      const next = at.red.node('out2');
      next.on('input', (message) => next.error('The mail server is away.', message));
      at.receive({ topic: 'Delivery was told', payload: { id: 'C-3' } });
      const [run] = await at.red.ended();
      should(run).containEql({ status: 'dead' });
      [1, 2].map((output) => at.out(output).length).should.deepEqual([0, 1]);
      await at.red.ask(`/dead-letters/${run!.id}/compensate`, { reason: 'withdrawn' });
      await at.red.until(() => at.out(1).length === 1, 'the step is taken back');
      should(at.out(1)[0]).match({ payload: { id: 'C-3' }, effects: [{ title: 'Delivery was told' }] });
      await at.red.until(async () => (await at.red.pack.engine.store.run(run!.id))!.status === 'cancelled', 'all of it is undone');
    });

    it('remembers a step by all of its title: two that begin alike are two', async () => {
      await at.deploy({ title: 'payload.step' });
      const step = `${'Told the client of delivery '.repeat(40)}2`;
      at.receive({ payload: { id: 'C-4', step } });
      const [run] = await at.red.ended();
      const [effect] = await at.red.pack.engine.store.effects(run!.id);
      effect!.key.should.equal(idempotencyKey(run!.id, at.id, `step ${step}`));
    });
  },
);
