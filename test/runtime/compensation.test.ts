import 'should';
import type { Effect } from '../../engine/store/effects.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { inGerman } from '../model/in-german.ts';
import { sampleEngagement } from '../model/sample-engagement.ts';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed, type RunHead } from './live-node-red.ts';
import { keyOfErpId } from '../../sandbox/netsuite/firm/erp-ids.ts';

/** ERP, then PSA, then a step of a branch of its own, then something that cannot be. */
const flows = (more: object = {}): FlowNode[] => [
  tab(),
  policy({ onPermanentFailure: 'compensate', maxDelaySeconds: 0.5, ...more }),
  {
    id: 'erp',
    type: 'system-connection',
    name: 'ERP',
    netsuiteEnvironment: 'NETSUITE',
    system: 'netsuite',
    netsuiteAuth: 'oauth2',
    netsuiteServiceItem: 'SVC-CONSULTING',
    netsuiteConcurrency: 4,
  },
  { id: 'psa', type: 'system-connection', name: 'PSA', kantataEnvironment: 'KANTATA', system: 'kantata', kantataSettleAfterMs: 0 },
  entry('customer'),
  node('customer', 'erp-customer', [['project']], { connection: 'erp', policy: 'policy' }),
  node('project', 'erp-project', [['workspace']], { connection: 'erp', policy: 'policy' }),
  node('workspace', 'psa-project', [['told']], { connection: 'psa', policy: 'policy' }),
  node('told', 'run-compensate', [['withdraw'], ['judge']], {
    title: '"Delivery was told of " & payload.code',
    titleType: 'jsonata',
    policy: 'policy',
  }),
  func('withdraw', 'if (global.get("stuck")) throw new Error("no mail"); return msg;', [['withdrawn']]),
  sink('withdrawn'),
  func('judge', 'if (msg.payload.name.startsWith("Bad")) throw new Error("bad"); return msg;', [['sink']]),
  sink(),
];

describe('A run of both systems that is all or nothing', function () {
  this.timeout(90_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0 });
    live = await LiveNodeRed.start({ environment: connectionEnvironment(sandbox.access) });
  });
  beforeEach(async () => {
    live.sunk = [];
    await live.deploy(flows());
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });

  const deal = (code: string, name = 'Bad deal') => ({
    ...sampleEngagement(),
    id: `deal-${code}`,
    code,
    name,
    account: { ...sampleEngagement().account, code: `ACC-${code}` },
  });
  /** records of this deal that are there, in both systems */
  const standing = (code: string) => {
    const erp = ['customer', 'job', 'projectTask', 'billingSchedule'].flatMap((type) =>
      Object.values(sandbox.netsuite.state.records[type] ?? {}),
    );
    const psa = Object.values(sandbox.kantata.state.rows['workspaces'] ?? {}).filter((row) => row['archived'] !== true);
    return [
      ...erp.map((record) => keyOfErpId(String(record.externalId))).filter((id) => id.includes(code)),
      ...psa.map((row) => String(row['title'])).filter((title) => title.includes(code)),
    ];
  };
  const effects = async (run: RunHead) => (await live.get<{ effects: Effect[] }>(`/runs/${run.id}`)).effects;

  it('is undone in both when it cannot go on, the step of its own branch in its place', async () => {
    live.receive('entry', { payload: deal('CO-1') });
    const run = await live.ended('CO-1', 40);
    run.status.should.equal('cancelled');
    standing('CO-1').should.deepEqual([]);
    live.sunk.map((one) => one.sink).should.deepEqual(['withdrawn']);
    (live.sunk[0]!.payload as { code: string }).code.should.equal('CO-1');
    const made = (await effects(run)).filter((effect) => !effect.ofUndo);
    made.length.should.be.above(6);
    made.filter((effect) => effect.status !== 'compensated').should.deepEqual([]);
    const actions = (await live.get<{ action: string; detail: { business?: string } }[]>(`/journal?subject=${run.id}&limit=500`)).filter(
      (line) => line.action === 'effect.compensated',
    );
    actions[0]!.detail.business!.should.equal('step Delivery was told of CO-1');
    actions.at(-1)!.detail.business!.should.match(/^customer /);
  });

  it('is undone to the end though the process is killed in the middle', async () => {
    live.receive('entry', { payload: deal('CO-2') });
    await live.until(
      () => sandbox.netsuite.journal.entries.some((line) => line.outcome === 'deleted' && String(line.key).includes('CO-2')),
      'it is being undone',
      40,
    );
    await live.stop('SIGKILL');
    await live.restart();
    (await live.ended('CO-2', 40)).status.should.equal('cancelled');
    standing('CO-2').should.deepEqual([]);
    const deleted = sandbox.netsuite.journal.entries.filter((line) => line.outcome === 'deleted').map((line) => `${line.type} ${line.key}`);
    new Set(deleted).size.should.equal(deleted.length);
  });

  it('waits for a person when its own branch fails, and goes on when the person asks for it', async () => {
    await live.deploy(flows().map((one) => (one.id === 'withdraw' ? { ...one, func: 'throw new Error("no mail")' } : one)));
    live.receive('entry', { payload: deal('CO-3') });
    const dead = await live.ended('CO-3', 40);
    dead.should.have.properties({ status: 'dead', failedNode: 'withdraw' });
    standing('CO-3').length.should.be.above(3);
    const paused = (await effects(dead)).find((effect) => effect.failure?.code === 'UNDO_PAUSED');
    inGerman(paused!.failure!).message.should.equal('Der Zweig, der diesen Schritt rückgängig macht, ist nicht durch.');
    await live.deploy(flows());
    const answer = await live.call(`/ps-connect/api/v1/dead-letters/${dead.id}/compensate`, {
      method: 'POST',
      body: { reason: 'mail works again' },
    });
    answer.status.should.equal(200);
    await live.until(async () => (await live.run('CO-3'))?.status === 'cancelled', 'it is undone', 40);
    standing('CO-3').should.deepEqual([]);
    const again = await live.call(`/ps-connect/api/v1/dead-letters/${dead.id}/compensate`, { method: 'POST', body: {} });
    again.status.should.equal(409);
  });

  it('stays as it is when everything went well', async () => {
    live.receive('entry', { payload: deal('CO-4', 'Good deal') });
    (await live.ended('CO-4', 40)).status.should.equal('done');
    standing('CO-4').length.should.be.above(3);
    live.sunk.map((one) => one.sink).should.deepEqual(['sink']);
  });

  it('of a policy that parks is undone only when a person asks for it', async () => {
    await live.deploy(flows({ onPermanentFailure: 'park' }));
    live.receive('entry', { payload: deal('CO-5') });
    const dead = await live.ended('CO-5', 40);
    dead.status.should.equal('dead');
    standing('CO-5').length.should.be.above(3);
    await live.call(`/ps-connect/api/v1/dead-letters/${dead.id}/compensate`, { method: 'POST', body: { reason: 'lost' } });
    await live.until(async () => (await live.run('CO-5'))?.status === 'cancelled', 'it is undone', 40);
    standing('CO-5').should.deepEqual([]);
  });
});
