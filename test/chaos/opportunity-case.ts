import { templateFlows } from '../../scripts/start/user-dir.ts';
import type { CrashHarness } from './crash-harness.ts';
import type { KillCase } from './kill-everywhere.ts';
import { smallDeal } from './small-deal.ts';
import { recordsOf, recordsWanted } from './streams/project-records.ts';

const codeOf = (n: number) => `ENG-K${n}`;

export const opportunityCase: KillCase = {
  flows: templateFlows({ intervalSeconds: 0.3 })
    .filter((node) => node['z'] !== 'psc-flow-time' && node.id !== 'psc-flow-time')
    .map((node) => (node['system'] === 'kantata' ? { ...node, kantataSettleAfterMs: 200 } : node)),
  prepare: ({ sandbox }) => sandbox.kantata.definition.load(sandbox.kantata, { roles: [{ id: '501', name: 'Consultant' }] }),
  happen: ({ sandbox }, n) => sandbox.salesforce.definition.load(sandbox.salesforce, smallDeal(n)),
  arrived: (harness, n) => dealOf(harness, n)?.['Integration_Status__c'] === 'Provisioned',
  differences: ({ sandbox }, count) =>
    Array.from({ length: count }, (_, index) => codeOf(index + 1)).flatMap((code) =>
      Object.entries(recordsOf(sandbox, code))
        .filter(([kind, found]) => found !== recordsWanted[kind])
        .map(([kind, found]) => `${code}: ${found} ${kind} instead of ${recordsWanted[kind]}`),
    ),
};

type Records = Record<string, Record<string, Record<string, unknown>>>;
function dealOf({ sandbox }: CrashHarness, n: number): Record<string, unknown> | undefined {
  const { records } = sandbox.salesforce.state as unknown as { records: Records };
  return Object.values(records['Opportunity'] ?? {}).find((row) => row['Engagement_Code__c'] === codeOf(n));
}
