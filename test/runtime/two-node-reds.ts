import 'should';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { createdTwice } from '../../scripts/start/read-books.ts';
import { startPostgres, type TestDatabase } from '../engine/embedded-postgres.ts';
import { entry, func, node, policy, sink, tab } from './flow-parts.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';

export const leaseMs = 5_000;
/** Longer than anything else takes here, however busy the machine is: what waits for it does not come to its end. */
export const endlessLeaseMs = 120_000;

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

/** Two Node-REDs with one store, beside simulators. */
export class TwoNodeReds {
  readonly sandbox: Sandbox;
  readonly database: TestDatabase;
  nodeReds: LiveNodeRed[] = [];
  private schemas = 0;

  private constructor(sandbox: Sandbox, database: TestDatabase) {
    this.sandbox = sandbox;
    this.database = database;
  }

  static async create(): Promise<TwoNodeReds> {
    return new TwoNodeReds(await startSandbox({ basePort: 0 }), await startPostgres());
  }

  get schema(): string {
    return `runtime_${this.schemas}`;
  }

  /** Two new ones, on a store of their own. */
  async begin(leaseMs: number): Promise<[LiveNodeRed, LiveNodeRed]> {
    this.schemas++;
    const environment = {
      ...connectionEnvironment(this.sandbox.access),
      PSCONNECT_STORE: this.database.url,
      PSCONNECT_SCHEMA: this.schema,
      PSCONNECT_LEASEMS: String(leaseMs),
    };
    this.nodeReds = await Promise.all([1, 2].map(() => LiveNodeRed.start({ environment, flows: flows() })));
    for (const one of this.nodeReds) await this.ready(one);
    return this.nodeReds as [LiveNodeRed, LiveNodeRed];
  }

  async stop(): Promise<void> {
    for (const one of this.nodeReds.splice(0)) await one.end();
  }

  async end(): Promise<void> {
    await this.stop();
    await this.database.remove();
    await this.sandbox.stop();
    createdTwice(this.sandbox.salesforce.journal.entries).should.deepEqual([]);
  }

  ready(one: LiveNodeRed): Promise<void> {
    return one.until(async () => (await one.get<{ ready: boolean }>('/overview').catch(() => undefined))?.ready === true, 'it is ready');
  }

  /** Of what was written: accounts whose code begins so, in order. */
  accounts(id: string): (string | undefined)[] {
    return this.sandbox.salesforce.journal.entries
      .filter(({ outcome, key }) => outcome === 'created' && key?.startsWith(id))
      .map(({ key }) => key);
  }

  /** A run is under way in the one of the two that was given its message, and held between its two writes. */
  async underWay(id: string, at: LiveNodeRed): Promise<void> {
    at.receive('hold', { payload: true });
    at.receive('entry', { payload: { id } });
    await at.until(() => this.accounts(id).length === 1, `${id} is under way`);
  }

  goOn(at: LiveNodeRed): void {
    at.receive('hold', { payload: false });
  }

  async throughOnce(id: string, asked: LiveNodeRed): Promise<void> {
    (await asked.ended(id, 40)).status.should.equal('done');
    this.accounts(id).should.deepEqual([id, `${id}-B`]);
  }
}
