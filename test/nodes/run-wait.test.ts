import should from 'should';
import declaration from '../../nodes/run/wait/declaration.ts';
import type { NodeAtWork } from './node-at-work.ts';
import { nodeContract } from './node-contract.ts';

/** The moment that the one run waits for, epoch ms. */
async function moment(at: NodeAtWork): Promise<number> {
  await at.shows(/^waiting: 1$/, 'yellow');
  const [id] = at.red.seen.runs;
  return (await at.red.pack.engine.store.run(id!))!.availableAt;
}

nodeContract(
  declaration,
  {
    takes: () => ({ payload: { contract: { start: '2091-01-02' } } }),
    refuses: [
      {
        what: 'a message whose moment is none',
        message: { payload: { contract: { start: 'next spring' } } },
        fields: { mode: 'until' },
        field: 'until',
        says: /neither a date, nor a time/,
        german: /weder ein Datum noch eine Zeit/,
      },
      {
        what: 'a message without a payload',
        message: { topic: 'nothing' },
        fields: { mode: 'until' },
        field: 'until',
        says: /neither a date, nor a time/,
      },
    ],
    async behaves(at) {
      const before = Date.now();
      at.receive();
      return Math.round(((await moment(at)) - before) / 3_600_000);
    },
  },
  (at) => {
    it('lets the run go on when the time has come, once, and as it came', async () => {
      await at.deploy({ amount: 0.3, unit: 'seconds' });
      const began = Date.now();
      at.receive({ payload: { id: 'W-1' }, note: 'as it came' });
      const [run] = await at.red.ended();
      (run!.updatedAt - began).should.be.aboveOrEqual(290);
      at.out(1).should.have.length(1);
      should(at.out(1)[0]).match({ payload: { id: 'W-1' }, note: 'as it came' });
    });

    it('waits until a moment of the event, and not for one that is past', async () => {
      await at.deploy({ mode: 'until' });
      at.receive({ payload: { contract: { start: '2020-01-01' } } });
      await at.red.ended();
      at.out(1).should.have.length(1);
      await at.red.unload();
      await at.deploy({ mode: 'until' });
      at.receive();
      (await moment(at)).should.equal(Date.parse('2091-01-02T00:00:00'));
    });
  },
);
