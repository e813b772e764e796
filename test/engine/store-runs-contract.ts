import 'should';
import should from 'should';
import type { Run } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import type { FailureDetails } from '../../model/failure.ts';
import { deal } from './sample-events.ts';
import type { OpenStore } from './open-store.ts';

const words: FailureDetails['words'] = {
  key: 'PERIOD_CLOSED',
  params: [
    ['amount', { count: 5_000 }],
    ['before', { key: 'AS_SAID' }],
  ],
};
const failure: FailureDetails = { class: 'business.rejected', code: 'PERIOD_CLOSED', message: 'The period is closed.', words };
const entry = { entry: 'in', flow: 'tab', severity: 'normal' as const };

/** How runs come in, are delivered, and end. */
export function runsContract(open: OpenStore): void {
  const accept = (store: Store, ...events: ReturnType<typeof deal>[]) => store.accept({ ...entry, events, now: 1 });
  const claim = (store: Store, { limit = 10, now = 10 } = {}) => store.claim({ entries: ['in'], limit, now, revision: 'r1' });
  const ids = (runs: Run[]) => runs.map((run) => run.event.id);
  const first = async (store: Store) => (await claim(store, { limit: 1 }))[0] as Run;

  describe('a run that only read, for somebody who waited', () => {
    it('is over when it fails, with its reason and without a line in the journal; a late one ends nothing', async () => {
      const { store } = await open();
      await accept(store, deal('A'));
      const { id, token } = await first(store);
      (await store.giveUp(id, token + 1, { failure }, 20)).should.equal(false);
      (await store.giveUp(id, token, { failure, node: 'n1' }, 20)).should.equal(true);
      (await store.giveUp(id, token, { failure }, 30)).should.equal(false);
      should(await store.run(id)).match({ status: 'cancelled', failure, failedNode: 'n1', updatedAt: 20 });
      should(await store.journal({ subject: id, limit: 10 })).be.empty();
      ids(await claim(store, { now: 40 })).should.be.empty();
    });

    it('is found by its event, at the node at which that came in', async () => {
      const { store } = await open();
      const event = deal('A');
      const { accepted } = await accept(store, event);
      should((await store.runOfEvent('in', event))?.id).equal(accepted[0]);
      should(await store.runOfEvent('in', { ...event, source: 'another' })).equal(undefined);
      should(await store.runOfEvent('another entry', event)).equal(undefined);
    });
  });

  describe('accepting events', () => {
    it('keeps the events and the cursor of the source together, also for the next process', async () => {
      const { store, again } = await open();
      await store.accept({ ...entry, events: [deal('A')], cursor: { source: 'in', value: { page: 2 } }, now: 1 });
      const { store: next } = await again();
      should(await next.cursor('in')).deepEqual({ page: 2 });
      ids(await claim(next)).should.deepEqual(['A']);
    });

    it('advances no cursor when an event of the page cannot be stored', async () => {
      const { store } = await open();
      await accept(store, deal('A'));
      const broken = { ...deal('B'), key: null as unknown as string };
      const cursor = { source: 'in', value: { page: 2 } };
      await store.accept({ ...entry, events: [deal('C'), broken], cursor, now: 1 }).should.be.rejected();
      should(await store.cursor('in')).equal(undefined);
      ids(await claim(store)).should.deepEqual(['A']);
    });

    it('advances the cursor over a page that held nothing new', async () => {
      const { store } = await open();
      await accept(store, deal('A'));
      const result = await store.accept({ ...entry, events: [deal('A')], cursor: { source: 'in', value: 7 }, now: 2 });
      result.should.deepEqual({ accepted: [], duplicates: 1 });
      should(await store.cursor('in')).equal(7);
    });

    it('makes one run of the same event told twice, in one page or in two', async () => {
      const { store } = await open();
      (await accept(store, deal('A'), deal('A'))).should.have.properties({ duplicates: 1 });
      const kept = await store.keptEvents('in', [deal('A'), deal('B'), { ...deal('A'), source: 'another' }]);
      kept.should.deepEqual([deal('A')]);
      (await store.keptEvents('another entry', [deal('A')])).should.deepEqual([]);
      (await store.keptEvents('in', [])).should.deepEqual([]);
      (await accept(store, deal('A'))).should.have.properties({ duplicates: 1 });
      ids(await claim(store)).should.deepEqual(['A']);
    });

    it('remembers an event that is long done: told again it does nothing', async () => {
      const { store } = await open();
      await accept(store, deal('A'));
      const run = await first(store);
      await store.done(run.id, run.token, 2);
      (await accept(store, deal('A'))).accepted.should.deepEqual([]);
    });

    it('makes a run for each entry node that hears the same event', async () => {
      const { store } = await open();
      await accept(store, deal('A'));
      (await store.accept({ ...entry, entry: 'other', events: [deal('A')], now: 1 })).accepted.should.have.length(1);
    });

    it('keeps text in any language as it was', async () => {
      const { store } = await open();
      const data = { name: 'Größe 変更 🏗 "quoted" \n\u0000' };
      await store.accept({ ...entry, events: [{ ...deal('A'), data }], now: 1 });
      should((await first(store)).event.data).deepEqual(data);
    });
  });

  describe('claiming runs', () => {
    it('takes the first of each business key only, and different keys side by side, in order of arrival', async () => {
      const { store } = await open();
      await accept(store, deal('A1', 'A'), deal('B1', 'B'), deal('A2', 'A'), deal('B2', 'B'), deal('C1', 'C'));
      ids(await claim(store)).should.deepEqual(['A1', 'B1', 'C1']);
      ids(await claim(store)).should.deepEqual([]);
    });

    it('takes the next of a key when the one before is done', async () => {
      const { store } = await open();
      await accept(store, deal('A1', 'A'), deal('A2', 'A'));
      const run = await first(store);
      await store.done(run.id, run.token, 2);
      ids(await claim(store)).should.deepEqual(['A2']);
    });

    it('holds a key back while its first run waits for another try', async () => {
      const { store } = await open();
      await accept(store, deal('A1', 'A'), deal('A2', 'A'));
      const run = await first(store);
      await store.retry(run.id, run.token, { failure, availableAt: 100 }, 2);
      ids(await claim(store, { now: 99 })).should.deepEqual([]);
      ids(await claim(store, { now: 100 })).should.deepEqual(['A1']);
    });

    it('goes on with a key whose first run is a dead letter', async () => {
      const { store } = await open();
      await accept(store, deal('A1', 'A'), deal('A2', 'A'));
      const run = await first(store);
      await store.park(run.id, run.token, { failure, node: 'erp' }, 2);
      ids(await claim(store)).should.deepEqual(['A2']);
    });

    it('does not run a replayed dead letter beside a later run of its key', async () => {
      const { store } = await open();
      await accept(store, deal('A1', 'A'), deal('A2', 'A'));
      const dead = await first(store);
      await store.park(dead.id, dead.token, { failure }, 2);
      const later = await first(store);
      later.event.id.should.equal('A2');
      await store.replay(dead.id, { actor: 'ana' }, 3);
      ids(await claim(store)).should.deepEqual([]);
      await store.done(later.id, later.token, 4);
      ids(await claim(store)).should.deepEqual(['A1']);
    });

    it('takes only what the flow has entry nodes for, and no more than asked', async () => {
      const { store } = await open();
      await accept(store, deal('A'), deal('B'), deal('C'));
      ids(await store.claim({ entries: ['gone'], limit: 5, now: 1, revision: '' })).should.deepEqual([]);
      ids(await store.claim({ entries: [], limit: 5, now: 1, revision: '' })).should.deepEqual([]);
      ids(await claim(store, { limit: 2 })).should.deepEqual(['A', 'B']);
      ids(await claim(store, { limit: 0 })).should.deepEqual([]);
    });

    it('takes no further one once the events of those taken have so much JSON, but always one', async () => {
      const { store } = await open();
      const large = (id: string) => ({ ...deal(id), data: { text: 'x'.repeat(10_000) } });
      await accept(store, deal('A'), large('B'), large('C'), deal('D'));
      const upTo = (length: number) => store.claim({ entries: ['in'], limit: 10, upTo: length, now: 10, revision: '' });
      const [a, b] = (await upTo(1_000)) as [Run, Run];
      ids([a, b]).should.deepEqual(['A', 'B']);
      should(a.eventLength).equal(JSON.stringify(a.event).length);
      should(b.eventLength).equal(JSON.stringify(b.event).length);
      ids(await upTo(1)).should.deepEqual(['C']);
      ids(await upTo(1)).should.deepEqual(['D']);
      should((await store.run(a.id))!.eventLength).equal(undefined);
    });

    it('gives each run to one claimer when several ask at once', async () => {
      const { store } = await open();
      await accept(store, ...[...'ABCDEFGH'].map((id) => deal(id)));
      const taken = await Promise.all([claim(store, { limit: 3 }), claim(store, { limit: 3 }), claim(store, { limit: 3 })]);
      ids(taken.flat()).sort().join('').should.equal('ABCDEFGH');
    });

    it('counts the delivery and remembers the flows it was delivered to', async () => {
      const { store } = await open();
      await accept(store, deal('A'));
      const run = await first(store);
      run.should.have.properties({ status: 'running', attempts: 1, token: 1, revision: 'r1' });
      should(await store.run(run.id)).have.properties({ status: 'running', attempts: 1, token: 1, revision: 'r1' });
    });

    it('tells when the next waiting run is due, of the entries asked for', async () => {
      const { store } = await open();
      await accept(store, deal('A'), deal('B'));
      for (const [index, run] of (await claim(store)).entries()) {
        await store.retry(run.id, run.token, { failure, availableAt: 500 - index * 100 }, 2);
      }
      should(await store.nextDue(['in'], 10)).equal(400);
      should(await store.nextDue(['in'], 400)).equal(500);
      should(await store.nextDue(['in'], 500)).equal(undefined);
      should(await store.nextDue(['gone'], 10)).equal(undefined);
      should(await store.nextDue([], 10)).equal(undefined);
    });
  });

  describe('ending deliveries', () => {
    it('refuses whatever a delivery that is over still says about its run', async () => {
      const { store } = await open();
      await accept(store, deal('A'));
      const old = await first(store);
      await store.release(old.id, old.token, 2);
      const now = await first(store);
      now.token.should.be.above(old.token);
      (await store.done(old.id, old.token, 3)).should.equal(false);
      (await store.retry(old.id, old.token, { failure, availableAt: 9 }, 3)).should.equal(false);
      (await store.park(old.id, old.token, { failure }, 3)).should.equal(false);
      (await store.release(old.id, old.token, 3)).should.equal(false);
      (await store.failedAttempts(old.id)).should.deepEqual([]);
      should(await store.run(old.id)).have.properties({ status: 'running', token: now.token });
      (await store.done(now.id, now.token, 4)).should.equal(true);
    });

    it('does not count a delivery that was given back', async () => {
      const { store } = await open();
      await accept(store, deal('A'));
      const run = await first(store);
      await store.release(run.id, run.token, 2);
      should(await store.run(run.id)).have.properties({ status: 'ready', attempts: 0 });
      (await first(store)).attempts.should.equal(1);
    });

    it('tells of many failed attempts the newest alone, if that is asked for', async () => {
      const { store } = await open();
      await accept(store, deal('A'));
      const run = await first(store);
      for (let n = 1, { token } = run; n <= 4; n++) {
        await store.retry(run.id, token, { failure, node: 'erp', availableAt: 5 }, 10 * n);
        [{ token }] = (await claim(store, { now: 5 })) as [Run];
      }
      const at = async (newest?: number) => (await store.failedAttempts(run.id, newest)).map((one) => one.at);
      (await at()).should.deepEqual([10, 20, 30, 40]);
      (await at(2)).should.deepEqual([30, 40]);
      (await at(9)).should.deepEqual([10, 20, 30, 40]);
    });

    it('keeps every failed attempt with its node, and forgets the last failure once the run is done', async () => {
      const { store } = await open();
      await accept(store, deal('A'));
      const run = await first(store);
      await store.retry(run.id, run.token, { failure, node: 'erp', availableAt: 5 }, 2);
      should(await store.run(run.id)).have.properties({ status: 'waiting', failedNode: 'erp', failure, availableAt: 5 });
      const [second] = await claim(store, { now: 5 });
      await store.done(second!.id, second!.token, 6);
      (await store.failedAttempts(run.id)).should.deepEqual([{ run: run.id, attempt: 1, node: 'erp', failure, at: 2 }]);
      const ended = (await store.run(run.id)) as Run;
      ended.status.should.equal('done');
      should(ended.failure).equal(undefined);
      should(ended.failedNode).equal(undefined);
    });

    it('makes the runs of a process that died ready for the next, which fences the dead one off', async () => {
      const { store, again } = await open();
      await accept(store, deal('A'), deal('B'));
      const run = await first(store);
      const { store: next, recovered } = await again(50);
      recovered.should.equal(1);
      should(await next.run(run.id)).have.properties({ status: 'ready', attempts: 1, availableAt: 50 });
      (await next.done(run.id, run.token, 51)).should.equal(false);
      ids(await claim(next, { now: 51 })).should.deepEqual(['A', 'B']);
    });
  });
}
