import { createKantata, type KantataConfig } from '../../connectors/kantata/connector.ts';
import type { Failure } from '../../model/failure.ts';
import type { Effects } from '../../model/operations.ts';
import type { Project, StaffingDemand } from '../../model/types.generated.ts';
import type { Fault } from '../../sandbox/faults.ts';
import type { JournalEntry } from '../../sandbox/journal.ts';
import { kantata as definition } from '../../sandbox/kantata/definition.ts';
import { Simulator } from '../../sandbox/simulator.ts';

/** A Kantata simulator on a free port, with the roles and skills of a small firm. */
export async function startKantata(data: unknown = {}) {
  const sim = await new Simulator(definition, { port: 0 }).start();
  definition.load(sim, {
    roles: [
      { id: '101', name: 'Consultant' },
      { id: '102', name: 'Senior Consultant' },
      { id: '103', name: 'Project Manager' },
    ],
    skills: [
      { id: '201', name: 'SAP', max_level: 5 },
      { id: '202', name: 'Data Migration', max_level: 5 },
    ],
  });
  definition.load(sim, data);
  const { accessToken = '' } = definition.credentials(sim);
  return {
    sim,
    connect: (config: Partial<KantataConfig> = {}) =>
      createKantata({ baseUrl: `${sim.url}/api/v1`, accessToken, settleAfterMs: 0, timeoutMs: 10_000, ...config }),
    load: (more: unknown) => definition.load(sim, more),
    fault: (fault: Fault) => sim.faults.add(fault),
    /** what was really made, as `collection key` */
    made: () => sim.journal.entries.filter((entry) => entry.outcome === 'created').map(nameOf),
    changes: () => sim.journal.entries.filter((entry) => ['created', 'updated', 'deleted'].includes(entry.outcome)).length,
    rows: (collection: string) => Object.values(sim.state.rows[collection] ?? {}),
    stop: () => sim.stop(),
  };
}

const nameOf = (entry: JournalEntry) => `${entry.type} ${entry.key ?? entry.id}`;

export const call = (effects: Effects) => ({ effects, signal: new AbortController().signal });
export const failureOf = (promise: Promise<unknown>): Promise<Failure> =>
  promise.then(
    () => {
      throw new Error('it should have failed');
    },
    (error) => error as Failure,
  );

export const project: Project = {
  code: 'ENG-0001',
  name: 'ERP rollout',
  engagementCode: 'ENG-0001',
  account: { code: 'ACC-0001', name: 'Nordwind GmbH' },
  legalEntity: 'DE01',
  currency: 'EUR',
  billing: { type: 'fixed-price', poNumber: 'PO-77', paymentTerms: 'NET30' },
  amount: { amount: '90000.00', currency: 'EUR' },
  start: '2026-12-01',
  end: '2027-03-31',
  main: true,
  deliveryAssumptions: 'The client provides test data.',
  phases: [
    {
      code: 'P1',
      name: 'Discovery',
      start: '2026-12-01',
      end: '2026-12-31',
      legalEntity: 'DE01',
      budget: { amount: '30000.00', currency: 'EUR' },
      tasks: [
        { code: 'T1', name: 'Workshops', plannedMinutes: 4800, billable: true },
        { code: 'T2', name: 'Set-up', plannedMinutes: 600, billable: false },
      ],
    },
    {
      code: 'P2',
      name: 'Build',
      start: '2027-01-01',
      end: '2027-03-31',
      legalEntity: 'DE01',
      tasks: [{ code: 'T1', name: 'Configuration' }],
    },
  ],
  milestones: [
    { code: 'M1', name: 'Design signed', phase: 'P1', due: '2026-12-31', amount: { amount: '30000.00', currency: 'EUR' } },
    { code: 'M2', name: 'Go-live', due: '2027-03-31', amount: { amount: '60000.00', currency: 'EUR' } },
  ],
  rateCard: [],
};

export const projectRecords = [
  'workspaces ENG-0001',
  'stories ENG-0001/P1',
  'stories ENG-0001/P1/T1',
  'stories ENG-0001/P1/T2',
  'stories ENG-0001/P2',
  'stories ENG-0001/P2/T1',
  'stories ENG-0001/M1',
  'stories ENG-0001/M2',
];

export const demand: StaffingDemand = {
  code: 'ENG-0001/S1',
  projectCode: 'ENG-0001',
  phase: 'P1',
  role: 'Senior Consultant',
  skills: ['SAP', 'Data Migration'],
  region: 'DE',
  start: '2026-12-01',
  end: '2026-12-31',
  effortMinutes: 9601,
  headcount: 2,
  targetRate: { amount: '180.00', currency: 'EUR' },
};
