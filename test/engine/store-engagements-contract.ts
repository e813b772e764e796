import should from 'should';
import type { EngagementState } from '../../engine/store/engagements.ts';
import type { Store } from '../../engine/store.ts';
import type { OpenStore } from './open-store.ts';

const state = (code: string, updatedAt: number, more: Partial<EngagementState> = {}): EngagementState => ({
  ...{ code, reached: { won: 1 }, updatedAt },
  ...more,
});
const codes = async (store: Store, filter: Partial<Parameters<Store['engagements']>[0]> = {}) =>
  (await store.engagements({ limit: 10, ...filter })).map(({ code }) => code);

export function engagementsContract(open: OpenStore): void {
  describe('engagements', () => {
    const put = (store: Store, from: number | null, to: number, engagements: EngagementState[]) =>
      store.measure({ from, to, add: [], engagements });

    it('are as they were put last, with the place that was measured to; told of last first', async () => {
      const { store, again } = await open();
      const whole = state('ENG-1', 5, {
        client: 'Größe & Söhne',
        entity: 'DE',
        amount: '1000.50',
        currency: 'EUR',
        reached: { won: 1, paid: 4 },
      });
      await put(store, null, 1, [state('ENG-1', 3), state('ENG-2', 5), state('ENG-3', 4)]);
      (await put(store, null, 2, [state('ENG-9', 9)])).should.equal(false);
      await put(store, 1, 2, [whole]);
      const { store: next } = await again();
      should(await codes(next)).deepEqual(['ENG-2', 'ENG-1', 'ENG-3']);
      should(await next.engagements({ codes: ['ENG-1', 'ENG-9'], limit: 10 })).deepEqual([whole]);
    });

    it('are found by the stage they have come to, by a part of code or client, and page by page', async () => {
      const { store } = await open();
      await put(store, null, 1, [
        state('ENG-1', 1, { client: 'MÜLLER', reached: { won: 1, project: 2 } }),
        state('ENG-2', 1, { reached: { staffed: 3 } }),
        state('ENG-3', 2, { client: '100 % sure_', reached: { won: 1, staffed: 3 } }),
      ]);
      should(await codes(store, { stage: 'staffed' })).deepEqual(['ENG-3', 'ENG-2']);
      should(await codes(store, { search: 'müll' })).deepEqual(['ENG-1']);
      should(await codes(store, { search: 'eng-2' })).deepEqual(['ENG-2']);
      should(await codes(store, { search: '%' })).deepEqual(['ENG-3']);
      should(await codes(store, { search: 'nobody' })).deepEqual([]);
      should(await codes(store, { limit: 2 })).deepEqual(['ENG-3', 'ENG-2']);
      should(await codes(store, { after: { updatedAt: 1, code: 'ENG-2' } })).deepEqual(['ENG-1']);
      should(await store.funnel()).deepEqual({ won: 0, customer: 0, project: 1, planned: 0, staffed: 2, worked: 0, billed: 0, paid: 0 });
    });
  });
}

/** What is kept no longer than it has to be. */
export function forgottenEngagementsContract(open: OpenStore): void {
  it('forgets engagements of which nothing was told since, some at a time', async () => {
    const { store } = await open();
    await store.measure({ from: null, to: 1, add: [], engagements: [1, 2, 3].map((n) => state(`ENG-${n}`, n)) });
    (await store.forget(3, 1)).should.equal(1);
    should(await codes(store)).deepEqual(['ENG-3', 'ENG-2']);
    await store.forget(3, 10);
    should(await codes(store)).deepEqual(['ENG-3']);
  });
}
