import 'should';
import { signedRight } from '../../runtime/approval-links/link.ts';
import { entry, node, policy, sink, tab } from './flow-parts.ts';
import type { FlowNode } from './live-node-red.ts';
import { templateAtWork } from './template-at-work.ts';

interface Told {
  id: string;
  type: string;
  data: { link: string; title: string; approver: string };
}

describe('The template flow "Approvals by message"', function () {
  this.timeout(180_000);
  const at = templateAtWork('approvals-by-message.json', { APPROVALS_SECRET: 'a secret of the test, long enough to be one' });
  const receiver = () => at.sandbox['event-receiver'];
  const told = () => Object.values((receiver().state as unknown as { events: Record<string, Told> }).events);
  const flows = (): FlowNode[] => [
    ...at.flow.map((one) => (one.type === 'run-approval-in' ? { ...one, intervalSeconds: 0.2, address: at.live.editor } : one)),
    ...[tab(), policy(), entry('boss'), sink('approved'), sink('rejected')],
    node('boss', 'run-approval', [['approved'], ['rejected'], [], []], {
      ...{ title: 'topic', titleType: 'msg', details: 'payload', detailsType: 'msg', policy: 'policy' },
    }),
  ];

  it('asks each question once, though Node-RED is killed just as it is asked and answers are lost, and takes the answer of the link', async () => {
    const { live } = at;
    await live.deploy(flows());
    receiver().faults.add([{ kind: 'dropAfter', match: { method: 'POST', bodyContains: 'K-2' } }]);
    const kills = 4;
    for (let n = 1; n <= kills; n++) {
      live.receive('entry', { payload: { id: `K-${n}` }, topic: `K-${n}` });
      // killed when it has just been asked, a little later each time: before the look, in it, while it is told
      await live.until(async () => (await live.get<unknown[]>('/approvals')).length === n, 'it is asked');
      for (let turn = 0; turn < n - 1; turn++) await live.get('/overview');
      await live.stop('SIGKILL');
      await live.restart();
    }
    await live.until(() => told().length === kills, 'all are told');
    const created = receiver()
      .journal.entries.filter(({ outcome }) => outcome === 'created')
      .map(({ id }) => id);
    created.should.have.length(kills);
    new Set(created).size.should.equal(kills);
    for (const { data, type } of told()) {
      type.should.equal('com.psconnect.approval.asked');
      data.approver.should.equal('head.of.delivery@firm.example');
      const decided = await fetch(data.link, { method: 'POST', body: new URLSearchParams({ decision: 'approved' }) });
      decided.status.should.equal(200);
    }
    await live.until(async () => (await live.get<unknown[]>('/approvals')).length === 0, 'none is open');
    // whoever may look at runs is not to answer by what was sent
    for (const { id } of await live.get<{ id: string }[]>('/runs?limit=100')) {
      const seen = JSON.stringify(await live.get(`/runs/${id}`));
      for (const { data } of told()) seen.should.not.containEql(data.link.slice(-43));
    }
    await live.until(() => live.sunk.length === kills, 'all go on');
  });

  it('ends its links with another secret', async () => {
    const { live } = at;
    const link = told()[0]!.data.link;
    const root = link.slice(0, link.lastIndexOf('/') + 1);
    const right = { node: 'psc-as-in', approval: 'x', requestedAt: 1, until: Date.now() + 1e6, approver: 'eve' };
    (await fetch(root + signedRight(right, 'another secret, as long as the first one is'))).status.should.equal(404);
    await live.deploy([...at.flow.filter(({ type }) => type !== 'run-approval-in'), tab()]);
    (await fetch(link)).status.should.equal(404);
  });
});
