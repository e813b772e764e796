import 'should';
import should from 'should';
import type { OpenStore } from './open-store.ts';

/** What systems that were compared had to say, and flows as deployed. */
export function recordsContract(open: OpenStore): void {
  describe('reconciliations and revisions', () => {
    it('keeps reconciliations, newest first', async () => {
      const { store, again } = await open();
      for (const n of [1, 2])
        await store.saveReconciliation({ id: `r${n}`, at: n, node: 'rec', subject: 'time', result: { breaks: [], n } });
      const { store: next } = await again();
      (await next.reconciliations(1, 10)).map((record) => record.id).should.deepEqual(['r2']);
      should(store).not.equal(next);
    });

    it('gives those after one, in order, without their breaks; of the same moment those that are not known', async () => {
      const { store } = await open();
      const save = (id: string, at: number) =>
        store.saveReconciliation({ id, at, node: 'rec', subject: 'time', result: { breaks: [{}], id } });
      for (const [id, at] of [
        ['d', 9],
        ['b', 5],
        ['a', 5],
        ['c', 5],
        ['z', 1],
      ] as const)
        await save(id, at);
      const after = async (at: number, ids: string[], limit = 10) =>
        (await store.reconciliationsAfter({ at, ids }, limit)).map(({ id }) => id);
      should(await after(0, [])).deepEqual(['z', 'a', 'b', 'c', 'd']);
      should(await after(5, ['a', 'c'])).deepEqual(['b', 'd']);
      should(await after(1, [], 2)).deepEqual(['z', 'a']);
      should(await after(9, ['d'])).deepEqual([]);
      const [first] = await store.reconciliationsAfter({ at: 0, ids: [] }, 1);
      should(first!.result).match({ breaks: [], breaksLeftOut: { breaks: 1 } });
    });

    it('gives the newest of each subject, also when many of another have followed', async () => {
      const { store } = await open();
      const save = (id: string, at: number, subject: string) =>
        store.saveReconciliation({ id, at, node: 'rec', subject, result: { breaks: [{}, {}] } });
      should(await store.lastReconciliations(1)).deepEqual([]);
      await save('old', 1, 'expenses');
      await save('newer', 2, 'expenses');
      for (let n = 3; n < 120; n++) await save(`t${n}`, n, 'time');
      const last = await store.lastReconciliations(1);
      last.map(({ id }) => id).should.deepEqual(['t119', 'newer']);
      last.map(({ result }) => (result as { breaks: object[] }).breaks.length).should.deepEqual([1, 1]);
    });

    it('lists of a reconciliation so many breaks, those that nothing explains first, counts the others, and gives all of one', async () => {
      const { store } = await open();
      const breaks = [1, 2, 3, 4, 5, 6].map((n) => ({ key: `k${n}`, ...(n % 2 ? { explained: { run: `r${n}` } } : {}) }));
      await store.saveReconciliation({ id: 'r', at: 1, node: 'rec', subject: 'time', result: { matched: 7, breaks } });
      const listed = async (most: number) =>
        (await store.reconciliations(1, most))[0]!.result as { breaks: { key: string }[]; breaksLeftOut?: object };
      const four = await listed(4);
      four.breaks.map(({ key }) => key).should.deepEqual(['k2', 'k4', 'k6', 'k1']);
      should(four.breaksLeftOut).deepEqual({ breaks: 2, unexplained: 0 });
      should((await listed(1)).breaksLeftOut).deepEqual({ breaks: 5, unexplained: 2 });
      should(await listed(6)).deepEqual({ matched: 7, breaks });
      should((await store.reconciliation('r'))?.result).deepEqual({ matched: 7, breaks });
      should(await store.reconciliation('another')).equal(undefined);
    });

    it('keeps the flows of a revision once', async () => {
      const { store } = await open();
      await store.saveRevision('r1', [{ id: 'n1' }], 1);
      await store.saveRevision('r1', [{ id: 'n1' }], 2);
    });
  });
}
