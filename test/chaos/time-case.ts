import { keyOfErpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import { templateFlows } from '../../scripts/start/user-dir.ts';
import type { CrashHarness } from './crash-harness.ts';
import type { KillCase } from './kill-everywhere.ts';

type Rows = Record<string, { fields: Record<string, unknown>; externalId?: string }>;
const timeBills = (harness: CrashHarness) =>
  Object.values((harness.sandbox.netsuite.state as unknown as { records: Record<string, Rows> }).records['timeBill'] ?? {});
const entryId = (n: number, line: number) => String(7_000_000 + n * 10 + line);
const linesOf = [1, 2, 3];

/** Three time entries, approved together: a full batch. */
export const timeCase: KillCase = {
  flows: templateFlows({ intervalSeconds: 0.3, batchSeconds: 0 })
    .filter((node) => node['z'] !== 'psc-flow-opportunity' && node.id !== 'psc-flow-opportunity')
    .map((node) => (node.type === 'erp-post-timesheet' ? { ...node, batchSize: 3 } : node)),
  prepare({ sandbox }) {
    sandbox.kantata.definition.load(sandbox.kantata, {
      users: [{ id: '11', full_name: 'Jana Weiss', email_address: 'jana.weiss@firm.example' }],
      workspaces: [{ id: '41', title: 'ENG-0001 · ERP renewal', currency: 'EUR' }],
      stories: [{ id: '51', workspace_id: '41', title: 'Workshops', story_type: 'task' }],
      external_references: [
        {
          id: '91',
          subject_type: 'Workspace',
          subject_id: '41',
          service_name: 'ps-connect',
          service_model: 'project',
          service_model_ref: 'ENG-0001',
        },
        {
          id: '92',
          subject_type: 'Story',
          subject_id: '51',
          service_name: 'ps-connect',
          service_model: 'task',
          service_model_ref: 'ENG-0001/P1/T1',
        },
      ],
    });
    sandbox.netsuite.definition.load(sandbox.netsuite, {
      records: {
        employee: [
          {
            externalId: 'EMP-001',
            entityId: 'Jana Weiss',
            firstName: 'Jana',
            lastName: 'Weiss',
            email: 'jana.weiss@firm.example',
            subsidiary: { externalId: 'DE01' },
          },
        ],
        customer: [{ externalId: 'ACC-0001@DE01', entityId: 'ACC-0001', companyName: 'Client', subsidiary: { externalId: 'DE01' } }],
        job: [
          {
            externalId: 'ENG-0001',
            entityId: 'ENG-0001',
            companyName: 'ERP renewal',
            parent: { externalId: 'ACC-0001@DE01' },
            subsidiary: { externalId: 'DE01' },
          },
        ],
        projectTask: [{ externalId: 'ENG-0001/P1/T1', title: 'Workshops', project: { externalId: 'ENG-0001' } }],
      },
    });
  },
  happen({ sandbox }, n) {
    const now = sandbox.clock.now().toISOString();
    sandbox.kantata.definition.load(sandbox.kantata, {
      time_entries: linesOf.map((line) => ({
        id: entryId(n, line),
        workspace_id: '41',
        story_id: '51',
        user_id: '11',
        date_performed: '2026-11-20',
        time_in_minutes: 30 * line + 5,
        rate_in_cents: 15050,
        currency: 'EUR',
        billable: true,
        approved: true,
        created_at: now,
        updated_at: now,
      })),
    });
  },
  arrived: (harness, n) => {
    const keys = new Set(timeBills(harness).map((row) => keyOfErpId(row.externalId ?? '')));
    return linesOf.every((line) => keys.has(`kantata:${entryId(n, line)}`));
  },
  differences(harness, count) {
    const found = timeBills(harness);
    const minutes = found.reduce((sum, { fields }) => sum + Number(fields['hours']), 0);
    const wanted = count * linesOf.reduce((sum, line) => sum + 30 * line + 5, 0);
    return [
      ...(found.length === 3 * count ? [] : [`${found.length} time entries instead of ${3 * count}`]),
      ...(minutes === wanted ? [] : [`${minutes} minutes instead of ${wanted}`]),
    ];
  },
};
