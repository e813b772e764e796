import 'should';
import should from 'should';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { createdTwice } from '../../scripts/start/read-books.ts';
import { startPostgres, type TestDatabase } from '../engine/embedded-postgres.ts';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

const leaseMs = 5_000;
/** Longer than anything else takes here, however busy the machine is: what waits for it does not come to its end. */
const endlessLeaseMs = 120_000;

/** An account is written, and a second one when this Node-RED is not held any more: it is stopped in between. */
const flows = (): FlowNode[] => [
  tab(),
  policy(),
  policy({ id: 'slow', writesPerMinute: 240 }), // one in 250 ms
  {
    id: 'crm',
    type: 'system-connection',
    name: 'CRM',
    system: 'salesforce',
    salesforceEnvironment: 'SALESFORCE',
    salesforceFlow: 'client-credentials',
  },
  entry('first'),
  account('first', 'payload.id', 'pause'),
  func('pause', 'const goOn = () => (global.get("held") ? setTimeout(goOn, 20) : (node.send(msg), node.done())); goOn();', [['second']]),
  func('hold', 'global.set("held", msg.payload);', [[]]),
  account('second', 'payload.id & "-B"', 'boss'),
  node('boss', 'run-approval', [['sink'], [], [], []], {
    ...{ title: 'payload.id', titleType: 'msg', details: '', detailsType: 'jsonata', severity: 'normal', policy: 'policy' },
    ...{
      autoApprove: '$not(payload.ask = true)',
      autoApproveType: 'jsonata',
      expiresAfterHours: 0,
      onExpiry: 'reject',
      escalateAfterHours: 0,
    },
  }),
  sink(),
  entry('slowly', { id: 'slow-entry', policy: 'slow' }),
  account('slowly', 'payload.id', 'sink'),
  node('deals', 'salesforce-opportunity-in', [['sink']], {
    ...{ connection: 'crm', policy: 'policy', rule: 'won', stages: '', condition: '', intervalSeconds: 0.3, since: '2020-01-01' },
  }),
];
function account(id: string, code: string, next: string): FlowNode {
  return node(id, 'salesforce-upsert', [[next]], {
    ...{ connection: 'crm', policy: 'policy', sobject: 'Account', externalIdField: 'Account_Code__c' },
    ...{ records: `{ "Account_Code__c": ${code}, "Name": "Client " & ${code} }`, recordsType: 'jsonata' },
  });
}

describe('Two Node-REDs on one PostgreSQL', function () {
  this.timeout(90_000);
  let sandbox: Sandbox;
  let database: TestDatabase;
  let nodeReds: LiveNodeRed[] = [];
  let schemas = 0;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0 });
    database = await startPostgres();
  });
  const begin = async (leaseMs: number) => {
    const environment = {
      ...connectionEnvironment(sandbox.access),
      PSCONNECT_STORE: database.url,
      PSCONNECT_SCHEMA: `runtime_${++schemas}`,
      PSCONNECT_LEASEMS: String(leaseMs),
    };
    nodeReds = await Promise.all([1, 2].map(() => LiveNodeRed.start({ environment, flows: flows() })));
    for (const one of nodeReds) await ready(one);
  };
  afterEach(async () => {
    for (const one of nodeReds) await one.end();
  });
  after(async () => {
    await database?.remove();
    await sandbox?.stop();
  });

  const ready = (one: LiveNodeRed) =>
    one.until(async () => (await one.get<{ ready: boolean }>('/overview').catch(() => undefined))?.ready === true, 'it is ready');
  const accounts = (id: string) =>
    sandbox.salesforce.journal.entries.filter(({ outcome, key }) => outcome === 'created' && key?.startsWith(id)).map(({ key }) => key);
  /** A run is under way in the one of the two that was given its message, between its two writes. */
  const underWay = async (id: string, at: LiveNodeRed) => {
    at.receive('hold', { payload: true });
    at.receive('entry', { payload: { id } });
    await at.until(() => accounts(id).length === 1, `${id} is under way`);
  };
  const goOn = (at: LiveNodeRed) => at.receive('hold', { payload: false });
  const throughOnce = async (id: string, asked: LiveNodeRed) => {
    (await asked.ended(id, 40)).status.should.equal('done');
    accounts(id).should.deepEqual([id, `${id}-B`]);
  };

  it('the run of one that is stopped goes on in the other at once, without waiting for a lease', async () => {
    await begin(endlessLeaseMs);
    const [one, other] = nodeReds as [LiveNodeRed, LiveNodeRed];
    await underWay('SH-1', one);
    await Promise.all([one.stop('SIGTERM'), throughOnce('SH-1', other)]);
    const [left] = await database.query(`SELECT count(*)::int AS count FROM runtime_${schemas}.instances`);
    should(left).deepEqual({ count: 1 });
  });

  it('the run of one that is killed goes on in the other when its lease is over', async () => {
    await begin(leaseMs);
    const [one, other] = nodeReds as [LiveNodeRed, LiveNodeRed];
    await underWay('SH-2', one);
    const killed = Date.now();
    await one.stop('SIGKILL');
    await throughOnce('SH-2', other);
    (Date.now() - killed).should.be.below(20_000); // the next look by itself would be then
  });

  it('one that is frozen past its lease writes nothing when it thaws, and takes part again', async () => {
    await begin(leaseMs);
    const [one, other] = nodeReds as [LiveNodeRed, LiveNodeRed];
    await underWay('SH-3', one);
    one.signal('SIGSTOP');
    await throughOnce('SH-3', other);
    one.signal('SIGCONT');
    goOn(one);
    await other.stop('SIGTERM');
    await underWay('SH-3X', one);
    goOn(one);
    await throughOnce('SH-3X', one);
    accounts('SH-3').should.deepEqual(['SH-3', 'SH-3-B', 'SH-3X', 'SH-3X-B']);
  });

  it('a source is read by one of them, and by the other when that one is gone; each event is one run', async () => {
    await begin(leaseMs);
    const read = async (one: LiveNodeRed) => (await one.get<{ sources: { stored: number; readAt?: number }[] }>('/overview')).sources[0]!;
    const [one] = nodeReds as [LiveNodeRed, LiveNodeRed];
    await one.until(async () => (await Promise.all(nodeReds.map(read))).some(({ readAt }) => readAt !== undefined), 'one reads');
    const states = await Promise.all(nodeReds.map(read));
    const reader = states.findIndex(({ stored }) => stored > 0);
    states.filter(({ stored }) => stored > 0).length.should.equal(1);
    const heir = nodeReds[1 - reader]!;
    await nodeReds[reader]!.stop('SIGKILL');
    await heir.until(async () => (await read(heir)).readAt !== undefined, 'the other reads');
    const twice = await database.query(
      `SELECT event_id FROM runtime_${schemas}.runs WHERE entry = 'deals' GROUP BY event_id HAVING count(*) > 1`,
    );
    twice.should.deepEqual([]);
  });

  it('a decision made at one wakes the run wherever it goes on', async () => {
    await begin(leaseMs);
    const [one, other] = nodeReds as [LiveNodeRed, LiveNodeRed];
    one.receive('entry', { payload: { id: 'SH-5', ask: true } });
    let id = '';
    await other.until(async () => {
      id = (await other.get<{ id: string; subject: string }[]>('/approvals')).find(({ subject }) => subject === 'SH-5')?.id ?? '';
      return id !== '' && (await other.run('SH-5'))?.status === 'waiting';
    }, 'it is asked for');
    (await other.call(`/ps-connect/api/v1/approvals/${id}/approve`, { method: 'POST', body: {} })).status.should.equal(200);
    (await one.ended('SH-5')).status.should.equal('done');
    one.sunk
      .concat(other.sunk)
      .filter(({ payload }) => (payload as { id?: string } | null)?.id === 'SH-5')
      .length.should.equal(1);
  });

  it('both go on by themselves after the database was away, and say meanwhile what is wrong', async () => {
    await begin(leaseMs);
    const [one, other] = nodeReds as [LiveNodeRed, LiveNodeRed];
    await underWay('SH-6', one);
    await database.stop();
    goOn(one);
    const trouble = async (each: LiveNodeRed) => (await each.get<{ trouble: { code: string } | null }>('/overview')).trouble?.code;
    for (const each of nodeReds) await each.until(async () => (await trouble(each)) === 'STORE_UNREACHABLE', 'it says so');
    await database.start();
    for (const each of nodeReds) await ready(each);
    await throughOnce('SH-6', other);
  });

  it('a connection is written to by both together no more often than the policy allows', async () => {
    await begin(leaseMs);
    for (const one of nodeReds) {
      await one.until(async () => (await one.get<{ instances: number }>('/overview')).instances === 2, 'each knows of the other');
    }
    const ids = Array.from({ length: 12 }, (_, n) => `SH-7${n}`);
    ids.forEach((id, n) => nodeReds[n % 2]!.receive('slow-entry', { payload: { id } }));
    for (const [n, id] of ids.entries()) (await nodeReds[n % 2]!.ended(id, 40)).status.should.equal('done');
    const times = sandbox.salesforce.journal.entries
      .filter(({ outcome, key }) => outcome === 'created' && key?.startsWith('SH-7'))
      .map(({ at }) => Date.parse(at));
    times.length.should.equal(ids.length);
    // each begins at once, and nobody knows how the runs fall to the two
    (times.at(-1)! - times[0]!).should.be.aboveOrEqual((ids.length / 2 - 1) * 500 - 100);
  });

  after(() => createdTwice(sandbox.salesforce.journal.entries).should.deepEqual([]));
});
