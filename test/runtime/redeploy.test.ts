import 'should';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { createdTwice } from '../../scripts/start/read-books.ts';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

const count = 12;

/**
 * Accounts are written to the CRM, one after another slowly enough that a deploy comes in between; the last run is held up until the deploy
 * has been, so that it does however slow the machine is.
 */
const flows = (mark: string): FlowNode[] => [
  tab(),
  tab('elsewhere'),
  policy(),
  {
    id: 'crm',
    type: 'system-connection',
    name: 'CRM',
    system: 'salesforce',
    salesforceEnvironment: 'SALESFORCE',
    salesforceFlow: 'client-credentials',
  },
  entry('before'),
  func(
    'before',
    `const isHeld = () => global.get('held') && msg.payload.id.endsWith('-${count - 1}');
    const goOn = () => (isHeld() ? setTimeout(goOn, 20) : (node.send({ payload: msg.payload, mark: '${mark}' }), node.done()));
    setTimeout(goOn, 10);`,
    [['upsert']],
  ),
  node('upsert', 'salesforce-upsert', [['rate']], {
    connection: 'crm',
    policy: 'policy',
    sobject: 'Account',
    externalIdField: 'Account_Code__c',
    records: '{ "Account_Code__c": payload.id, "Name": "Client " & payload.id }',
    recordsType: 'jsonata',
  }),
  node('rate', 'delay', [['second']], {
    ...{ pauseType: 'rate', timeout: '5', timeoutUnits: 'seconds', rate: '40', nbRateUnits: '1', rateUnits: 'second' },
    ...{ randomFirst: '1', randomLast: '5', randomUnits: 'seconds', drop: false, allowrate: false, outputs: 1 },
  }),
  func('second', 'msg.payload = { id: msg.payload.id + "-B" }; return msg;', [['upsert-b']]),
  node('upsert-b', 'salesforce-upsert', [['sink']], {
    connection: 'crm',
    policy: 'policy',
    sobject: 'Account',
    externalIdField: 'Account_Code__c',
    records: '{ "Account_Code__c": payload.id, "Name": "Second " & payload.id }',
    recordsType: 'jsonata',
  }),
  sink(),
  func('hold', 'global.set("held", msg.payload);', [[]], { z: 'elsewhere' }),
  func('bystander', `return msg; // ${mark}`, [[]], { z: 'elsewhere' }),
];

describe('A redeploy or stop in the middle of runs loses nothing and writes nothing twice', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;
  let round = 0;
  let ids: string[];

  before(async () => {
    sandbox = await startSandbox({ basePort: 0, empty: true });
    live = await LiveNodeRed.start({ environment: connectionEnvironment(sandbox.access) });
  });
  beforeEach(async () => {
    round++;
    ids = Array.from({ length: count }, (_, n) => `R${round}-${n}`);
    await live.deploy(flows(`first of ${round}`));
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const written = () =>
    sandbox.salesforce.journal.entries
      .filter((line) => line.outcome === 'created' && line.type === 'Account')
      .map((line) => String(line.key))
      .filter((key) => key.startsWith(`R${round}-`));

  const begin = async () => {
    live.receive('hold', { payload: true });
    for (const id of ids) live.receive('entry', { payload: { id } });
    await live.until(() => written().length >= 4, 'some accounts are written');
    written().length.should.be.below(2 * count);
  };

  const allEnded = async () => {
    live.receive('hold', { payload: false });
    for (const id of ids) (await live.ended(id)).status.should.equal('done');
    written()
      .sort()
      .should.deepEqual(ids.flatMap((id) => [id, `${id}-B`]).sort());
    createdTwice(sandbox.salesforce.journal.entries).should.deepEqual([]);
    const runs = await live.get<unknown[]>('/runs?limit=500');
    runs.length.should.equal(round * count);
    (await live.get<unknown[]>('/effects')).should.deepEqual([]);
    (await live.get<{ whole: boolean }>('/journal/verification')).whole.should.equal(true);
  };

  it('by a full deploy', async () => {
    await begin();
    await live.deploy(flows(`second of ${round}`), 'full');
    await allEnded();
    const runs = await Promise.all(ids.map((id) => live.run(id)));
    runs.some((run) => run!.token > 1).should.equal(true, 'the deploy came in the middle of some run');
  });

  it('by a deploy of the flows that changed', async () => {
    await begin();
    await live.deploy(flows(`second of ${round}`), 'flows');
    await allEnded();
  });

  it('by a deploy of the nodes that changed', async () => {
    await begin();
    await live.deploy(flows(`second of ${round}`), 'nodes');
    await allEnded();
  });

  it('by several deploys one right after the other', async () => {
    await begin();
    for (const [n, type] of (['nodes', 'full', 'flows', 'full'] as const).entries())
      await live.deploy(flows(`again ${n} of ${round}`), type);
    await allEnded();
  });

  it('by a deploy that changes only another flow: these runs are not disturbed', async () => {
    await begin();
    const changed = flows(`first of ${round}`).map((one) => (one.id === 'bystander' ? { ...one, func: 'return null;' } : one));
    await live.deploy(changed, 'nodes');
    await allEnded();
    for (const id of ids) (await live.run(id))!.should.have.properties({ attempts: 1, token: 1 });
  });

  it('by SIGTERM and a start', async () => {
    await begin();
    await live.stop('SIGTERM');
    await live.restart();
    await live.until(async () => (await live.get<{ ready: boolean }>('/overview')).ready, 'the pack is ready');
    await allEnded();
    for (const id of ids) (await live.run(id))!.attempts.should.equal(1, 'a stop is no failed attempt');
  });

  it('and a deploy is not counted as an attempt', async () => {
    await begin();
    for (let n = 0; n < 3; n++) await live.deploy(flows(`again ${n} of ${round}`), 'full');
    await allEnded();
    for (const id of ids) (await live.run(id))!.attempts.should.equal(1);
  });
});
