import should from 'should';
import type { Alert, AlertProblem } from '../../nodes/business/alert/alert.ts';
import { entry, func, policy, tab } from './flow-parts.ts';
import type { FlowNode } from './live-node-red.ts';
import { templateAtWork } from './template-at-work.ts';

interface Told {
  id: string;
  type: string;
  data: Alert;
}

describe('The template flow "Alerts"', function () {
  this.timeout(180_000);
  const at = templateAtWork('alerts.json');
  const receiver = () => at.sandbox['event-receiver'];
  const told = (type: string) =>
    Object.values((receiver().state as unknown as { events: Record<string, Told> }).events).filter((event) => event.type === type);
  const alerts = () => told('com.psconnect.alert.raised');
  const problems = (of: Told[] = alerts()): AlertProblem[] => of.flatMap(({ data }) => data.problems);

  const kills = 4;
  /** Each kind of message breaks at a node of its own. */
  const broken = Array.from({ length: kills + 1 }, (_none, n) => `broken-${n}`);
  const flows = (): FlowNode[] => [
    // looks all the time, and lets nothing stand for long
    ...at.flow.map((one) => (one.type === 'business-alert' ? { ...one, intervalSeconds: 0.2, escalateMinutes: 0.05 } : one)),
    ...[tab(), policy(), entry('which')],
    func(
      'which',
      'return Array.from({ length: 5 }, (_, n) => (n === msg.payload.at ? msg : null));',
      broken.map((id) => [id]),
    ),
    ...broken.map((id) => func(id, 'throw new Error("it breaks");', [])),
  ];
  const dead = async () => (await at.live.get<{ runs: Record<string, number> }>('/overview')).runs['dead'];

  it('tells a storm of dead letters in a handful of messages, and what stands as an escalation', async () => {
    const { live } = at;
    await live.deploy(flows());
    for (let n = 0; n < 500; n++) live.receive('entry', { payload: { code: `S-${n}`, at: 0 } });
    await live.until(async () => (await dead()) === 500, 'all of them are dead letters');
    await live.until(() => told('com.psconnect.escalation.raised').length > 0, 'it has gone up');
    alerts().length.should.be.within(1, 4); // the first, and each time there are ten times as many
    const [first] = alerts();
    first!.data.should.match({ level: 'alert', severity: 'normal', more: 0 });
    problems()[0]!.should.match({
      what: 'new',
      status: 'dead',
      flow: { id: 'tab', name: 'tab' },
      node: { id: 'broken-0' },
      class: 'internal',
    });
    const up = problems(told('com.psconnect.escalation.raised'));
    up[0]!.should.match({ what: 'escalated', runs: 500, steps: 1 });
    up[0]!.examples.should.have.length(3);
  });

  it('tells each cause once, though Node-RED is killed just as it is there and answers are lost', async () => {
    const { live } = at;
    receiver().faults.add([{ kind: 'dropAfter', match: { method: 'POST', bodyContains: 'broken-2' } }]);
    for (let n = 1; n <= kills; n++) {
      live.receive('entry', { payload: { code: `K-${n}`, at: n } });
      // killed when the dead letter has just come to be, a little later each time: before the look, in it, while it is told
      await live.until(async () => (await dead())! >= 500 + n, 'it is a dead letter');
      for (let turn = 0; turn < n - 1; turn++) await live.get('/overview');
      await live.stop('SIGKILL');
      await live.restart();
    }
    await live.until(() => broken.every((id) => problems().some(({ node }) => node?.id === id)), 'all are told');
    for (const id of broken.slice(1))
      problems()
        .filter(({ node, what }) => node?.id === id && what === 'new')
        .should.have.length(1);
    const created = receiver()
      .journal.entries.filter(({ outcome }) => outcome === 'created')
      .map(({ id }) => id);
    new Set(created).size.should.equal(created.length);
    should(await dead()).equal(500 + kills);
  });
});
