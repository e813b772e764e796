import 'should';
import should from 'should';
import type { OpenStore } from './store-contract.ts';

/** What systems that were compared had to say, and flows as deployed. */
export function recordsContract(open: OpenStore): void {
  describe('reconciliations and revisions', () => {
    it('keeps reconciliations, newest first', async () => {
      const { store, again } = await open();
      for (const n of [1, 2])
        await store.saveReconciliation({ id: `r${n}`, at: n, node: 'rec', subject: 'time', result: { breaks: [], n } });
      const { store: next } = await again();
      (await next.reconciliations(1)).map((record) => record.id).should.deepEqual(['r2']);
      should(store).not.equal(next);
    });

    it('keeps the flows of a revision once', async () => {
      const { store } = await open();
      await store.saveRevision('r1', [{ id: 'n1' }], 1);
      await store.saveRevision('r1', [{ id: 'n1' }], 2);
    });
  });
}
