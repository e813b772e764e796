import { readFileSync } from 'node:fs';
import type { CrashHarness } from './crash-harness.ts';
import type { KillCase } from './kill-everywhere.ts';
import type { FlowNode } from './mortal-node-red.ts';

const template = JSON.parse(
  readFileSync(new URL('../../flows/billing-schedule-and-milestone.json', import.meta.url), 'utf8'),
) as FlowNode[];
const codeOf = (n: number) => `ENG-K${n}`;
const words = (id: string, func: string, wires: string[][]): FlowNode => ({
  ...{ id, type: 'function', z: 'psc-flow-billing', name: '', func, outputs: 1, initialize: '', finalize: '', libs: [], wires },
});

/** The schedule that a reached milestone belongs to, as it was agreed, and then the milestone itself: both writes of one run. */
const agreed = `
msg.milestone = msg.payload;
const eur = (amount) => ({ amount, currency: 'EUR' });
msg.payload = {
  project: msg.payload.project.code, legalEntity: 'DE01', currency: 'EUR', version: 1, type: 'milestones', amount: eur('12000.50'),
  lines: [{ code: 'M1', name: 'Signed', due: '2026-12-01', amount: eur('4000.17') }, { code: 'M2', name: 'Done', due: '2027-02-26', amount: eur('8000.33') }],
};
return msg;`;

const rewired: Record<string, string[][]> = {
  'psc-b-milestone': [['psc-b-agreed']],
  'psc-b-set': [['psc-b-again']],
};

interface Scheduled {
  externalId?: string;
  lines: Record<string, { fields: Record<string, unknown> }[]>;
}
function linesOf({ sandbox }: CrashHarness, n: number): Record<string, unknown>[] {
  const { records } = sandbox.netsuite.state as unknown as { records: Record<string, Record<string, Scheduled>> };
  const found = Object.values(records['billingSchedule'] ?? {}).filter(({ externalId }) => externalId === `${codeOf(n)}__BILLING`);
  return found.flatMap(({ lines }) => (lines['milestone'] ?? []).map(({ fields }) => fields));
}

/** The schedule of a project is set, and its first milestone reached. */
export const billingCase: KillCase = {
  flows: [
    ...template
      .filter(({ id }) => id !== 'psc-b-in' && id !== 'psc-b-check')
      .map((node) => ({
        ...node,
        ...(node.type === 'psa-milestone-in' ? { intervalSeconds: 0.3, since: '2020-01-01' } : {}),
        ...(node['system'] === 'kantata' ? { kantataSettleAfterMs: 200 } : {}),
        ...(rewired[node.id] ? { wires: rewired[node.id] } : {}),
      })),
    words('psc-b-agreed', agreed, [['psc-b-set']]),
    words('psc-b-again', 'msg.payload = msg.milestone; return msg;', [['psc-b-check2']]),
  ],
  prepare: ({ sandbox }) =>
    sandbox.netsuite.definition.load(sandbox.netsuite, {
      records: {
        customer: [{ externalId: 'ACC-0001@DE01', entityId: 'ACC-0001', companyName: 'Client', subsidiary: { externalId: 'DE01' } }],
      },
    }),
  happen({ sandbox }, n) {
    const now = sandbox.clock.now().toISOString();
    const [code, workspace] = [codeOf(n), String(40_000 + n)];
    sandbox.netsuite.definition.load(sandbox.netsuite, {
      records: {
        job: [
          {
            ...{ externalId: code, entityId: code, companyName: `Deal ${n}`, startDate: '2026-12-01', projectedEndDate: '2027-03-31' },
            ...{ parent: { externalId: 'ACC-0001@DE01' }, subsidiary: { externalId: 'DE01' } },
          },
        ],
      },
    });
    sandbox.kantata.definition.load(sandbox.kantata, {
      workspaces: [{ id: workspace, title: `${code} · Deal ${n}`, currency: 'EUR' }],
      stories: [
        {
          ...{ id: String(50_000 + n), workspace_id: workspace, title: 'M1 · Signed', story_type: 'milestone', state: 'completed' },
          ...{ created_at: now, updated_at: now },
        },
      ],
    });
  },
  arrived: (harness, n) => linesOf(harness, n)[0]?.['milestoneCompleted'] === true,
  differences: (harness, count) =>
    Array.from({ length: count }, (_, index) => index + 1).flatMap((n) => {
      const lines = linesOf(harness, n).map((line) => `${String(line['comments'])} ${line['milestoneCompleted'] === true}`);
      const wanted = ['M1 Signed: 4000.17 EUR true', 'M2 Done: 8000.33 EUR false'];
      return JSON.stringify(lines) === JSON.stringify(wanted) ? [] : [`${codeOf(n)}: ${lines.join('; ')}`];
    }),
};
