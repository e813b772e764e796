import 'should';
import should from 'should';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

const count = 40;
const partSize = 4;
const account = (number: number) => ({
  attributes: { type: 'Account' },
  Id: `001${String(number).padStart(12, '0')}AAA`,
  Name: `Client ${number}`,
  Account_Code__c: `ACC-${number}`,
});

const crm = {
  id: 'crm',
  type: 'system-connection',
  name: 'CRM',
  system: 'salesforce',
  salesforceEnvironment: 'SALESFORCE',
  salesforceFlow: 'client-credentials',
};
const query = (part: string, more: object = {}) =>
  node('query', 'salesforce-query', [[part], ['all']], {
    connection: 'crm',
    policy: 'policy',
    query: 'SELECT Id, Account_Code__c FROM Account WHERE Account_Code__c LIKE :codes ORDER BY Id',
    values: '{"codes": {"startsWith": "ACC-"}}',
    valuesType: 'json',
    deliver: 'parts',
    partSize,
    by: 'job',
    ...more,
  });
const flows = (first: string, ...nodes: FlowNode[]): FlowNode[] => [
  tab(),
  policy(),
  crm,
  entry('query'),
  ...nodes,
  sink('all'),
  sink(first),
];

describe('Records that a query hands over in parts', function () {
  this.timeout(90_000);
  let sandbox: Sandbox;
  let live: LiveNodeRed;

  before(async () => {
    sandbox = await startSandbox({ basePort: 0, empty: true });
    sandbox.salesforce.definition.load(sandbox.salesforce, { records: Array.from({ length: count }, (_, at) => account(at + 1)) });
    live = await LiveNodeRed.start({ environment: connectionEnvironment(sandbox.access) });
  });
  after(async () => {
    await live?.end();
    await sandbox?.stop();
  });
  beforeEach(() => {
    live.sunk = [];
  });
  const arrived = (at: string) => live.sunk.filter((one) => one.sink === at);
  const updated = () => sandbox.salesforce.journal.entries.filter(({ type, outcome }) => type === 'Account' && outcome === 'updated');

  it('are each written, and none of them again, though the process is killed in the middle', async () => {
    await live.deploy(
      flows(
        'written',
        query('slowly'),
        func('slowly', 'setTimeout(() => { node.send(msg); node.done(); }, 30);', [['upsert']]),
        node('upsert', 'salesforce-upsert', [['written']], {
          connection: 'crm',
          policy: 'policy',
          sobject: 'Account',
          externalIdField: 'Account_Code__c',
          records: '[payload.{"Account_Code__c": Account_Code__c, "Description": "seen"}]',
          recordsType: 'jsonata',
        }),
      ),
    );
    live.receive('entry', { payload: { id: 'KILLED' } });
    await live.until(() => updated().length >= 3 * partSize, 'some are written');
    await live.stop('SIGKILL');
    const before = updated().length;
    before.should.be.below(count);
    await live.restart();
    const run = await live.ended('KILLED', 60);
    run.status.should.equal('done', JSON.stringify(run.failure));
    new Set(updated().map(({ key }) => key)).size.should.equal(count);
    // the part that was under way when it was killed may be written twice over itself
    updated().length.should.be.belowOrEqual(count + 2 * partSize);
    Object.values((sandbox.salesforce.state as unknown as { jobs: object }).jobs).should.have.length(1);
    arrived('all').should.have.length(1);
  });

  it('are put together by a join, which keeps what it is given', async () => {
    await live.deploy(
      flows(
        'joined',
        query('join', { by: 'pages', partSize: 10 }),
        node('join', 'join', [['joined']], {
          ...{ mode: 'auto', build: 'array', property: 'payload', propertyType: 'msg', key: 'topic', joiner: '\\n', joinerType: 'str' },
          ...{ accumulate: false, timeout: '', count: '', reduceRight: false },
        }),
      ),
    );
    live.receive('entry', { payload: { id: 'JOINED' } });
    (await live.ended('JOINED', 60)).status.should.equal('done');
    const [{ payload } = { payload: [] }] = arrived('joined') as unknown as { payload: unknown[] }[];
    should(payload).have.length(count);
    arrived('all').should.have.length(1);
  });

  it('are handed over no more once one of them cannot go on: the run is a dead letter, and nobody hears that all was read', async () => {
    await live.deploy(
      flows('passed', query('third'), func('third', 'if (msg.parts.index === 2) throw new Error("the third"); return msg;', [['passed']])),
    );
    live.receive('entry', { payload: { id: 'BROKEN' } });
    (await live.ended('BROKEN', 60)).status.should.equal('dead');
    arrived('all').should.be.empty();
    arrived('passed').length.should.be.within(2, 6);
  });
});
