import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { startPostgres, type TestDatabase } from '../engine/embedded-postgres.ts';
import { FuzzedNodeRed, type Watcher } from './fuzzed-node-red.ts';
import type { FlowNode, Lane } from './flows/flow-node.ts';
import { fuzzFlows } from './flows/fuzz-flows.ts';
import { openFlows } from './flows/open-flows.ts';
import { Elsewhere } from './elsewhere.ts';
import type { Findings } from './findings.ts';
import { HostileSystem } from './hostile-system.ts';
import { typedSecret } from './inputs/admin-request.ts';
import type { HostileAnswer } from './inputs/hostile-answer.ts';
import type { House } from './inputs/input.ts';
import { dealId, person, timeProject, timeTask } from './inputs/samples.ts';
import { Reached } from './reached.ts';
import { Secrets } from './secrets.ts';
import { webhookSecret } from './send.ts';

export type System = keyof Lane;
/** Three systems of one lane, which answer as they are told. */
export type LaneSystems = Record<System, HostileSystem>;

export interface TestbedOptions {
  store: 'sqlite' | 'postgres';
  lanes: number;
  hungMs: number;
}

/** Everything around the product: simulators with what the samples need, hostile systems before them, a database. */
export class Testbed {
  readonly secrets: Secrets;
  readonly lanes: LaneSystems[];
  readonly environment: Record<string, string>;
  readonly reached: Reached;
  /** nothing that proves who asks may ever come to `elsewhere`, and to `typed` only what was typed */
  readonly elsewhere: Record<'elsewhere' | 'typed', Elsewhere>;
  private readonly sandbox: Sandbox;
  private readonly own: Lane;
  private readonly database: TestDatabase | undefined;
  private readonly options: TestbedOptions;
  private readonly schemas = new Map<FuzzedNodeRed, string>();
  private opened = 0;

  private constructor(given: {
    sandbox: Sandbox;
    lanes: LaneSystems[];
    secrets: Secrets;
    database: TestDatabase | undefined;
    elsewhere: Record<'elsewhere' | 'typed', Elsewhere>;
    reached: Reached;
    options: TestbedOptions;
  }) {
    this.elsewhere = given.elsewhere;
    this.reached = given.reached;
    this.sandbox = given.sandbox;
    this.lanes = given.lanes;
    this.secrets = given.secrets;
    this.database = given.database;
    this.options = given.options;
    this.own = { salesforce: this.sandbox.urls.salesforce, netsuite: this.sandbox.urls.netsuite, kantata: this.sandbox.urls.kantata };
    const prefixes = { TIME_EVENTS_SECRET: webhookSecret, FUZZ_EVENTS_SECRET: webhookSecret };
    this.environment = {
      ...connectionEnvironment(this.sandbox.access),
      ...prefixes,
      PSCONNECT_MAXBACKLOG: '1000000',
      PSCONNECT_DRAINMS: '2000',
    };
    for (const [name, value] of Object.entries(this.environment)) {
      if (/SECRET|PASSWORD|PRIVATE_KEY|ACCESS_TOKEN/.test(name)) this.secrets.add(name, value);
    }
    this.secrets.add('typed secret', typedSecret);
    if (given.database) this.secrets.add('password of the database', new URL(given.database.url).password);
  }

  static async start(options: TestbedOptions, findings: Findings): Promise<Testbed> {
    const sandbox = await startSandbox({ basePort: 0, empty: true });
    furnish(sandbox);
    const secrets = new Secrets();
    const reached = new Reached();
    const elsewhere = {
      elsewhere: await Elsewhere.start(({ bytes, what, carriesProof }) => {
        if (carriesProof) findings.add('leak', `something that proves who asks went elsewhere, with ${what}`, []);
        for (const secret of secrets.in(bytes)) findings.add('leak', `${secret} went elsewhere, with ${what}`, []);
      }),
      typed: await Elsewhere.start(({ bytes, what }) => {
        reached.note('typed secrets sent elsewhere');
        for (const secret of secrets.in(bytes)) {
          if (!secret.startsWith('typed secret')) findings.add('leak', `${secret} went where it was not typed for, with ${what}`, []);
        }
      }),
    };
    const saw = (system: System) => (token: string) => secrets.add(`access token of ${system}`, token);
    const noted = (system: System) => (what: 'written' | 'answered', answer?: HostileAnswer, bytes?: Buffer) => {
      if (what === 'written') reached.note(`a write to ${system}`);
      if (!answer) return;
      if (answer.body.kind === 'elsewhere' || answer.headers.some(([, value]) => value.startsWith(elsewhere.elsewhere.url)))
        reached.note('a link or redirect elsewhere');
      if (answer.headers.some(([name]) => name === 'retry-after')) reached.note('a Retry-After');
      if (answer.body.kind === 'zip' || answer.body.kind === 'zeros') reached.note('a bomb answered');
      if (answer.body.kind === 'echo' && bytes && secrets.in(bytes).length > 0) reached.note('a secret echoed');
    };
    const lanes: LaneSystems[] = [];
    for (let lane = 0; lane <= options.lanes; lane++) {
      lanes.push({
        salesforce: await HostileSystem.start(sandbox.urls.salesforce, {
          saw: saw('salesforce'),
          noted: noted('salesforce'),
          elsewhere: elsewhere.elsewhere.url,
        }),
        netsuite: await HostileSystem.start(sandbox.urls.netsuite, {
          saw: saw('netsuite'),
          noted: noted('netsuite'),
          elsewhere: elsewhere.elsewhere.url,
        }),
        kantata: await HostileSystem.start(sandbox.urls.kantata, {
          saw: saw('kantata'),
          noted: noted('kantata'),
          elsewhere: elsewhere.elsewhere.url,
        }),
      });
    }
    const database = options.store === 'postgres' ? await startPostgres() : undefined;
    return new Testbed({ sandbox, lanes, secrets, database, elsewhere, reached, options });
  }

  /** A new Node-RED on an empty store. */
  async open(house: House, watcher: Watcher): Promise<FuzzedNodeRed> {
    const addresses = this.lanes.map((lane): Lane => ({
      salesforce: lane.salesforce.url,
      netsuite: lane.netsuite.url,
      kantata: lane.kantata.url,
    }));
    const schema = `fuzz${++this.opened}`;
    const shared: Record<string, string> = this.database ? { PSCONNECT_STORE: this.database.url, PSCONNECT_SCHEMA: schema } : {};
    const red = await FuzzedNodeRed.start({
      flows: house === 'users' ? fuzzFlows(this.own, addresses) : this.openFlows(),
      environment: { ...this.environment, ...shared },
      users: house === 'users',
      hungMs: this.options.hungMs,
      watcher,
    });
    this.schemas.set(red, schema);
    return red;
  }

  openFlows(edge?: FlowNode): FlowNode[] {
    return openFlows(this.own, edge);
  }

  /** What a house keeps, as bytes. */
  async stored(house: FuzzedNodeRed): Promise<{ file: string; bytes: Buffer }[]> {
    if (!this.database) return house.storedBytes();
    const tables = await this.database.query(`select schemaname, tablename from pg_tables where schemaname = '${this.schemas.get(house)}'`);
    return Promise.all(
      tables.map(async ({ schemaname, tablename }) => {
        const rows = await this.database!.query(`select t::text as row from ${String(schemaname)}.${String(tablename)} t`);
        return { file: String(tablename), bytes: Buffer.from(rows.map(({ row }) => String(row)).join('\n')) };
      }),
    );
  }

  async end(): Promise<void> {
    await Promise.all(this.lanes.flatMap((lane) => Object.values(lane).map((system) => system.stop())));
    await Promise.all(Object.values(this.elsewhere).map((each) => each.stop()));
    await this.sandbox.stop();
    await this.database?.remove();
  }
}

/** The roles, the person and the project that the samples speak of. */
function furnish({ salesforce, netsuite, kantata }: Sandbox): void {
  const subsidiary = { externalId: 'DE01' };
  const deal = { Id: dealId, Name: 'Fuzz', StageName: 'Closed Won', CloseDate: '2026-11-20' };
  salesforce.definition.load(salesforce, { records: [{ attributes: { type: 'Opportunity' }, ...deal }] });
  kantata.definition.load(kantata, { roles: [{ id: '98777', name: 'Consultant' }] });
  netsuite.definition.load(netsuite, {
    records: {
      employee: [
        { externalId: 'EMP-FUZZ', entityId: 'EMP-FUZZ', firstName: person.first, lastName: person.last, email: person.email, subsidiary },
      ],
      customer: [{ externalId: 'ACC-FUZZ@DE01', entityId: 'ACC-FUZZ', companyName: 'Fuzz', subsidiary }],
      job: [{ externalId: timeProject, entityId: timeProject, companyName: 'Fuzz', parent: { externalId: 'ACC-FUZZ@DE01' }, subsidiary }],
      projectTask: [{ externalId: timeTask, title: 'Workshops', project: { externalId: timeProject } }],
    },
  });
}
