import 'should';
import { accept, claimedRun } from './claimed-run.ts';
import type { OpenStore } from './open-store.ts';

/** From opening to closing. */
export function lifeContract(open: OpenStore): void {
  describe('a store that is opened', () => {
    it('has nothing to recover when nothing was under way', async () => {
      const { store, again } = await open();
      await accept(store, 'A');
      (await again(5)).recovered.should.equal(0);
    });

    it('shows that it takes writes, and changes nothing by that', async () => {
      const { store, run } = await claimedRun(open);
      const before = [await store.runs({ limit: 5 }), await store.journalState()];
      await store.touch();
      [await store.runs({ limit: 5 }), await store.journalState()].should.deepEqual(before);
      (await store.done(run.id, run.token, 20)).should.equal(true);
    });
  });
}
