import 'should';
import should from 'should';
import type { Run } from '../../engine/store/runs.ts';
import { actions, claim, claimedRun, failure, question } from './claimed-run.ts';
import type { OpenStore } from './open-store.ts';

/** Questions that runs put to persons. */
export function approvalsContract(open: OpenStore): void {
  describe('approvals', () => {
    it('are asked once for a run and node, however often it is delivered', async () => {
      const { store, run } = await claimedRun(open);
      const asked = await store.requestApproval(question(run, { expiresAt: 900 }), run.token, 20);
      asked.should.have.properties({ status: 'open', title: 'Discount of 30 %', requestedAt: 20, expiresAt: 900 });
      (await store.requestApproval(question(run, { title: 'another' }), run.token, 25)).should.deepEqual(asked);
      should(await store.approvalOf(run.id, 'boss')).deepEqual(asked);
      (await store.approvals({ status: 'open', limit: 5 })).should.deepEqual([asked]);
      (await actions(store, run)).should.deepEqual(['approval.requested']);
    });

    it('are listed page by page, each once, also where several were asked at one moment', async () => {
      const { store, run } = await claimedRun(open);
      const asked: string[] = [];
      for (let n = 0; n < 7; n++) {
        const one = await store.requestApproval(question(run, { node: `n${n}`, title: `${n}` }), run.token, n < 4 ? 20 : 30);
        asked.push(one.title);
      }
      const read = async (filter: { status?: 'open'; run?: string }) => {
        const titles: string[] = [];
        for (let after: string | undefined; ;) {
          const page = await store.approvals({ ...filter, ...(after === undefined ? {} : { after }), limit: 3 });
          titles.push(...page.map(({ title }) => title));
          if (page.length < 3) return titles;
          after = page.at(-1)!.id;
        }
      };
      (await read({ status: 'open' })).should.deepEqual(asked);
      (await read({ run: run.id })).should.deepEqual(asked);
      (await read({})).should.deepEqual(asked.toReversed());
    });

    it('are found by when they were asked, or told to the next one up', async () => {
      const { store, run } = await claimedRun(open);
      const ids: string[] = [];
      for (const at of [20, 30, 40]) ids.push((await store.requestApproval(question(run, { node: `at ${at}` }), run.token, at)).id);
      await store.escalateApproval(ids[0]!, 50);
      const found = async (movedFrom: number) => (await store.approvals({ status: 'open', movedFrom, limit: 5 })).map(({ id }) => id);
      (await found(20)).should.deepEqual(ids);
      (await found(31)).should.deepEqual([ids[0], ids[2]]);
      (await found(50)).should.deepEqual([ids[0]]);
      (await found(51)).should.be.empty();
    });

    it('are not asked for by a delivery that is over', async () => {
      const { store, run } = await claimedRun(open);
      await store.release(run.id, run.token, 15);
      await store.requestApproval(question(run), run.token, 20).should.be.rejectedWith({ code: 'RUN_TAKEN_OVER' });
    });

    it('are decided once, by one person, with the reason, and rouse the run', async () => {
      const { store, run } = await claimedRun(open);
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
      const { store, run } = await claimedRun(open);
      const { id } = await store.requestApproval(question(run, { expiresAt: 100 }), run.token, 20);
      await store.suspend(run.id, run.token, { reason: 'the boss' }, 30);
      should(await store.decideApproval(id, { status: 'approved', actor: 'ana' }, 100)).equal(undefined);
      await store.cancel(run.id, { actor: 'ana' }, 50);
      should(await store.decideApproval(id, { status: 'approved', actor: 'ana' }, 60)).equal(undefined);
      (await store.approvals({ status: 'open', limit: 5 })).should.deepEqual([]);
    });

    it('are approved by nobody for whom they are asked, whatever the case of the name; who asked may take it back', async () => {
      const { store, run, again } = await claimedRun(open);
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
        const { store, run } = await claimedRun(open);
        const { id } = await store.requestApproval(question(run, { requestedBy: ['rhall', 'anonymous'] }), run.token, 20);
        should(await store.decideApproval(id, { status: 'approved', ...decision }, 40)).have.property('status', 'approved');
      }
    });

    it('are asked anew when the data is changed, and not approved by who has changed it, not even in the same moment', async () => {
      const { store, run } = await claimedRun(open);
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
      const anew = await store.requestApproval(question(last), last.token, 62);
      await store
        .decideApproval(anew.id, { status: 'approved', actor: 'eve', names: ['eve'] }, 63)
        .should.be.rejectedWith({ code: 'APPROVAL_OWN' });
      should(await store.decideApproval(anew.id, { status: 'approved', actor: 'ana', names: ['ana'] }, 64)).have.property(
        'status',
        'approved',
      );
    });

    it('expire once, and only when their time is over', async () => {
      const { store, run } = await claimedRun(open);
      const { id } = await store.requestApproval(question(run, { expiresAt: 100 }), run.token, 20);
      (await store.expireApproval(id, 'expired', 99))!.status.should.equal('open');
      (await store.expireApproval(id, 'expired', 100))!.should.have.properties({ status: 'expired', decidedBy: 'expiry' });
      (await store.expireApproval(id, 'approved', 101))!.status.should.equal('expired');
    });

    it('that a rule decides wait for nobody', async () => {
      const { store, run } = await claimedRun(open);
      const approval = await store.requestApproval(question(run, { rule: 'approved' }), run.token, 20);
      approval.should.have.properties({ status: 'approved', decidedBy: 'rule' });
    });

    it('that expired unanswered are asked again, with the whole time, when the dead letter is replayed', async () => {
      const { store, run } = await claimedRun(open);
      const { id } = await store.requestApproval(question(run, { expiresAt: 120, escalateAt: 70 }), run.token, 20);
      await store.escalateApproval(id, 70);
      await store.park(run.id, run.token, { failure }, 130);
      await store.replay(run.id, { actor: 'ana' }, 500);
      const again = (await store.approval(id))!;
      again.should.have.properties({ status: 'open', requestedAt: 500, expiresAt: 600, escalateAt: 550 });
      should(again.escalatedAt).equal(undefined);
    });
  });
}
