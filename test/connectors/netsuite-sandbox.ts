import { approvedEntry } from '../../sandbox/netsuite/conformance.ts';
import { createNetSuite, type NetSuiteConfig, type NetSuiteConnector, type NetSuitePorts } from '../../connectors/netsuite/connector.ts';
import { Failure } from '../../model/failure.ts';
import type { BatchLine, LineOutcome, PostedTime, TimeFact } from '../../model/operations.ts';
import type { Project, TimeEntry } from '../../model/types.generated.ts';
import { keyOfErpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import type { JournalEntry } from '../../sandbox/journal.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import type { StoredRecord } from '../../sandbox/netsuite/state.ts';
import { Simulator } from '../../sandbox/simulator.ts';
import { InMemoryEffects } from './in-memory-effects.ts';

type State = ReturnType<typeof netsuite.emptyState>;

/** An account in which the customers and projects of the engagement are set up, a new one for each test of this place. */
export function anewWithProjects(use: (box: NetSuiteSandbox) => void): void {
  let box: NetSuiteSandbox;
  beforeEach(async () => {
    box = await NetSuiteSandbox.start();
    await box.prepareCustomers();
    await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
    use(box);
  });
  afterEach(() => box.stop());
}

/** A simulated account with a small firm in it, and a connector to it. */
export class NetSuiteSandbox {
  readonly sim: Simulator<State>;
  readonly erp: NetSuiteConnector;

  private constructor(sim: Simulator<State>, erp: NetSuiteConnector) {
    this.sim = sim;
    this.erp = erp;
  }

  static async start(config: Partial<NetSuiteConfig> = {}): Promise<NetSuiteSandbox> {
    const sim = await new Simulator(netsuite, { port: 0 }).start();
    netsuite.load(sim, {
      concurrencyLimit: 15,
      records: {
        employee: [
          { externalId: 'EMP-001', firstName: 'Ada', lastName: 'Berg', email: 'Ada.Berg@firm.example', subsidiary: { externalId: 'DE01' } },
          { externalId: 'EMP-002', firstName: 'Tom', lastName: 'Smit', email: 'tom.smit@firm.example', subsidiary: { externalId: 'NL01' } },
          {
            externalId: 'EMP-003',
            firstName: 'Eva',
            lastName: 'Alt',
            email: 'eva.alt@firm.example',
            subsidiary: { externalId: 'DE01' },
            isInactive: true,
          },
        ],
      },
      periods: [{ start: '2026-01-01', closed: true }],
    });
    return new NetSuiteSandbox(sim, NetSuiteSandbox.connector(sim, config));
  }

  oauth2Auth() {
    const { clientId, certificateId, privateKey } = netsuite.credentials(this.sim);
    return { kind: 'oauth2', clientId: clientId!, certificateId: certificateId!, privateKey: privateKey! } as const;
  }

  static connector(sim: Simulator<State>, config: Partial<NetSuiteConfig> = {}, ports: NetSuitePorts = {}): NetSuiteConnector {
    const { accountId, clientId, certificateId, privateKey } = netsuite.credentials(sim);
    return createNetSuite(
      {
        accountId: accountId!,
        baseUrl: sim.url,
        auth: { kind: 'oauth2', clientId: clientId!, certificateId: certificateId!, privateKey: privateKey! },
        timeoutMs: 5_000,
        ...config,
      },
      ports,
    );
  }

  /** A connector that starts anew, as after a restart: no cached token or reference data. */
  another(config: Partial<NetSuiteConfig> = {}, ports: NetSuitePorts = {}): NetSuiteConnector {
    return NetSuiteSandbox.connector(this.sim, config, ports);
  }

  tbaAuth(): NetSuiteConfig['auth'] {
    const { consumerKey, consumerSecret, tokenId, tokenSecret } = netsuite.credentials(this.sim);
    return { kind: 'tba', consumerKey: consumerKey!, consumerSecret: consumerSecret!, tokenId: tokenId!, tokenSecret: tokenSecret! };
  }

  /** Writes that changed something, as `type externalId outcome`, in order. */
  applied(): string[] {
    return this.entries().map((entry) => `${entry.type} ${entry.key} ${entry.outcome}`);
  }

  /** The same with the firm's own keys for external ids. */
  appliedByKey(): string[] {
    return this.entriesByKey().map((entry) => `${entry.type} ${entry.key} ${entry.outcome}`);
  }

  entries(): JournalEntry[] {
    return this.sim.journal.entries.filter(({ outcome }) => outcome === 'created' || outcome === 'updated' || outcome === 'deleted');
  }

  entriesByKey(): JournalEntry[] {
    return this.entries().map((entry) => (entry.key === undefined ? entry : { ...entry, key: keyOfErpId(entry.key) }));
  }

  body(type: string, key: string): Record<string, unknown> {
    const entry = this.entriesByKey().find((candidate) => candidate.type === type && candidate.key === key);
    if (!entry) throw new Error(`${type} ${key} was never written`);
    return entry.body as Record<string, unknown>;
  }

  /** Records with the firm's own keys for their external ids. */
  records(type: string): StoredRecord[] {
    return Object.values(this.sim.state.records[type] ?? {}).map((record) =>
      record.externalId === undefined ? record : { ...record, externalId: keyOfErpId(record.externalId) },
    );
  }

  async prepareCustomers(): Promise<void> {
    await this.erp.operations['customer.ensure']({ account: acme, entities: entities() }, contextOf(new InMemoryEffects()));
  }

  async stop(): Promise<void> {
    await this.sim.stop();
  }
}

export const acme = { code: 'ACC-0001', name: 'Acme', legalName: 'Acme Werke AG', taxId: 'DE123456789', email: 'billing@acme.example' };
export const entities = () => [
  { legalEntity: 'DE01', currency: 'EUR' },
  { legalEntity: 'NL01', currency: 'EUR' },
];

export function contextOf(effects: InMemoryEffects) {
  return { effects, signal: new AbortController().signal };
}

const eur = (amount: string) => ({ amount, currency: 'EUR' });

/** One engagement, delivered by Germany (fixed price, milestones) and the Netherlands. */
export function engagementProjects(): Project[] {
  const shared = { account: acme, engagementCode: 'ENG-0001', currency: 'EUR', rateCard: [], start: '2026-03-01', end: '2026-09-30' };
  return [
    {
      ...shared,
      code: 'ENG-0001',
      name: 'ERP rollout',
      legalEntity: 'DE01',
      main: true,
      billing: { type: 'fixed-price', paymentTerms: 'NET30', poNumber: 'PO-77' },
      amount: eur('100000.00'),
      deliveryManagerEmail: 'ada.berg@firm.example',
      phases: [
        {
          code: 'P1',
          name: 'Design',
          start: '2026-03-01',
          end: '2026-04-30',
          legalEntity: 'DE01',
          tasks: [
            { code: 'T1', name: 'Workshops', plannedMinutes: 2_400 },
            { code: 'T2', name: 'Travel', plannedMinutes: 20, billable: false },
          ],
        },
      ],
      milestones: [
        { code: 'M1', name: 'Signed', due: '2026-03-01', amount: eur('33333.33') },
        { code: 'M2', name: 'Design accepted', phase: 'P1', due: '2026-04-30', amount: eur('33333.33') },
        { code: 'M3', name: 'Go-live', due: '2026-09-30', amount: eur('33333.34') },
      ],
    },
    {
      ...shared,
      code: 'ENG-0001-NL01',
      name: 'ERP rollout (NL01)',
      legalEntity: 'NL01',
      main: false,
      billing: { type: 'time-and-materials' },
      phases: [
        {
          code: 'P2',
          name: 'Build',
          start: '2026-05-01',
          end: '2026-09-30',
          legalEntity: 'NL01',
          tasks: [{ code: 'T1', name: 'Interfaces', plannedMinutes: 4_800, billable: true }],
        },
      ],
      milestones: [],
    },
  ];
}

/** Every record of the engagement, in the order in which it is written. */
export const engagementRecords = [
  'billingSchedule ENG-0001/BILLING',
  'job ENG-0001',
  'projectTask ENG-0001/P1',
  'projectTask ENG-0001/P1/T1',
  'projectTask ENG-0001/P1/T2',
  'job ENG-0001-NL01',
  'projectTask ENG-0001-NL01/P2',
  'projectTask ENG-0001-NL01/P2/T1',
];

export function timeEntry(id: number, more: Partial<TimeEntry> = {}): TimeEntry {
  return { ...(approvedEntry(String(id)) as TimeEntry), ...more };
}

export function linesOf(
  entries: TimeEntry[],
  effects: (entry: TimeEntry) => InMemoryEffects = () => new InMemoryEffects(),
): BatchLine<TimeEntry>[] {
  return entries.map((input) => ({ input, effects: effects(input) }));
}

/** `ok` or `class CODE` for each line. */
export function told(outcomes: LineOutcome<PostedTime>[]): string[] {
  return outcomes.map((outcome) => (outcome.ok ? 'ok' : `${outcome.failure.class} ${outcome.failure.code}`));
}

export async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  try {
    await promise;
  } catch (error) {
    return Failure.from(error);
  }
  throw new Error('it did not fail');
}

export async function factsOf(erp: NetSuiteConnector, from: string, to: string): Promise<TimeFact[]> {
  const facts: TimeFact[] = [];
  for await (const fact of erp.operations['posted-time.list']({ from, to }, new AbortController().signal)) facts.push(fact);
  return facts;
}
