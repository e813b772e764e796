import 'should';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { entry, node, policy, sink, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

const upsert = (wires: string[][], more: object = {}) =>
  node('upsert', 'salesforce-upsert', wires, {
    connection: 'crm',
    policy: 'policy',
    sobject: 'Account',
    externalIdField: 'Account_Code__c',
    records: '{ "Account_Code__c": payload.id, "Name": payload.name }',
    recordsType: 'jsonata',
    ...more,
  });
const crm = {
  id: 'crm',
  type: 'system-connection',
  system: 'salesforce',
  name: 'CRM',
  salesforceEnvironment: 'SALESFORCE',
  salesforceFlow: 'client-credentials',
  salesforceApiVersion: '66.0',
};

describe('A message that comes from outside every run', function () {
  this.timeout(60_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;
  before(async () => {
    sandbox = await startSandbox({ basePort: 0, empty: true });
    live = await LiveNodeRed.start({ environment: connectionEnvironment(sandbox.access) });
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });
  beforeEach(() => {
    live.sunk = [];
    sandbox.salesforce.faults.clear();
  });

  const post = (id: string) => live.call('/deals', { method: 'POST', body: { id, name: `Client ${id}` } });
  const web = (to: string) => node('web', 'http in', [[to]], { url: '/deals', method: 'post', upload: false });
  const response = node('answer', 'http response', [], { statusCode: '', headers: {} });
  const accounts = () =>
    Object.values((sandbox.salesforce.state as unknown as { records: Record<string, Record<string, unknown>> }).records['Account'] ?? {});

  it('gets a run at the first action node, with every write an effect, by an inject node', async () => {
    const inject = node('inject', 'inject', [['upsert']], {
      props: [{ p: 'payload' }],
      ...{
        repeat: '',
        crontab: '',
        once: true,
        onceDelay: 0.1,
        topic: '',
        payload: '{"id":"INJ-1","name":"By hand"}',
        payloadType: 'json',
      },
    });
    await live.deploy([tab(), policy(), crm, inject, upsert([['sink']]), sink()]);
    const run = await live.ended('INJ-1');
    run.should.have.properties({ status: 'done', entry: 'upsert' });
    const { effects } = await live.get<{ effects: { status: string; node: string }[] }>(`/runs/${run.id}`);
    effects.map((effect) => [effect.node, effect.status]).should.deepEqual([['upsert', 'done']]);
    live.sunk[0]!.run!.should.equal(run.id);
  });

  it('is answered over HTTP by the flow, each caller its own answer, also when many call at once', async () => {
    await live.deploy([tab(), policy(), web('entry'), entry('answer'), response]);
    const ids = Array.from({ length: 60 }, (_, n) => `WEB-${n}`);
    const answers = await Promise.all(ids.map(async (id) => ((await (await post(id)).json()) as { id: string }).id));
    answers.should.deepEqual(ids);
    await live.until(async () => (await live.get<{ runs: { running: number } }>('/overview')).runs.running === 0, 'all runs end');
  });

  it('is answered although its run had to be tried again', async () => {
    sandbox.salesforce.faults.add({
      kind: 'status',
      match: { path: 'Account' },
      status: 503,
      times: 1,
      body: [{ errorCode: 'SERVER_UNAVAILABLE', message: 'busy' }],
    });
    await live.deploy([tab(), policy(), crm, web('upsert'), upsert([['answer']]), response]);
    const answer = await post('WEB-AGAIN');
    answer.status.should.equal(200);
    const run = await live.ended('WEB-AGAIN');
    run.should.have.properties({ status: 'done', attempts: 2 });
    accounts()
      .filter((account) => (account as { Account_Code__c: string }).Account_Code__c === 'WEB-AGAIN')
      .should.have.length(1);
  });

  it('is parked, and its caller told by a Catch node, when the system refuses it', async () => {
    const told = node('told', 'change', [['answer']], {
      rules: [
        { t: 'set', p: 'payload', pt: 'msg', to: 'psConnect.failure.class', tot: 'msg' },
        { t: 'set', p: 'statusCode', pt: 'msg', to: '422', tot: 'num' },
      ],
    });
    await live.deploy([
      ...[tab(), policy(), crm, web('upsert'), upsert([['answer']], { records: '{ "Account_Code__c": payload.id, "Nonsense__c": 1 }' })],
      ...[node('catch', 'catch', [['told']], { scope: null, uncaught: false }), told, response],
    ]);
    const answer = await post('WEB-BAD');
    answer.status.should.equal(422);
    (await answer.text()).should.match(/^(contract|business|mapping)\./);
    (await live.ended('WEB-BAD')).should.have.properties({ status: 'dead', failedNode: 'upsert' });
  });

  it('is delivered again after the process was killed in the middle, and written once', async () => {
    await live.deploy([tab(), policy(), crm, upsert([['sink']]), sink()]);
    sandbox.salesforce.faults.add({ kind: 'delay', match: { path: 'Account' }, delayMs: 5_000 });
    live.receive('upsert', { payload: { id: 'KILL-1', name: 'Killed' } });
    await live.until(async () => {
      const run = await live.run('KILL-1');
      return run !== undefined && (await live.get<{ effects: unknown[] }>(`/runs/${run.id}`)).effects.length === 1;
    }, 'the write is intended');
    await live.stop('SIGKILL');
    await live.restart();
    (await live.ended('KILL-1')).should.have.properties({ status: 'done', attempts: 2 });
    accounts()
      .filter((account) => (account as { Account_Code__c: string }).Account_Code__c === 'KILL-1')
      .should.have.length(1);
  });

  it('is shown to the form of its node after a restart, too, until another comes', async () => {
    await live.deploy([tab(), policy(), crm, upsert([['sink']]), sink()]);
    live.receive('upsert', { payload: { id: 'SHOWN-1', name: 'Shown' }, note: 'as it came' });
    await live.ended('SHOWN-1');
    await live.stop();
    await live.restart();
    const kept = await live.get<{ message: object; from?: string }>('/nodes/upsert/last-input');
    kept.message.should.match({ payload: { id: 'SHOWN-1', name: 'Shown' }, note: 'as it came' });
    kept.should.not.have.property('from');
    live.receive('upsert', { payload: { id: 'SHOWN-2', name: 'Newer' } });
    await live.ended('SHOWN-2');
    (await live.get<{ payload: object }>('/nodes/upsert/last-input')).payload.should.match({ id: 'SHOWN-2' });
  });
});
