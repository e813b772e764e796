import { readFileSync } from 'node:fs';
import { amendedContract } from '../system/amended-contract.ts';
import { recordsOf, soundDeal } from '../system/deal.ts';
import type { CrashHarness } from './crash-harness.ts';
import type { KillCase } from './kill-everywhere.ts';
import type { FlowNode } from './mortal-node-red.ts';

const codeOf = (n: number) => `ENG-A${n}`;
const former = { startDate: '2026-12-01', projectedEndDate: '2027-03-31' };
const end = '2027-04-30';
const flows = JSON.parse(readFileSync(new URL('../../flows/contract-amendment.json', import.meta.url), 'utf8')) as FlowNode[];

type Row = Record<string, unknown>;
const jobs = ({ sandbox }: CrashHarness) => Object.values(sandbox.netsuite.state.records['job'] ?? {});
const rows = ({ sandbox }: CrashHarness, collection: string) => Object.values(sandbox.kantata.state.rows[collection] ?? {});
const dealOf = ({ sandbox }: CrashHarness, n: number): Row | undefined => {
  const { records } = sandbox.salesforce.state as unknown as { records: Record<string, Record<string, Row>> };
  return Object.values(records['Opportunity'] ?? {}).find((row) => row['Engagement_Code__c'] === codeOf(n));
};

/** A project that is set up in both systems is amended: it ends later, its phase is called otherwise, a task is new. */
export const amendmentCase: KillCase = {
  flows: flows.map((node) => {
    if (node.type === 'salesforce-contract-in') return { ...node, intervalSeconds: 0.3 };
    if (node.type === 'run-approval') return { ...node, autoApprove: 'true' };
    return node['system'] === 'kantata' ? { ...node, kantataSettleAfterMs: 200 } : node;
  }),
  prepare: () => undefined,
  happen({ sandbox }, n) {
    const code = codeOf(n);
    const account = `ACC-${code}`;
    const id = (digit: number) => String(digit * 1_000_000 + n);
    sandbox.netsuite.definition.load(sandbox.netsuite, {
      records: {
        customer: [{ externalId: `${account}____DE01`, entityId: account, companyName: 'Client', subsidiary: { externalId: 'DE01' } }],
        job: [
          {
            ...{ externalId: code, entityId: code, companyName: `Renewal ${code}`, jobBillingType: { id: 'TM' }, ...former },
            ...{
              parent: { externalId: `${account}____DE01` },
              subsidiary: { externalId: 'DE01' },
              comments: 'Contract amount: 9000.00 EUR',
            },
          },
        ],
        projectTask: [
          {
            ...{ externalId: `${code}__P1`, title: 'Concept', project: { externalId: code } },
            ...{ startDate: '2026-12-01', finishByDate: '2027-02-26' },
          },
        ],
      },
    });
    const reference = (of: string, type: string, model: string, ref: string) => ({
      ...{ id: `9${of}`, subject_type: type, subject_id: of, service_name: 'ps-connect', service_model: model, service_model_ref: ref },
    });
    sandbox.kantata.definition.load(sandbox.kantata, {
      workspaces: [{ id: id(1), title: `${code} · Renewal ${code}`, currency: 'EUR', start_date: '2026-12-01', due_date: '2027-03-31' }],
      stories: [
        {
          id: id(2),
          workspace_id: id(1),
          title: 'P1 · Concept',
          story_type: 'deliverable',
          start_date: '2026-12-01',
          due_date: '2027-02-26',
        },
      ],
      external_references: [reference(id(1), 'Workspace', 'project', code), reference(id(2), 'Story', 'task', `${code}/P1`)],
    });
    const deal = recordsOf(soundDeal(code, { billing: 'Time and Materials', milestones: [], needs: [], end }));
    sandbox.salesforce.definition.load(sandbox.salesforce, { records: amendedContract(deal, { number: 1 }) });
  },
  arrived: (harness, n) => /^Amendment 1 is carried over/.test(String(dealOf(harness, n)?.['Integration_Message__c'])),
  differences(harness, count) {
    const late = jobs(harness).filter(({ fields }) => fields['projectedEndDate'] === end).length;
    const due = rows(harness, 'workspaces').filter((row) => row['due_date'] === end).length;
    const tasks = Object.values(harness.sandbox.netsuite.state.records['projectTask'] ?? {}).filter(
      ({ fields }) => fields['title'] === 'Workshops',
    ).length;
    const stories = rows(harness, 'stories').filter((row) => /Workshops/.test(String(row['title']))).length;
    const named = rows(harness, 'stories').filter((row) => row['title'] === 'P1 · Design').length;
    return Object.entries({ late, due, tasks, stories, named }).flatMap(([what, found]) =>
      found === count ? [] : [`${found} ${what} instead of ${count}`],
    );
  },
};
