import 'should';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

const flows: FlowNode[] = [
  tab(),
  policy(),
  entry('boss', { preset: 'custom', contract: 'none', expression: 'payload.bad ? $error("no such client") : payload' }),
  node('boss', 'run-approval', [['approved'], ['approved'], [], []], {
    ...{
      title: '"Deal " & payload.id',
      titleType: 'jsonata',
      details: '',
      detailsType: 'jsonata',
      autoApprove: '',
      autoApproveType: 'jsonata',
    },
    ...{ expiresAfterHours: 0, onExpiry: 'reject', escalateAfterHours: 0, severity: 'normal' },
  }),
  sink('approved'),
  node('letters', 'dead-letter', [[]], { reason: '', emit: 'flow' }),
  node('watch', 'status', [['words']], { scope: ['entry', 'boss', 'letters'] }),
  func('words', 'return { payload: { node: msg.status.source.id, text: msg.status.text, fill: msg.status.fill } };', [['shown']]),
  sink('shown'),
];

interface Shown {
  node: string;
  text: string;
  fill: string;
}

describe('The status under a node', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;

  before(async () => {
    live = await LiveNodeRed.start();
    await live.deploy(flows);
  });
  after(() => live?.end());

  const now = (node: string) =>
    live.sunk
      .filter((one) => one.sink === 'shown')
      .map((one) => one.payload as Shown)
      .findLast((shown) => shown.node === node);
  const shows = (node: string, text: RegExp, fill: string) =>
    live.until(
      () => text.test(now(node)?.text ?? '') && now(node)?.fill === fill,
      () => `${node} shows ${text}, not ${JSON.stringify(now(node))}`,
    );
  const act = (path: string) => live.call(`/ps-connect/api/v1${path}`, { method: 'POST', body: { reason: 'test' } });

  it('counts the dead letters that are open there, and falls when a person has dealt with one', async () => {
    for (const id of ['ST-1', 'ST-2']) live.receive('entry', { payload: { id, bad: true } });
    await live.ended('ST-1');
    await live.ended('ST-2');
    await shows('entry', /^dead letters: 2$/, 'red');
    await shows('letters', /^dead letters: 2$/, 'red');
    await act(`/dead-letters/${(await live.run('ST-1'))!.id}/discard`);
    await shows('entry', /^dead letters: 1$/, 'red');
    await shows('letters', /^dead letters: 1$/, 'red');
  });

  it('counts the runs that wait for a person, and not those that were decided', async () => {
    for (const id of ['ST-3', 'ST-4']) live.receive('entry', { payload: { id } });
    await shows('boss', /^waiting for a person: 2$/, 'yellow');
    const [first] = await live.get<{ id: string }[]>('/approvals');
    await act(`/approvals/${first!.id}/approve`);
    await shows('boss', /^waiting for a person: 1$/, 'yellow');
  });

  it('is the same after a deploy', async () => {
    live.sunk = [];
    await live.deploy(flows);
    await shows('entry', /^dead letters: 1$/, 'red');
    await shows('letters', /^dead letters: 1$/, 'red');
    await shows('boss', /^waiting for a person: 1$/, 'yellow');
  });

  it('is ready again when nothing is open', async () => {
    await act(`/dead-letters/${(await live.run('ST-2'))!.id}/discard`);
    const [last] = await live.get<{ id: string }[]>('/approvals');
    await act(`/approvals/${last!.id}/approve`);
    for (const id of ['entry', 'letters', 'boss']) await shows(id, /^ready$/, 'green');
  });
});
