import 'should';
import should from 'should';
import type { Effect } from '../../engine/store/effects.ts';
import type { Words } from '../../model/failure-sentence.ts';
import type { Run } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import { actions, claim, claimedRun, failure, noAnswer } from './claimed-run.ts';
import { deal } from './sample-events.ts';
import type { OpenStore } from './open-store.ts';

/** Writes to systems, and doubts that a person settles. */
export function effectsContract(open: OpenStore): void {
  const underWay = async () => {
    const { store, again } = await open();
    await store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events: [deal('A')], now: 1 });
    const [run] = (await store.claim({ entries: ['in'], limit: 1, now: 1, revision: '' })) as [Run];
    const intent = {
      key: 'k1',
      run: run.id,
      node: 'erp',
      business: 'job A',
      title: 'Project A in the ERP',
      system: 'netsuite',
      settle: 'probe' as const,
      request: { name: 'A' },
    };
    return { store, again, run, intent };
  };
  const only = async (store: Store, run: string) => (await store.effects(run))[0] as Effect;

  describe('effects', () => {
    it('commits the intent before the call, so that a crash leaves it in sight', async () => {
      const { store, again, run, intent } = await underWay();
      should(await store.intend(intent, run.token, 5)).equal(undefined);
      const { store: next } = await again();
      (await only(next, run.id)).should.have.properties({ status: 'intended', attempts: 1, intendedAt: 5, request: { name: 'A' } });
    });

    it('is called in English, and in the words of every other language where it has some', async () => {
      const { store, again, run, intent } = await underWay();
      const titleWords: Words = { key: 'WRITE.in', params: [['record', { key: 'RECORD.project', params: [['code', 'A']] }]] };
      await store.intend({ ...intent, titleWords }, run.token, 5);
      await store.intend({ ...intent, key: 'k2', title: 'Said by the flow' }, run.token, 6);
      const { store: next } = await again();
      const [first, second] = await next.effects(run.id);
      should(first).have.properties({ title: 'Project A in the ERP', titleWords });
      should(second).have.property('title', 'Said by the flow').and.not.have.property('titleWords');
    });

    it('answers the stored result of a write that was made, and keeps it made', async () => {
      const { store, run, intent } = await underWay();
      await store.intend(intent, run.token, 5);
      await store.finishEffect('k1', { status: 'done', result: { id: '77' } }, 6);
      should(await store.intend({ ...intent, request: { name: 'other' } }, run.token, 7)).have.properties({
        status: 'done',
        result: { id: '77' },
      });
      await store.finishEffect('k1', { status: 'in-doubt' }, 8);
      (await only(store, run.id)).should.have.properties({ status: 'done', result: { id: '77' }, attempts: 1, finishedAt: 6 });
    });

    it('says in the journal once that a write was made, however often it is told', async () => {
      const { store, run, intent } = await underWay();
      await store.intend(intent, run.token, 5);
      await store.finishEffect('k1', { status: 'done', result: 1 }, 6);
      await store.finishEffect('k1', { status: 'done', result: 1 }, 7);
      await store.finishEffect('k1', { status: 'rejected' }, 8);
      const lines = await store.journal({ subject: run.id, limit: 10 });
      lines.map((line) => line.action).should.deepEqual(['effect.done']);
    });

    for (const status of ['rejected', 'not-made'] as const) {
      it(`intends a write anew that was ${status}, with what is sent now`, async () => {
        const { store, run, intent } = await underWay();
        await store.intend(intent, run.token, 5);
        await store.finishEffect('k1', { status, failure: { class: 'business.rejected', code: 'X', message: 'x' } }, 6);
        should(await store.intend({ ...intent, request: { name: 'B' } }, run.token, 7)).have.properties({ status });
        const effect = await only(store, run.id);
        effect.should.have.properties({ status: 'intended', attempts: 2, intendedAt: 7, request: { name: 'B' } });
        should(effect.failure).equal(undefined);
        should(effect.finishedAt).equal(undefined);
      });
    }

    it('leaves a doubt a doubt until somebody settles it', async () => {
      const { store, run, intent } = await underWay();
      await store.intend(intent, run.token, 5);
      should(await store.intend(intent, run.token, 6)).have.properties({ status: 'intended' });
      await store.finishEffect('k1', { status: 'in-doubt', failure: { class: 'transient.timeout', code: 'T', message: 't' } }, 7);
      (await store.effectsInDoubt(10)).map((effect) => effect.business).should.deepEqual(['job A']);
      should(await store.intend(intent, run.token, 8)).have.properties({ status: 'in-doubt' });
      (await only(store, run.id)).should.have.properties({ status: 'in-doubt', attempts: 1 });
      await store.finishEffect('k1', { status: 'done', result: { id: '1' }, found: true }, 9);
      (await store.effectsInDoubt(10)).should.deepEqual([]);
      (await only(store, run.id)).should.have.properties({ status: 'done', found: true });
    });

    it('intends again a write that was looked up and not found: the doubt begins anew with this send', async () => {
      const { store, run, intent } = await underWay();
      await store.intend(intent, run.token, 5);
      await store.finishEffect('k1', { status: 'in-doubt', failure: { class: 'transient.timeout', code: 'T', message: 't' } }, 6);
      await store.intendAgain('k1', run.id, run.token, 100, { sentBefore: true, absent: false, request: { name: 'B' } });
      const effect = await only(store, run.id);
      // the run may have been edited since: what is kept is what is sent
      effect.should.have.properties({ status: 'intended', attempts: 2, intendedAt: 100, request: { name: 'B' } });
      should(effect.finishedAt).equal(undefined);
    });

    it('notes that what is to be written was not there before; that counts until the write is intended from the start', async () => {
      const { store, run, intent } = await underWay();
      await store.intend(intent, run.token, 5);
      await store.intendAgain('k1', run.id, run.token, 6, { ...intent, sentBefore: false, absent: true });
      (await only(store, run.id)).should.have.properties({ status: 'intended', attempts: 1, intendedAt: 6, absentBefore: true });
      await store.intendAgain('k1', run.id, run.token, 7, { ...intent, sentBefore: true, absent: false });
      (await only(store, run.id)).should.have.properties({ attempts: 2, absentBefore: true });
      await store.finishEffect('k1', { status: 'not-made', failure: { class: 'auth.expired', code: 'A', message: 'a' } }, 8);
      await store.intend(intent, run.token, 9);
      should((await only(store, run.id)).absentBefore).equal(undefined);
    });

    it('refuses the writes of a delivery that is over', async () => {
      const { store, run, intent } = await underWay();
      await store.intend(intent, run.token, 5);
      await store.release(run.id, run.token, 6);
      await store.intend({ ...intent, key: 'k2' }, run.token, 7).should.be.rejectedWith({ code: 'RUN_TAKEN_OVER' });
      await store
        .intendAgain('k1', run.id, run.token, 7, { ...intent, sentBefore: true, absent: false })
        .should.be.rejectedWith({ code: 'RUN_TAKEN_OVER' });
      const [next] = (await store.claim({ entries: ['in'], limit: 1, now: 8, revision: '' })) as [Run];
      await store.intend({ ...intent, key: 'k2' }, run.token, 9).should.be.rejectedWith({ code: 'RUN_TAKEN_OVER' });
      should(await store.intend({ ...intent, key: 'k2' }, next.token, 9)).equal(undefined);
    });

    it('records what became of a write even when its delivery is over: it happened', async () => {
      const { store, run, intent } = await underWay();
      await store.intend(intent, run.token, 5);
      await store.release(run.id, run.token, 6);
      await store.finishEffect('k1', { status: 'done', result: { id: '9' } }, 7);
      (await only(store, run.id)).should.have.properties({ status: 'done', result: { id: '9' } });
    });

    it('leaves the other writes of a group alone when one of them is refused', async () => {
      const { store, run, intent } = await underWay();
      const results = await Promise.allSettled([
        store.intend({ ...intent, key: 'k1' }, run.token, 5),
        store.intend({ ...intent, key: 'k2' }, run.token + 7, 5),
        store.intend({ ...intent, key: 'k3' }, run.token, 5),
        store.note({ actor: 'ana', action: 'looked', subject: 'x', detail: {} }, 5),
      ]);
      results.map((result) => result.status).should.deepEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
      (await store.effects(run.id))
        .map((effect) => effect.key)
        .sort()
        .should.deepEqual(['k1', 'k3']);
    });
  });

  describe('doubts that a person settles', () => {
    const intent = (run: Run) => ({
      key: 'k1',
      run: run.id,
      node: 'erp',
      business: 'job A',
      title: 'A',
      system: 'erp',
      settle: 'person' as const,
      request: {},
    });
    const doubted = async () => {
      const { store, run } = await claimedRun(open);
      await store.intend(intent(run), run.token, 11);
      await store.finishEffect('k1', { status: 'in-doubt', failure: noAnswer }, 12);
      return { store, run };
    };

    it('let a waiting run go on at once, with the result the person gives', async () => {
      const { store, run } = await doubted();
      await store.retry(run.id, run.token, { failure: noAnswer, availableAt: 9_000 }, 13);
      const settled = await store.settleEffect('k1', { made: true, result: { id: '77' }, actor: 'ana', reason: 'seen it' }, 20);
      should(settled).have.properties({ status: 'done' });
      should(settled!.result).deepEqual({ id: '77' });
      const [again] = (await claim(store, 20)) as [Run];
      should(await store.intend(intent(again), again.token, 21)).have.properties({ status: 'done' });
      (await actions(store, run)).should.containEql('effect.settled');
    });

    it('let a dead letter that only the doubt stopped go on, and the write be sent again', async () => {
      const { store, run } = await doubted();
      await store.park(run.id, run.token, { failure: noAnswer }, 13);
      should(await store.settleEffect('k1', { made: false, actor: 'ana' }, 20)).have.properties({ status: 'not-made' });
      (await claim(store, 20)).should.have.length(1);
    });

    it('leave a dead letter that something else stopped to its person', async () => {
      const { store, run } = await doubted();
      await store.park(run.id, run.token, { failure }, 13);
      await store.settleEffect('k1', { made: true, actor: 'ana' }, 20);
      (await store.run(run.id))!.status.should.equal('dead');
    });

    it('are refused while the run is under way, and when nobody doubts', async () => {
      const { store, run } = await doubted();
      should(await store.settleEffect('k1', { made: true, actor: 'ana' }, 20)).equal(undefined);
      await store.park(run.id, run.token, { failure: noAnswer }, 21);
      should(await store.settleEffect('k1', { made: true, actor: 'ana' }, 22)).be.ok();
      should(await store.settleEffect('k1', { made: false, actor: 'bob' }, 23)).equal(undefined);
      should(await store.settleEffect('nothing', { made: false, actor: 'bob' }, 24)).equal(undefined);
    });
  });
}
