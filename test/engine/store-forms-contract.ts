import 'should';
import should from 'should';
import type { Run } from '../../engine/store/runs.ts';
import type { Store } from '../../engine/store.ts';
import { deal } from './sample-events.ts';
import type { OpenStore } from './store-contract.ts';

const failure = { class: 'business.rejected', code: 'CLOSED', message: 'Closed.' } as const;
const noAnswer = { class: 'transient.timeout', code: 'NO_ANSWER', message: 'No answer.' } as const;

/** Runs that wait for a person, are settled by one, are undone, or come before others. */
export function formsContract(open: OpenStore): void {
  const claim = (store: Store, now = 10, limit = 10) => store.claim({ entries: ['in'], limit, now, revision: '' });
  const accept = (store: Store, id: string, severity: Run['severity'] = 'normal', key = id) =>
    store.accept({ entry: 'in', flow: 'tab', severity, events: [deal(id, key)], now: 1 });
  const running = async () => {
    const { store, again } = await open();
    await accept(store, 'A');
    const [run] = (await claim(store)) as [Run];
    return { store, run, again };
  };
  const question = (run: Run, more: object = {}) => ({
    run: run.id,
    node: 'boss',
    title: 'Discount of 30 %',
    details: { amount: '1000.00' },
    severity: 'high' as const,
    ...more,
  });
  const actions = async (store: Store, run: Run) => (await store.journal({ subject: run.id, limit: 50 })).map((line) => line.action);

  describe('what stands open', () => {
    it('is counted by place and cause: all of it, and nothing that has ended', async () => {
      const { store } = await open();
      for (let n = 0; n < 7; n++) await accept(store, `A${n}`);
      const [asks, retried, dead, alsoDead, elsewhere, done] = (await claim(store)) as [Run, Run, Run, Run, Run, Run];
      await store.suspend(asks.id, asks.token, { reason: 'the boss\u0000', node: 'boss' }, 20);
      await store.requestApproval(question(dead), dead.token, 20);
      await store.retry(retried.id, retried.token, { failure: noAnswer, node: 'erp', availableAt: 9_000 }, 20);
      for (const run of [dead, alsoDead]) await store.park(run.id, run.token, { failure, node: 'erp' }, 20);
      await store.park(elsewhere.id, elsewhere.token, { failure: noAnswer }, 20);
      await store.done(done.id, done.token, 20);
      const standing = (await store.standing()).sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
      standing.should.deepEqual([
        { status: 'dead', flow: 'tab', class: noAnswer.class, runs: 1 },
        { status: 'dead', flow: 'tab', node: 'erp', class: failure.class, runs: 2 },
        { status: 'waiting', flow: 'tab', node: 'boss', runs: 1 },
        { status: 'waiting', flow: 'tab', node: 'erp', class: noAnswer.class, runs: 1 },
      ]);
      (await store.openFigures()).should.deepEqual({ approvals: 1, effectsInDoubt: 0, oldestOpenAt: 1 });
    });

    it('is nothing when nothing is open', async () => {
      const { store } = await open();
      (await store.standing()).should.deepEqual([]);
      (await store.openFigures()).should.deepEqual({ approvals: 0, effectsInDoubt: 0 });
    });
  });

  describe('runs that wait', () => {
    it('wait without a failure, uncounted, over a restart, until their moment', async () => {
      const { store, run, again } = await running();
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
      const { store, run } = await running();
      await store.suspend(run.id, run.token, { reason: 'the boss' }, 20);
      (await store.hasten(['transient.unavailable', 'auth.denied'], 30)).should.equal(0);
      (await claim(store, 1_000_000_000)).should.have.length(0);
      (await store.rouse(run.id, 40)).should.equal(true);
      (await claim(store, 40)).should.have.length(1);
    });

    it('do not wait for what came while they were under way', async () => {
      const { store, run } = await running();
      (await store.rouse(run.id, 15)).should.equal(true);
      await store.suspend(run.id, run.token, { reason: 'the boss' }, 20);
      const [due] = (await claim(store, 20)) as [Run];
      await store.suspend(due.id, due.token, { reason: 'the boss' }, 30);
      (await claim(store, 1_000_000)).should.have.length(0);
    });

    it('keep later runs of their key back, and no others', async () => {
      const { store, run } = await running();
      await accept(store, 'A2', 'normal', 'A');
      await accept(store, 'B');
      await store.suspend(run.id, run.token, { reason: 'the boss' }, 20);
      (await claim(store, 30)).map((next) => next.event.id).should.deepEqual(['B']);
    });

    it('are suspended only by the delivery that is under way', async () => {
      const { store, run } = await running();
      await store.release(run.id, run.token, 15);
      (await store.suspend(run.id, run.token, { reason: 'the boss' }, 20)).should.equal(false);
      (await store.run(run.id))!.status.should.equal('ready');
    });
  });

  describe('approvals', () => {
    it('are asked once for a run and node, however often it is delivered', async () => {
      const { store, run } = await running();
      const asked = await store.requestApproval(question(run, { expiresAt: 900 }), run.token, 20);
      asked.should.have.properties({ status: 'open', title: 'Discount of 30 %', requestedAt: 20, expiresAt: 900 });
      (await store.requestApproval(question(run, { title: 'another' }), run.token, 25)).should.deepEqual(asked);
      should(await store.approvalOf(run.id, 'boss')).deepEqual(asked);
      (await store.approvals({ status: 'open', limit: 5 })).should.deepEqual([asked]);
      (await actions(store, run)).should.deepEqual(['approval.requested']);
    });

    it('are not asked for by a delivery that is over', async () => {
      const { store, run } = await running();
      await store.release(run.id, run.token, 15);
      await store.requestApproval(question(run), run.token, 20).should.be.rejectedWith({ code: 'RUN_TAKEN_OVER' });
    });

    it('are decided once, by one person, with the reason, and rouse the run', async () => {
      const { store, run } = await running();
      const { id } = await store.requestApproval(question(run), run.token, 20);
      await store.suspend(run.id, run.token, { reason: 'the boss' }, 30);
      should(await store.decideApproval(id, { status: 'approved', actor: 'ana', reason: 'old client' }, 40)).have.properties({
        status: 'approved',
        decidedBy: 'ana',
        reason: 'old client',
        decidedAt: 40,
      });
      should(await store.decideApproval(id, { status: 'rejected', actor: 'bob' }, 41)).equal(undefined);
      (await store.approval(id))!.should.have.properties({ status: 'approved', decidedBy: 'ana' });
      (await claim(store, 40)).should.have.length(1);
      (await actions(store, run)).should.deepEqual(['approval.requested', 'approval.approved']);
    });

    it('are not decided after their time, nor when their run has ended', async () => {
      const { store, run } = await running();
      const { id } = await store.requestApproval(question(run, { expiresAt: 100 }), run.token, 20);
      await store.suspend(run.id, run.token, { reason: 'the boss' }, 30);
      should(await store.decideApproval(id, { status: 'approved', actor: 'ana' }, 100)).equal(undefined);
      await store.cancel(run.id, { actor: 'ana' }, 50);
      should(await store.decideApproval(id, { status: 'approved', actor: 'ana' }, 60)).equal(undefined);
      (await store.approvals({ status: 'open', limit: 5 })).should.deepEqual([]);
    });

    it('are approved by nobody for whom they are asked, whatever the case of the name; who asked may take it back', async () => {
      const { store, run, again } = await running();
      const { id } = await store.requestApproval(question(run, { requestedBy: ['Rob.Hall@firm.example', 'rhall'] }), run.token, 20);
      const { store: later } = await again(30);
      for (const names of [['RHALL'], ['robert', ' rob.hall@FIRM.example ']]) {
        await later
          .decideApproval(id, { status: 'approved', actor: names[0]!, names }, 40)
          .should.be.rejectedWith({ code: 'APPROVAL_OWN', class: 'business.rejected' });
      }
      (await later.approval(id))!.should.have.properties({ status: 'open', requestedBy: ['Rob.Hall@firm.example', 'rhall'] });
      (await actions(later, run)).should.deepEqual(['approval.requested']);
      should(await later.decideApproval(id, { status: 'rejected', actor: 'rhall', names: ['rhall'] }, 41)).have.property(
        'status',
        'rejected',
      );
    });

    it('are approved by who has only a similar name, or where nobody signs in', async () => {
      for (const decision of [{ actor: 'rhal', names: ['rhal'] }, { actor: 'anonymous' }]) {
        const { store, run } = await running();
        const { id } = await store.requestApproval(question(run, { requestedBy: ['rhall', 'anonymous'] }), run.token, 20);
        should(await store.decideApproval(id, { status: 'approved', ...decision }, 40)).have.property('status', 'approved');
      }
    });

    it('are asked anew when the data is changed, and not approved by who has changed it, not even in the same moment', async () => {
      const { store, run } = await running();
      const { id } = await store.requestApproval(question(run), run.token, 20);
      await store.park(run.id, run.token, { failure }, 30);
      await store.replay(run.id, { actor: 'ana' }, 40); // as it was: the question stands
      const [same] = (await claim(store, 41)) as [Run];
      (await store.requestApproval(question(same), same.token, 42)).id.should.equal(id);
      should(await store.decideApproval(id, { status: 'approved', actor: 'ana', names: ['ana'] }, 43)).have.property('status', 'approved');
      await store.park(same.id, same.token, { failure }, 44);
      await store.replay(same.id, { actor: 'Rob', data: { amount: '1.00' } }, 50);
      should(await store.approvalOf(run.id, 'boss')).equal(undefined);
      const [edited] = (await claim(store, 51)) as [Run];
      const asked = await store.requestApproval(question(edited, { title: 'Discount of 99 %' }), edited.token, 52);
      asked.should.have.properties({ status: 'open', title: 'Discount of 99 %' });
      await store
        .decideApproval(asked.id, { status: 'approved', actor: 'rob', names: ['rob'] }, 53)
        .should.be.rejectedWith({ code: 'APPROVAL_OWN' });
      await store.park(edited.id, edited.token, { failure }, 54);
      const [, own] = await Promise.allSettled([
        store.replay(run.id, { actor: 'eve', data: { amount: '2.00' } }, 60),
        store.decideApproval(asked.id, { status: 'approved', actor: 'eve', names: ['eve'] }, 60),
      ]);
      should((own as { value?: unknown }).value).equal(undefined);
      const [last] = (await claim(store, 61)) as [Run];
      const open = await store.requestApproval(question(last), last.token, 62);
      await store
        .decideApproval(open.id, { status: 'approved', actor: 'eve', names: ['eve'] }, 63)
        .should.be.rejectedWith({ code: 'APPROVAL_OWN' });
      should(await store.decideApproval(open.id, { status: 'approved', actor: 'ana', names: ['ana'] }, 64)).have.property(
        'status',
        'approved',
      );
    });

    it('expire once, and only when their time is over', async () => {
      const { store, run } = await running();
      const { id } = await store.requestApproval(question(run, { expiresAt: 100 }), run.token, 20);
      (await store.expireApproval(id, 'expired', 99))!.status.should.equal('open');
      (await store.expireApproval(id, 'expired', 100))!.should.have.properties({ status: 'expired', decidedBy: 'expiry' });
      (await store.expireApproval(id, 'approved', 101))!.status.should.equal('expired');
    });

    it('that a rule decides wait for nobody', async () => {
      const { store, run } = await running();
      const approval = await store.requestApproval(question(run, { rule: 'approved' }), run.token, 20);
      approval.should.have.properties({ status: 'approved', decidedBy: 'rule' });
    });

    it('that expired unanswered are asked again, with the whole time, when the dead letter is replayed', async () => {
      const { store, run } = await running();
      const { id } = await store.requestApproval(question(run, { expiresAt: 120, escalateAt: 70 }), run.token, 20);
      await store.escalateApproval(id, 70);
      await store.park(run.id, run.token, { failure }, 130);
      await store.replay(run.id, { actor: 'ana' }, 500);
      const again = (await store.approval(id))!;
      again.should.have.properties({ status: 'open', requestedAt: 500, expiresAt: 600, escalateAt: 550 });
      should(again.escalatedAt).equal(undefined);
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
      const { store, run } = await running();
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

  describe('runs that are undone', () => {
    it('are delivered again to be undone, keep why they failed, and end as cancelled', async () => {
      const { store, run } = await running();
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
      const { store, run } = await running();
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
      const { store, run } = await running();
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
      const { store, run } = await running();
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
