import 'should';
import should from 'should';
import type { Approval } from '../../engine/store/approvals.ts';
import { entry, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

type Asked = Approval & { subject?: string };

/** A deal goes through the approval to one of four sinks. */
const flows = (more: object = {}, mark = ''): FlowNode[] => [
  tab(),
  policy(),
  entry('boss'),
  node('boss', 'run-approval', [['approved'], ['rejected'], ['expired'], ['escalated']], {
    ...{
      title: '"Deal " & payload.id',
      titleType: 'jsonata',
      details: '{ "amount": payload.amount, "email": "jana@firm.example" }',
      detailsType: 'jsonata',
    },
    ...{ autoApprove: 'payload.amount < 100', autoApproveType: 'jsonata', expiresAfterHours: 0, onExpiry: 'reject', escalateAfterHours: 0 },
    ...{ severity: 'high', policy: 'policy', ...more },
  }),
  ...['approved', 'rejected', 'expired', 'escalated'].map((id) => sink(id, { mark })),
];
const seconds = (count: number) => count / 3600;

describe('An approval in a flow', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;

  before(async () => {
    live = await LiveNodeRed.start();
  });
  beforeEach(async () => {
    live.sunk = [];
    await live.deploy(flows());
  });
  after(() => live?.end());

  const open = async (subject: string) => (await live.get<Asked[]>('/approvals')).find((approval) => approval.subject === subject);
  const ask = async (id: string, amount = 500): Promise<Asked> => {
    live.receive('entry', { payload: { id, amount }, topic: id });
    let found: Asked | undefined;
    await live.until(
      async () => (found = await open(id)) !== undefined && (await live.run(id))?.status === 'waiting',
      `${id} is asked for`,
    );
    return found as Asked;
  };
  const decide = (approval: Asked, act: 'approve' | 'reject', reason?: string) =>
    live.call(`/ps-connect/api/v1/approvals/${approval.id}/${act}`, { method: 'POST', body: { reason } });
  const arrived = (id: string) => live.sunk.filter((one) => (one.payload as { id?: string }).id === id).map((one) => one.sink);

  it('lets the run go on when a person approves, and says who and why in the journal', async () => {
    const approval = await ask('AP-1');
    approval.should.have.properties({ title: 'Deal AP-1', severity: 'high', status: 'open' });
    should(approval.details).deepEqual({ amount: 500, email: '•••' });
    (await decide(approval, 'approve', 'old client')).status.should.equal(200);
    const run = await live.ended('AP-1');
    run.should.have.properties({ status: 'done', attempts: 1 });
    arrived('AP-1').should.deepEqual(['approved']);
    const lines = await live.get<{ action: string; detail: { reason?: string } }[]>(`/journal?subject=${run.id}`);
    lines.find((line) => line.action === 'approval.approved')!.detail.reason!.should.equal('old client');
  });

  it('goes the way of the rejected when a person rejects, and cannot be decided twice', async () => {
    const approval = await ask('AP-2');
    (await decide(approval, 'reject')).status.should.equal(200);
    (await live.ended('AP-2')).status.should.equal('done');
    arrived('AP-2').should.deepEqual(['rejected']);
    const again = await decide(approval, 'approve');
    again.status.should.equal(409);
    ((await again.json()) as { message: string }).message.should.match(/^This was rejected already by \w+ at /);
    const nobody = await decide({ ...approval, id: 'nothing' }, 'approve');
    nobody.status.should.equal(404);
  });

  it('asks nobody when the rule approves', async () => {
    live.receive('entry', { payload: { id: 'AP-3', amount: 99 } });
    (await live.ended('AP-3')).status.should.equal('done');
    arrived('AP-3').should.deepEqual(['approved']);
    should(await open('AP-3')).equal(undefined);
  });

  it('waits over a deploy and a kill, and is asked once', async () => {
    const approval = await ask('AP-4');
    await live.deploy(flows({}, 'changed'), 'full');
    await live.stop('SIGKILL');
    await live.restart();
    await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'the pack is ready');
    (await live.get<Asked[]>(`/approvals?run=${approval.run}`)).map((one) => one.id).should.deepEqual([approval.id]);
    (await decide(approval, 'approve')).status.should.equal(200);
    (await live.ended('AP-4')).should.have.properties({ status: 'done', attempts: 1 });
    arrived('AP-4').should.deepEqual(['approved']);
  });

  it('is escalated outside the run, and then expires', async () => {
    await live.deploy(flows({ escalateAfterHours: seconds(0.3), expiresAfterHours: seconds(1) }));
    live.receive('entry', { payload: { id: 'AP-5', amount: 500 } });
    (await live.ended('AP-5')).status.should.equal('done');
    live.sunk.map((one) => one.sink).should.deepEqual(['escalated', 'expired']);
    const [alert] = live.sunk;
    should(alert!.run).equal(undefined);
    (alert!.payload as Asked).title.should.equal('Deal AP-5');
  });

  it('leaves at rejected when nothing is wired to expired, and parks when the node says so', async () => {
    const unwired = flows({ expiresAfterHours: seconds(0.3) }).map((one) =>
      one.id === 'boss' ? { ...one, wires: [['approved'], ['rejected'], [], []] } : one,
    );
    await live.deploy(unwired);
    live.receive('entry', { payload: { id: 'AP-6', amount: 500 } });
    (await live.ended('AP-6')).status.should.equal('done');
    arrived('AP-6').should.deepEqual(['rejected']);
    await live.deploy(flows({ expiresAfterHours: seconds(0.3), onExpiry: 'park' }));
    live.receive('entry', { payload: { id: 'AP-7', amount: 500 } });
    const dead = await live.ended('AP-7');
    dead.status.should.equal('dead');
    dead.failure!.code.should.equal('APPROVAL_EXPIRED');
  });

  it('fails with the reason when its title is no text', async () => {
    await live.deploy(flows({ title: 'payload.nothing' }));
    live.receive('entry', { payload: { id: 'AP-8', amount: 500 } });
    const dead = await live.ended('AP-8');
    dead.failure!.should.have.properties({ code: 'INPUT_WRONG', field: 'title' });
  });
});
