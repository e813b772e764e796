import 'should';
import should from 'should';
import { upToDate } from '../../declarations/migrations/up-to-date.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { sampleEngagement } from '../model/sample-engagement.ts';
import { filledIn } from '../nodes/connections-of.ts';
import { entry, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

/** An ERP record, then a person is asked, then a PSA record. */
const steps = (): FlowNode[] => [
  tab(),
  policy(),
  entry('customer'),
  node('customer', 'erp-customer', [['boss']], { connection: 'erp', policy: 'policy' }),
  node('boss', 'run-approval', [['workspace'], [], [], []], { title: 'topic', titleType: 'msg', policy: 'policy' }),
  node('workspace', 'psa-project', [['sink']], { connection: 'psa', policy: 'policy' }),
  sink(),
];

/** What the editor makes of the nodes of an earlier version. */
const upgraded = (nodes: FlowNode[]): FlowNode[] =>
  nodes.map((one) => {
    const { type, config } = upToDate({ type: one.type, config: one, credentials: {} });
    return { ...config, type } as FlowNode;
  });

describe('Flows with the connections of the first version', function () {
  this.timeout(90_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;
  let flows: FlowNode[];

  const secretOf = (type: string) => filledIn(type, sandbox)!.credentials;
  before(async () => {
    sandbox = await startSandbox({ basePort: 0 });
    flows = [
      ...steps(),
      {
        id: 'erp',
        type: 'erp-connection',
        name: 'ERP',
        system: 'netsuite',
        environment: '',
        ...filledIn('erp-connection', sandbox)!.fields,
      },
      { id: 'psa', type: 'psa-connection', name: 'PSA', system: 'kantata', ...filledIn('psa-connection', sandbox)!.fields },
      // nobody uses it, and it is switched off: Node-RED never makes it
      { id: 'off', type: 'psa-connection', name: 'Off', d: true, ...filledIn('psa-connection', sandbox)!.fields },
    ];
    live = await LiveNodeRed.start({
      flows,
      credentials: { erp: secretOf('erp-connection'), psa: secretOf('psa-connection'), off: secretOf('psa-connection') },
    });
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const test = async (id: string) => {
    const response = await live.call('/ps-connect/api/v1/connections/test', { method: 'POST', body: { type: 'system-connection', id } });
    return ((await response.json()) as { ok: boolean; message: string }).ok;
  };
  const deal = (code: string) => ({ ...sampleEngagement(), id: `deal-${code}`, code });
  const atTheBoss = async (code: string) => {
    live.receive('entry', { payload: deal(code), topic: code });
    await live.until(async () => (await live.run(code))?.status === 'waiting', `${code} waits for a person`, 30);
  };
  const approve = async (code: string) => {
    const asked = (await live.get<{ id: string; subject: string }[]>('/approvals')).find(({ subject }) => subject === code)!;
    (
      await live.call(`/ps-connect/api/v1/approvals/${asked.id}/approve`, { method: 'POST', body: { reason: 'sound' } })
    ).ok.should.be.true();
  };

  it('run as they are, without anybody doing anything', async () => {
    (await test('erp')).should.be.true();
    (await test('psa')).should.be.true();
    const connections = await live.get<{ type: string; roles: string[]; system: string }[]>('/connections');
    connections
      .map(({ type, roles, system }) => [type, ...roles, system])
      .sort()
      .should.deepEqual([
        ['erp-connection', 'erp', 'netsuite'],
        ['psa-connection', 'psa', 'kantata'],
      ]);
    await atTheBoss('ENG-OLD');
    await approve('ENG-OLD');
    (await live.ended('ENG-OLD', 40)).status.should.equal('done');
  });

  it('take what a deploy brings anew for the type of before', async () => {
    const withToken = (token: string) => flows.map((one) => (one.id === 'psa' ? { ...one, credentials: { accessToken: token } } : one));
    await live.deploy(withToken('of nobody'));
    (await test('psa')).should.be.false();
    await live.deploy(withToken(secretOf('psa-connection')['accessToken']!));
    (await test('psa')).should.be.true();
  });

  it('are upgraded with what is stored for them, and open runs go on from where they are', async () => {
    await atTheBoss('ENG-OPEN');
    const before = await live.call('/credentials/system-connection/psa');
    ((await before.json()) as object).should.match({ has_kantataAccessToken: true });
    await live.deploy(upgraded(flows));
    for (const id of ['erp', 'psa']) (await test(id)).should.be.true();
    await approve('ENG-OPEN');
    const { id, status } = await live.ended('ENG-OPEN', 40);
    status.should.equal('done');
    const { effects } = await live.get<{ effects: { system: string; status: string }[] }>(`/runs/${id}`);
    [...new Set(effects.map(({ system, status: made }) => `${system} ${made}`))].sort().should.deepEqual(['kantata done', 'netsuite done']);
  });

  it('keep their credentials under the new names alone once that is deployed, over a restart, too', async () => {
    await live.deploy(upgraded(flows).map((one) => (one.id === 'policy' ? { ...one, maxAttempts: 5 } : one)));
    const { psa = {}, erp = {} } = live.storedCredentials();
    Object.keys(psa).sort().should.deepEqual(['kantataAccessToken', 'schema']);
    Object.keys(erp)
      .filter((name) => !name.startsWith('netsuite'))
      .should.deepEqual(['schema']);
    await live.stop();
    await live.restart();
    (await test('psa')).should.be.true();
  });

  it('work on when an older flow comes back', async () => {
    await live.deploy(flows);
    (await test('psa')).should.be.true();
    await live.deploy(upgraded(flows));
    (await test('psa')).should.be.true();
  });

  it('have theirs, too, where the node was switched off until then', async () => {
    await live.deploy(upgraded(flows).map((one) => (one.id === 'off' ? { ...one, d: false } : one)));
    (await test('off')).should.be.true();
  });

  it('never give what was stored for one system to another that is chosen later', async () => {
    const asOther = { id: 'off', system: 'salesforce', salesforceLoginUrl: sandbox.urls.salesforce, salesforceFlow: 'refresh-token' };
    await live.deploy(upgraded(flows).map((one) => (one.id === 'off' ? { ...one, d: false, ...asOther } : one)));
    (await test('off')).should.be.false();
    should(sandbox.salesforce.journal.entries.length).equal(0);
    await live.deploy(upgraded(flows).map((one) => (one.id === 'off' ? { ...one, d: false } : one)));
    (await test('off')).should.be.true();
  });

  it('stay without a secret that was taken out of the form after the upgrade', async () => {
    await live.deploy(upgraded(flows).map((one) => (one.id === 'psa' ? { ...one, credentials: { kantataAccessToken: '' } } : one)));
    (await test('psa')).should.be.false();
    await live.stop();
    await live.restart();
    (await test('psa')).should.be.false();
  });
});
