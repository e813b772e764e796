import 'should';
import should from 'should';
import type { Run } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import type { RecordVersion, SourceEvent } from '../../model/operations.ts';
import { deal } from './sample-events.ts';
import type { OpenStore } from './open-store.ts';

const closed = { class: 'business.rejected', code: 'PERIOD_CLOSED', message: 'The period is closed.' } as const;
const stale = { class: 'conflict.stale', code: 'OVERTAKEN', message: 'A newer version has been written.', value: 't3' } as const;

/** A state of the time entry 4711 as its source tells it. */
const version = (at: string, content?: string, record = '4711'): SourceEvent => ({
  ...deal(`${record}:${at}:${content ?? ''}`, record),
  version: { record, at, ...(content === undefined ? {} : { content }) } satisfies RecordVersion,
});

/** An older version of a record never overwrites a newer one, whatever order they come in. */
export function versionsContract(open: OpenStore): void {
  const accept = (store: Store, ...events: SourceEvent[]) => store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events, now: 1 });
  const claim = async (store: Store) => (await store.claim({ entries: ['in'], limit: 1, now: 10, revision: '' }))[0];
  const next = async (store: Store) => (await claim(store)) as Run;
  const write = async (store: Store, run: Run, status: 'done' | 'rejected' | 'in-doubt' = 'done') => {
    const what = { business: 'timeBill 4711', title: 'Time', system: 'erp', settle: 'probe' as const, request: {} };
    await store.intend({ key: `k-${run.id}`, run: run.id, node: 'erp', ...what }, run.token, 2);
    await store.finishEffect(`k-${run.id}`, { status, ...(status === 'done' ? { result: { id: '1' } } : { failure: closed }) }, 3);
  };
  const park = (store: Store, run: Run) => store.park(run.id, run.token, { failure: closed, node: 'erp' }, 4);

  describe('versions of a record', () => {
    it('are told apart by time, so that a change back is a change', async () => {
      const { store } = await open();
      await accept(store, version('t1', '60 min'));
      await accept(store, version('t2', '90 min'));
      (await accept(store, version('t3', '60 min'))).accepted.should.have.length(1);
    });

    it('that say what the newest one says are no news, in one page or in two', async () => {
      const { store } = await open();
      (await accept(store, version('t1', '60 min'), version('t2', '60 min'))).should.have.properties({ duplicates: 1 });
      (await accept(store, version('t3', '60 min'))).should.deepEqual({ accepted: [], duplicates: 1 });
      (await accept(store, version('t4', '90 min'), version('t5', '60 min'), version('t6', '60 min'))).accepted.should.have.length(2);
    });

    it('of another record, another source or another entry node are news', async () => {
      const { store } = await open();
      await accept(store, version('t1', '60 min'));
      (await accept(store, version('t2', '60 min', '4712'))).accepted.should.have.length(1);
      (await accept(store, { ...version('t2', '60 min'), source: '/psa/other' })).accepted.should.have.length(1);
      const elsewhere = { entry: 'other', flow: 'tab', severity: 'normal' as const, events: [version('t2', '60 min')], now: 1 };
      (await store.accept(elsewhere)).accepted.should.have.length(1);
    });

    it('that say nothing of their content are news each time', async () => {
      const { store } = await open();
      await accept(store, version('t1'));
      (await accept(store, version('t2'))).accepted.should.have.length(1);
    });

    it('that come late are told that a newer one was written', async () => {
      const { store } = await open();
      await accept(store, version('t3'));
      const newer = await next(store);
      should(newer.overtakenBy).equal(undefined);
      await store.done(newer.id, newer.token, 5);
      await accept(store, version('t2'));
      should((await next(store)).overtakenBy).deepEqual({ run: newer.id, at: 't3' });
    });

    it('that wait as dead letters are told so when they are replayed, also in the next process', async () => {
      const { store, again } = await open();
      await accept(store, version('t1'));
      const older = await next(store);
      await park(store, older);
      await accept(store, version('t2'));
      const newer = await next(store);
      await write(store, newer);
      await store.done(newer.id, newer.token, 5);
      const { store: later } = await again();
      await later.replay(older.id, { actor: 'ana' }, 6);
      should((await next(later)).overtakenBy).deepEqual({ run: newer.id, at: 't2' });
    });

    it('are not overtaken by one of which nothing was written', async () => {
      const { store } = await open();
      await accept(store, version('t2'));
      const newer = await next(store);
      await write(store, newer, 'rejected');
      await park(store, newer);
      await accept(store, version('t1'));
      should((await next(store)).overtakenBy).equal(undefined);
    });

    it('are overtaken by one of which it is not known whether it was written', async () => {
      const { store } = await open();
      await accept(store, version('t2'));
      const newer = await next(store);
      await write(store, newer, 'in-doubt');
      await park(store, newer);
      await accept(store, version('t1'));
      should((await next(store)).overtakenBy).deepEqual({ run: newer.id, at: 't2' });
    });

    it('are not overtaken by one that was undone', async () => {
      const { store } = await open();
      await accept(store, version('t2'));
      const written = await next(store);
      await write(store, written);
      await park(store, written);
      await store.compensate(written.id, { actor: 'ana' }, 5);
      const undoing = await next(store);
      const undo = { business: 'undo timeBill 4711', title: 'Undo', system: 'erp', settle: 'probe' as const, request: {}, ofUndo: true };
      await store.intend({ key: 'undo', run: undoing.id, node: 'erp', ...undo }, undoing.token, 6);
      await store.finishEffect('undo', { status: 'done', result: null }, 6);
      await store.effectCompensated(`k-${written.id}`, undoing.id, undoing.token, 6);
      await store.compensated(undoing.id, undoing.token, 6);
      await accept(store, version('t1'));
      should((await next(store)).overtakenBy).equal(undefined);
    });

    it('of the same time are both written, in order of arrival', async () => {
      const { store } = await open();
      await accept(store, version('t1', '60 min'), version('t1', '90 min'));
      const first = await next(store);
      await store.done(first.id, first.token, 5);
      should((await next(store)).overtakenBy).equal(undefined);
    });

    it('of the same time: a dead letter is overtaken by the one that arrived after it', async () => {
      const { store } = await open();
      await accept(store, version('t1', '60 min'), version('t1', '90 min'));
      const first = await next(store);
      await park(store, first);
      const second = await next(store);
      await store.done(second.id, second.token, 5);
      await store.replay(first.id, { actor: 'ana' }, 6);
      should((await next(store)).overtakenBy).deepEqual({ run: second.id, at: 't1' });
    });

    it('that were overtaken end as such, and say why', async () => {
      const { store } = await open();
      await accept(store, version('t1'));
      const run = await next(store);
      (await store.overtaken(run.id, run.token, stale, 5)).should.equal(true);
      (await store.run(run.id))!.should.have.properties({ status: 'cancelled', failure: stale });
      const line = (await store.journal({ subject: run.id, limit: 10 })).at(-1)!;
      line.should.have.properties({ actor: 'engine', action: 'run.overtaken', detail: { newer: 't3' } });
      (await store.overtaken(run.id, run.token, stale, 6)).should.equal(false);
    });

    it('are not ended by a delivery that is over', async () => {
      const { store } = await open();
      await accept(store, version('t1'));
      const run = await next(store);
      await store.release(run.id, run.token, 5);
      (await store.overtaken(run.id, run.token, stale, 6)).should.equal(false);
    });
  });
}
