import { templateFlows } from '../../scripts/start/user-dir.ts';
import type { CrashHarness } from './crash-harness.ts';
import type { KillCase } from './kill-everywhere.ts';

const account = (n: number) => `ACC-K${n}`;
const engagement = (n: number) => `ENG-K${n}`;
const id = (prefix: string, n: number) => `${prefix}K${String(n).padStart(11, '0')}`;

/** A small won deal: one phase with one task, one milestone, one staffing need. */
function deal(n: number): { records: object[] } {
  const Opportunity__c = id('006', n);
  const child = (type: string, prefix: string, fields: object) => ({
    attributes: { type },
    Id: id(prefix, n),
    CurrencyIsoCode: 'EUR',
    Opportunity__c,
    ...fields,
  });
  const dates = { Start_Date__c: '2026-12-01', End_Date__c: '2027-02-26' };
  return {
    records: [
      {
        attributes: { type: 'Account' },
        Id: id('001', n),
        Name: `Client ${n}`,
        Account_Code__c: account(n),
        BillingCountry: 'DE',
        CurrencyIsoCode: 'EUR',
      },
      {
        attributes: { type: 'Opportunity' },
        Id: Opportunity__c,
        AccountId: id('001', n),
        Name: `Deal ${n}`,
        StageName: 'Closed Won',
        CloseDate: '2026-11-20',
        Amount: 12000.5,
        CurrencyIsoCode: 'EUR',
        Engagement_Code__c: engagement(n),
        Contract_Start_Date__c: '2026-12-01',
        Contract_End_Date__c: '2027-03-31',
        Billing_Type__c: 'Fixed Price',
        Legal_Entity__c: 'DE01',
        Payment_Terms__c: 'NET30',
      },
      child('Engagement_Phase__c', 'a00', {
        Name: 'Design',
        Code__c: 'P1',
        Sequence__c: 1,
        ...dates,
        Country__c: 'DE',
        Legal_Entity__c: 'DE01',
        Budget_Amount__c: 12000.5,
      }),
      child('Engagement_Task__c', 'a01', {
        Name: 'Workshops',
        Code__c: 'T1',
        Phase_Code__c: 'P1',
        Sequence__c: 1,
        Planned_Hours__c: 40,
        Billable__c: true,
      }),
      child('Engagement_Milestone__c', 'a02', {
        Name: 'Accepted',
        Code__c: 'M1',
        Phase_Code__c: 'P1',
        Due_Date__c: '2027-02-26',
        Amount__c: 12000.5,
      }),
      child('Staffing_Need__c', 'a03', {
        Name: 'Consultant',
        Code__c: 'N1',
        Phase_Code__c: 'P1',
        Role__c: 'Consultant',
        Region__c: 'DACH',
        ...dates,
        Effort_Hours__c: 80,
        Headcount__c: 1,
      }),
      child('Rate_Card_Line__c', 'a04', { Name: 'Consultant', Role__c: 'Consultant', Rate__c: 150, Unit__c: 'Hour' }),
    ],
  };
}

type Rows = Record<string, Record<string, unknown>>;
const erpRows = (harness: CrashHarness, type: string) =>
  Object.values((harness.sandbox.netsuite.state as unknown as { records: Record<string, Rows> }).records[type] ?? {});
const psaRows = (harness: CrashHarness, type: string) =>
  Object.values((harness.sandbox.kantata.state as unknown as { rows: Record<string, Rows> }).rows[type] ?? {});
const opportunity = (harness: CrashHarness, n: number) =>
  (harness.sandbox.salesforce.state as unknown as { records: Record<string, Rows> }).records['Opportunity']?.[`${id('006', n)}`];

export const opportunityCase: KillCase = {
  flows: templateFlows({ intervalSeconds: 0.3 }).filter((node) => node['z'] !== 'psc-flow-time' && node.id !== 'psc-flow-time'),
  prepare: ({ sandbox }) => sandbox.kantata.definition.load(sandbox.kantata, { roles: [{ id: '501', name: 'Consultant' }] }),
  happen: ({ sandbox }, n) => sandbox.salesforce.definition.load(sandbox.salesforce, deal(n)),
  arrived: (harness, n) => dealOf(harness, n)?.['Integration_Status__c'] === 'Provisioned',
  differences(harness, count) {
    const found = {
      customers: erpRows(harness, 'customer').length,
      jobs: erpRows(harness, 'job').length,
      'project tasks': erpRows(harness, 'projectTask').length,
      'billing schedules': erpRows(harness, 'billingSchedule').length,
      workspaces: psaRows(harness, 'workspaces').length,
      stories: psaRows(harness, 'stories').length,
      'resource requests': psaRows(harness, 'resource_requests').length,
      'unnamed resources': psaRows(harness, 'workspace_resources').filter((row) => !row['user_id']).length,
    };
    const wanted: Record<keyof typeof found, number> = {
      customers: count,
      jobs: count,
      'project tasks': 2 * count,
      'billing schedules': count,
      workspaces: count,
      stories: 3 * count,
      'resource requests': count,
      'unnamed resources': count,
    };
    return (Object.keys(wanted) as (keyof typeof found)[])
      .filter((what) => found[what] !== wanted[what])
      .map((what) => `${what}: ${found[what]} instead of ${wanted[what]}`);
  },
};

function dealOf(harness: CrashHarness, n: number): Record<string, unknown> | undefined {
  return (
    opportunity(harness, n) ??
    Object.values((harness.sandbox.salesforce.state as unknown as { records: Record<string, Rows> }).records['Opportunity'] ?? {}).find(
      (row) => row['Engagement_Code__c'] === engagement(n),
    )
  );
}
