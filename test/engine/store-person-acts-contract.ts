import 'should';
import should from 'should';
import type { Run } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import { deal } from './sample-events.ts';
import type { OpenStore } from './open-store.ts';

const failure = { class: 'mapping.missing', code: 'NO_ENTITY', message: 'No legal entity.' } as const;

/** What a person can do with runs; each act is in the journal. */
export function personActsContract(open: OpenStore): void {
  const claim = (store: Store) => store.claim({ entries: ['in'], limit: 10, now: 10, revision: '' });
  const running = async () => {
    const { store } = await open();
    await store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events: [deal('A')], now: 1 });
    const [run] = (await claim(store)) as [Run];
    return { store, run };
  };
  const dead = async () => {
    const { store, run } = await running();
    await store.park(run.id, run.token, { failure, node: 'erp' }, 2);
    return { store, run };
  };
  const acts = async (store: Store, run: Run) =>
    (await store.journal({ subject: run.id, limit: 10 })).map(({ actor, action, detail }) => ({ actor, action, detail }));

  describe('acts of a person', () => {
    it('replays a dead letter with the event as edited; effects made stay made', async () => {
      const { store, run } = await running();
      const intent = {
        key: 'k1',
        run: run.id,
        node: 'erp',
        business: 'job A',
        title: 'A',
        system: 'erp',
        settle: 'probe' as const,
        request: {},
      };
      await store.intend(intent, run.token, 2);
      await store.finishEffect('k1', { status: 'done', result: { id: '1' } }, 3);
      await store.park(run.id, run.token, { failure, node: 'erp' }, 4);
      (await store.replay(run.id, { actor: 'ana', reason: 'entity added', data: { code: 'A', legalEntity: 'DE01' } }, 5)).should.equal(
        true,
      );
      const [again] = (await claim(store)) as [Run];
      should(again.event.data).deepEqual({ code: 'A', legalEntity: 'DE01' });
      again.event.id.should.equal('A');
      again.attempts.should.equal(1);
      should(again.failure).equal(undefined);
      again.token.should.be.above(run.token);
      (await store.effects(run.id))[0]!.status.should.equal('done');
      (await store.failedAttempts(run.id)).should.have.length(1);
      (await acts(store, run))
        .at(-1)!
        .should.deepEqual({ actor: 'ana', action: 'run.replayed', detail: { reason: 'entity added', edited: true } });
    });

    it('replays a dead letter as it was when nothing is edited', async () => {
      const { store, run } = await dead();
      await store.replay(run.id, { actor: 'ana' }, 5);
      (await claim(store))[0]!.event.should.deepEqual(deal('A'));
      should((await acts(store, run)).at(-1)!.detail).deepEqual({ reason: null, edited: false });
    });

    it('discards a dead letter for good', async () => {
      const { store, run } = await dead();
      (await store.discard(run.id, { actor: 'ana', reason: 'test deal' }, 5)).should.equal(true);
      should(await store.run(run.id)).have.properties({ status: 'cancelled', failedNode: 'erp' });
      (await store.discard(run.id, { actor: 'ana' }, 6)).should.equal(false);
      (await store.replay(run.id, { actor: 'ana' }, 6)).should.equal(false);
      (await acts(store, run)).map((act) => act.action).should.deepEqual(['run.dead', 'run.discarded']);
    });

    it('cancels a run that waits, and lets the next of its key go', async () => {
      const { store, run } = await running();
      await store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events: [deal('A2', 'A')], now: 1 });
      await store.retry(run.id, run.token, { failure, availableAt: 1_000 }, 2);
      (await claim(store)).should.have.length(0);
      (await store.cancel(run.id, { actor: 'ana', reason: 'deal withdrawn' }, 3)).should.equal(true);
      (await claim(store)).map((next) => next.event.id).should.deepEqual(['A2']);
      (await acts(store, run)).should.deepEqual([{ actor: 'ana', action: 'run.cancelled', detail: { reason: 'deal withdrawn' } }]);
    });

    it('cancels a run that is under way: the delivery may say and write nothing more, what it has sent is recorded', async () => {
      const { store, run } = await running();
      const write = { run: run.id, node: 'erp', title: 'Project', system: 'erp', settle: 'probe' as const, request: {} };
      await store.intend({ ...write, key: 'k1', business: 'job A' }, run.token, 2);
      (await store.cancel(run.id, { actor: 'ana' }, 3)).should.equal(true);
      (await store.cancel(run.id, { actor: 'ana' }, 3)).should.equal(false);
      (await store.done(run.id, run.token, 4)).should.equal(false);
      (await store.park(run.id, run.token, { failure }, 4)).should.equal(false);
      await store.intend({ ...write, key: 'k2', business: 'job B' }, run.token, 4).should.be.rejectedWith({ code: 'RUN_TAKEN_OVER' });
      await store.finishEffect('k1', { status: 'done', result: { id: '7' } }, 5);
      (await store.effects(run.id)).map(({ key, status }) => `${key} ${status}`).should.deepEqual(['k1 done']);
      should(await store.run(run.id)).have.properties({ status: 'cancelled' });
    });

    it('touches no run that is not in the state the act is for', async () => {
      const { store, run } = await running();
      (await store.replay(run.id, { actor: 'ana' }, 3)).should.equal(false);
      (await store.discard(run.id, { actor: 'ana' }, 3)).should.equal(false);
      (await store.cancel('nobody', { actor: 'ana' }, 3)).should.equal(false);
      (await acts(store, run)).should.deepEqual([]);
      (await store.done(run.id, run.token, 4)).should.equal(true);
    });
  });
}
