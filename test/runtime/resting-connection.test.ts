import 'should';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { entry, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

const crm = {
  id: 'crm',
  type: 'system-connection',
  system: 'salesforce',
  name: 'CRM',
  salesforceEnvironment: 'SALESFORCE',
  salesforceFlow: 'client-credentials',
  salesforceApiVersion: '66.0',
};
const flows = (): FlowNode[] => [
  tab(),
  policy({ maxAttempts: 3 }),
  crm,
  entry('upsert'),
  node('upsert', 'salesforce-upsert', [['sink']], {
    ...{ connection: 'crm', policy: 'policy', sobject: 'Account', externalIdField: 'Account_Code__c' },
    ...{ records: '{ "Account_Code__c": payload.id, "Name": "Client " & payload.id }', recordsType: 'jsonata' },
  }),
  sink(),
];
/** A source whose runs wait for a person, so that they pile up. */
const pilingUp = (): FlowNode[] => [
  tab(),
  policy(),
  crm,
  node('deals', 'salesforce-opportunity-in', [['boss']], {
    ...{ connection: 'crm', policy: 'policy', rule: 'won', stages: '', condition: '', intervalSeconds: 0.2, since: '2020-01-01' },
  }),
  node('boss', 'run-approval', [[], [], [], []], {
    ...{ title: 'topic', titleType: 'msg', details: '', detailsType: 'jsonata', autoApprove: '', autoApproveType: 'jsonata' },
    ...{ expiresAfterHours: 0, onExpiry: 'reject', escalateAfterHours: 0, severity: 'normal', policy: 'policy' },
  }),
];

describe('Node-RED and a system in trouble', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0 });
    live = await LiveNodeRed.start({ environment: connectionEnvironment(sandbox.access), settings: 'psConnect: { maxBacklog: 3 }' });
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const circuit = async () => (await live.get<{ circuit: { state: string } }[]>('/connections'))[0]!.circuit.state;

  it('the connection rests while the system is away, no run is given up, and all go on when it is back', async () => {
    await live.deploy(flows());
    sandbox.salesforce.faults.add({ kind: 'status', status: 503, body: {}, match: { path: 'sobjects' }, times: -1 });
    const ids = Array.from({ length: 8 }, (_, n) => `RC-${n}`);
    const began = performance.now();
    // it rests for 2, 4, 8 s and so on, and then one call tries the system
    const trials = () => Math.floor(Math.log2(1 + (performance.now() - began) / 2_000));
    for (const id of ids) live.receive('entry', { payload: { id } });
    await live.until(async () => (await circuit()) === 'open', 'the circuit opens');
    const asked = sandbox.salesforce.journal.entries.length;
    for (const id of ['RC-A', 'RC-B']) live.receive('entry', { payload: { id } });
    await live.until(async () => (await live.run('RC-B'))?.failure?.code === 'CIRCUIT_OPEN', 'further runs are turned away at once');
    const { attempts } = (await live.run('RC-B'))!;
    const tried = sandbox.salesforce.journal.entries.length - asked;
    attempts.should.be.belowOrEqual(trials());
    tried.should.be.belowOrEqual(1 + trials());
    sandbox.salesforce.faults.clear();
    for (const id of [...ids, 'RC-A', 'RC-B']) (await live.ended(id, 40)).status.should.equal('done');
    (await circuit()).should.equal('closed');
  });

  it('a connection is written to no more often than the policy allows', async () => {
    const perMinute = 300; // one in 200 ms
    await live.deploy(flows().map((one) => (one.id === 'policy' ? { ...one, writesPerMinute: perMinute } : one)));
    const before = sandbox.salesforce.journal.entries.length;
    const ids = Array.from({ length: 6 }, (_, n) => `RP-${n}`);
    for (const id of ids) live.receive('entry', { payload: { id } });
    for (const id of ids) (await live.ended(id)).status.should.equal('done');
    const times = sandbox.salesforce.journal.entries.slice(before).map(({ at }) => Date.parse(at));
    times.length.should.equal(ids.length);
    (times.at(-1)! - times[0]!).should.be.aboveOrEqual(((ids.length - 1) * 60_000) / perMinute - 50);
  });

  it('a source whose runs pile up stops reading, and reads on when some have ended', async () => {
    await live.deploy(pilingUp());
    const source = async () => (await live.get<{ sources: { backlog?: boolean; stored: number }[] }>('/overview')).sources[0];
    await live.until(async () => (await source())?.backlog === true, 'the source pauses');
    // a day begins elsewhere at another instant
    await live.says(/takes what changed from 2020-01-01T00:00:00Z on \(midnight UTC/);
    const stored = (await source())!.stored;
    stored.should.be.above(0);
    const waiting = async () => live.get<{ id: string; subject: string }[]>('/approvals?limit=500');
    await live.until(async () => (await waiting()).length >= 3, 'the runs wait');
    for (const { id } of await waiting()) await live.call(`/ps-connect/api/v1/approvals/${id}/approve`, { method: 'POST', body: {} });
    await live.until(async () => (await source())?.backlog === false, 'the source reads on');
  });
});
