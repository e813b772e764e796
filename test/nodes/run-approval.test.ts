import should from 'should';
import type { Approval } from '../../engine/store/approvals.ts';
import declaration from '../../nodes/run/approval/declaration.ts';
import type { NodeAtWork } from './node-at-work.ts';
import { nodeContract } from './node-contract.ts';

const deal = (id: string, more: object = {}) => ({ topic: `Deal ${id}`, payload: { id, amount: 500, ...more } });

async function asked(at: NodeAtWork): Promise<Approval> {
  await at.shows(/^waiting for a person: 1$/, 'yellow');
  const [run] = at.red.seen.runs;
  return (await at.red.ask<Approval[]>('/approvals')).find((approval) => approval.run === run)!;
}
const decide = (at: NodeAtWork, { id }: Approval, act: 'approve' | 'reject') =>
  at.red.ask(`/approvals/${id}/${act}`, { reason: 'as seen' });

nodeContract(
  declaration,
  {
    takes: () => deal('A-1'),
    refuses: [
      {
        what: 'a message that gives it no title',
        message: { payload: { id: 'A-2' } },
        field: 'title',
        says: /title of the approval is not a text/,
        german: /Titel der Freigabe ist kein Text/,
      },
      {
        what: 'a message whose asker is no name',
        message: deal('A-3', { by: { id: 7 } }),
        fields: { requestedBy: 'payload.by' },
        field: 'requestedBy',
        says: /Who asks for the approval/,
        german: /^Wer die Freigabe beantragt, ist kein Name/,
      },
    ],
    async behaves(at) {
      at.receive();
      const { title, details, severity, requestedBy, expiresAt } = (await asked(at)) as Approval & { expiresAt?: number };
      return { title, details, severity, requestedBy, expiresAt };
    },
  },
  (at) => {
    for (const [act, output] of [
      ['approve', 1],
      ['reject', 2],
    ] as const) {
      it(`sends what a person has chosen to ${act} to output ${output}, with who and why, and to no other`, async () => {
        await at.deploy();
        at.receive(deal('A-4'));
        await decide(at, await asked(at), act);
        await at.red.ended();
        [1, 2, 3, 4].filter((one) => at.out(one).length > 0).should.deepEqual([output]);
        should(at.out(output)[0]).match({ payload: { id: 'A-4' }, approval: { title: 'Deal A-4', reason: 'as seen' } });
      });
    }

    it('refuses a name that is too long to be kept whole: cut, it would be nobody’s, and who asks could approve', async () => {
      await at.deploy({ requestedBy: 'payload.by' });
      at.receive(deal('A-7', { by: `${'x'.repeat(300)}@firm.example` }));
      const [run] = await at.red.ended();
      should(run).match({ status: 'dead', failure: { code: 'INPUT_WRONG', field: 'requestedBy' } });
    });

    it('says of a title that it goes on, where it is too long to be shown', async () => {
      await at.deploy();
      at.receive({ ...deal('A-8'), topic: `Deal ${'y'.repeat(400)}` });
      (await asked(at)).title.should.match(/^Deal y{294}…$/);
    });

    it('approves by its rule what needs no person', async () => {
      await at.deploy({ autoApprove: 'payload.amount < 1000' });
      at.receive(deal('A-5'));
      await at.red.ended();
      at.out(1).should.have.length(1);
    });

    it('sends what nobody has decided in time to the third output', async () => {
      await at.deploy({ expiresAfterHours: 0.3 / 3600 });
      at.receive(deal('A-6'));
      await at.red.ended();
      [1, 2, 3].map((output) => at.out(output).length).should.deepEqual([0, 0, 1]);
    });

    it('alerts at the fourth output when it has waited too long, and waits on', async () => {
      await at.deploy({ escalateAfterHours: 0.3 / 3600 });
      at.receive(deal('A-7'));
      await at.red.until(() => at.out(4).length === 1, 'it alerts');
      should(at.out(4)[0]).containEql({ topic: 'Deal A-7' });
      at.out(1).concat(at.out(2), at.out(3)).should.be.empty();
    });
  },
);
