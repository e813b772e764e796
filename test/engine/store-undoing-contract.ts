import 'should';
import should from 'should';
import type { Run } from '../../engine/store/runs.ts';
import { actions, claim, claimedRun, failure } from './claimed-run.ts';
import type { OpenStore } from './open-store.ts';

/** Runs whose effects are taken back. */
export function undoingContract(open: OpenStore): void {
  describe('runs that are undone', () => {
    it('are delivered again to be undone, keep why they failed, and end as cancelled', async () => {
      const { store, run } = await claimedRun(open);
      (await store.compensateFailed(run.id, run.token, { failure, node: 'erp' }, 20)).should.equal(true);
      const [undone] = (await claim(store, 20)) as [Run];
      should(undone.compensating).have.properties({ actor: 'engine', reason: 'CLOSED' });
      undone.should.have.properties({ failedNode: 'erp', attempts: 1 });
      (await store.compensated(run.id, run.token, 30)).should.equal(false);
      (await store.compensated(undone.id, undone.token, 30)).should.equal(true);
      const ended = (await store.run(run.id))!;
      ended.status.should.equal('cancelled');
      ended.failure!.code.should.equal('CLOSED');
      (await actions(store, run)).should.deepEqual(['run.compensating', 'run.compensated']);
    });

    it('keep what each write needs to be undone, and mark each that is', async () => {
      const { store, run } = await claimedRun(open);
      const effect = {
        key: 'k1',
        run: run.id,
        node: 'erp',
        business: 'job A',
        title: 'A',
        system: 'erp',
        settle: 'probe' as const,
        request: {},
      };
      await store.intend({ ...effect, undo: { type: 'job' } }, run.token, 11);
      await store.intend({ ...effect, key: 'k2', undo: null, ofUndo: true }, run.token, 11);
      await store.finishEffect('k1', { status: 'done', result: { id: '7' } }, 12);
      await store.effectCompensated('k2', run.id, run.token, 13);
      await store.effectCompensated('k1', run.id, run.token, 13);
      const [one, two] = (await store.effects(run.id)).sort((a, b) => a.key.localeCompare(b.key));
      one!.should.have.properties({ status: 'compensated', undo: { type: 'job' } });
      two!.should.have.properties({ status: 'intended', ofUndo: true });
      should(two!.undo).equal(null);
      await store.release(run.id, run.token, 14);
      await store.effectCompensated('k1', run.id, run.token, 15).should.be.rejectedWith({ code: 'RUN_TAKEN_OVER' });
    });

    it('begin by a person from a dead letter, and are not replayed after that', async () => {
      const { store, run } = await claimedRun(open);
      await store.park(run.id, run.token, { failure }, 20);
      (await store.compensate(run.id, { actor: 'ana', reason: 'lost the deal' }, 30)).should.equal(true);
      const [undone] = (await claim(store, 30)) as [Run];
      should(undone.compensating).deepEqual({ actor: 'ana', reason: 'lost the deal', since: 30 });
      await store.park(undone.id, undone.token, { failure }, 40);
      (await store.replay(run.id, { actor: 'ana' }, 50)).should.equal(false);
      (await store.compensate(run.id, { actor: 'bob' }, 60)).should.equal(true);
      should((await store.run(run.id))!.compensating).have.properties({ actor: 'ana' });
    });
  });
}
