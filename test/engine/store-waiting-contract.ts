import 'should';
import should from 'should';
import type { Run } from '../../engine/store/runs.ts';
import { accept, claim, claimedRun, failure } from './claimed-run.ts';
import type { OpenStore } from './open-store.ts';

/** Runs that are not delivered yet. */
export function waitingContract(open: OpenStore): void {
  describe('runs that wait', () => {
    it('wait without a failure, uncounted, over a restart, until their moment', async () => {
      const { store, run, again } = await claimedRun(open);
      (await store.suspend(run.id, run.token, { until: 5_000, reason: 'the boss', node: 'boss' }, 20)).should.equal(true);
      const waits = (await store.run(run.id))!;
      waits.should.have.properties({ status: 'waiting', attempts: 0, availableAt: 5_000 });
      should(waits.waitingFor).deepEqual({ reason: 'the boss', node: 'boss' });
      should(waits.failure).equal(undefined);
      const { store: later } = await again(30);
      (await claim(later, 4_999)).should.have.length(0);
      should(await later.nextDue(['in'], 4_999)).equal(5_000);
      const [due] = (await claim(later, 5_000)) as [Run];
      due.should.have.properties({ attempts: 1 });
      should(due.waitingFor).equal(undefined);
    });

    it('are not made due by a remedy for failures, but by being roused', async () => {
      const { store, run } = await claimedRun(open);
      await store.suspend(run.id, run.token, { reason: 'the boss' }, 20);
      (await store.hasten(['transient.unavailable', 'auth.denied'], 30)).should.equal(0);
      (await claim(store, 1_000_000_000)).should.have.length(0);
      (await store.rouse(run.id, 40)).should.equal(true);
      (await claim(store, 40)).should.have.length(1);
    });

    it('do not wait for what came while they were under way', async () => {
      const { store, run } = await claimedRun(open);
      (await store.rouse(run.id, 15)).should.equal(true);
      await store.suspend(run.id, run.token, { reason: 'the boss' }, 20);
      const [due] = (await claim(store, 20)) as [Run];
      await store.suspend(due.id, due.token, { reason: 'the boss' }, 30);
      (await claim(store, 1_000_000)).should.have.length(0);
    });

    it('keep later runs of their key back, and no others', async () => {
      const { store, run } = await claimedRun(open);
      await accept(store, 'A2', 'normal', 'A');
      await accept(store, 'B');
      await store.suspend(run.id, run.token, { reason: 'the boss' }, 20);
      (await claim(store, 30)).map((next) => next.event.id).should.deepEqual(['B']);
    });

    it('are suspended only by the delivery that is under way', async () => {
      const { store, run } = await claimedRun(open);
      await store.release(run.id, run.token, 15);
      (await store.suspend(run.id, run.token, { reason: 'the boss' }, 20)).should.equal(false);
      (await store.run(run.id))!.status.should.equal('ready');
    });
  });

  describe('a long queue', () => {
    it('gives the most severe first and else keeps the order of arrival, also within a key', async () => {
      const { store } = await open();
      await accept(store, 'low', 'low');
      await accept(store, 'first');
      await accept(store, 'second');
      await accept(store, 'second-urgent', 'critical', 'second');
      await accept(store, 'high', 'high');
      (await claim(store, 10, 2))
        .map((run) => run.event.id)
        .sort()
        .should.deepEqual(['first', 'high']);
      (await claim(store, 10, 1)).map((run) => run.event.id).should.deepEqual(['second']);
      (await claim(store, 10, 5)).map((run) => run.event.id).should.deepEqual(['low']);
    });

    it('of replays begins each at its moment', async () => {
      const { store, run } = await claimedRun(open);
      await store.park(run.id, run.token, { failure }, 20);
      (await store.replay(run.id, { actor: 'ana', at: 5_000 }, 30)).should.equal(true);
      (await claim(store, 4_999)).should.have.length(0);
      (await claim(store, 5_000)).should.have.length(1);
    });

    it('is counted, up to a limit, without what has ended', async () => {
      const { store } = await open();
      for (const id of ['A', 'B', 'C']) await accept(store, id);
      const [run] = (await claim(store, 10, 1)) as [Run];
      (await store.backlog('in', 100)).should.equal(3);
      (await store.backlog('in', 2)).should.equal(2);
      (await store.backlog('other', 100)).should.equal(0);
      await store.done(run.id, run.token, 20);
      (await store.backlog('in', 100)).should.equal(2);
    });
  });
}
