/** A won deal as sales would describe it; `null` = not filled in. */
export interface Deal {
  code: string;
  name: string;
  account: { code: string; name: string; country: string | null };
  amount: number | null;
  currency: string;
  billing: string | null;
  legalEntity: string | null;
  start: string | null;
  end: string | null;
  terms: string | null;
  po: string | null;
  assumptions: string | null;
  phases: DealPhase[];
  milestones: { code: string; name: string; phase: string | null; due: string; amount: number }[];
  needs: DealNeed[];
  rates: { role: string; region?: string; rate: number; unit: 'Hour' | 'Day' }[];
}
export interface DealPhase {
  code: string;
  name: string;
  start: string;
  end: string;
  country: string;
  legalEntity: string | null;
  budget: number | null;
  /** a delivering entity may plan in a currency of its own */
  currency?: string;
  tasks: { code: string; name: string; hours: number; billable: boolean }[];
}
export interface DealNeed {
  code: string;
  phase: string | null;
  role: string;
  skills?: string[];
  region?: string;
  start: string;
  end: string;
  hours: number;
  heads: number;
}

/** A sound, small deal: one phase with one task, one milestone, one staffing need. */
export function soundDeal(code: string, changes: Partial<Deal> = {}): Deal {
  const dates = { start: '2026-12-01', end: '2027-02-26' };
  return {
    code,
    name: `Renewal ${code}`,
    account: { code: `ACC-${code}`, name: `Client of ${code}`, country: 'DE' },
    amount: 12000.5,
    currency: 'EUR',
    billing: 'Fixed Price',
    legalEntity: 'DE01',
    start: '2026-12-01',
    end: '2027-03-31',
    terms: 'NET30',
    po: null,
    assumptions: null,
    phases: [
      {
        code: 'P1',
        name: 'Design',
        ...dates,
        country: 'DE',
        legalEntity: 'DE01',
        budget: 12000.5,
        tasks: [{ code: 'T1', name: 'Workshops', hours: 40, billable: true }],
      },
    ],
    milestones: [{ code: 'M1', name: 'Accepted', phase: 'P1', due: '2027-02-26', amount: 12000.5 }],
    needs: [{ code: 'N1', phase: 'P1', role: 'Consultant', region: 'DACH', ...dates, hours: 80, heads: 1 }],
    rates: [{ role: 'Consultant', rate: 150, unit: 'Hour' }],
    ...changes,
  };
}

/** What every system must hold for one sound deal, counted by hand. */
export const soundCounts = { projects: 1, tasks: 2, schedules: 1, workspaces: 1, stories: 3, resources: 1, allocations: 1, requests: 1 };

let made = 0;

/** The deal as records that the Salesforce simulator loads, account first; `stamp` = when it was saved, if not now. */
export function recordsOf(deal: Deal, stamp?: string): object[] {
  made++;
  const id = (prefix: string) => `${prefix}S${String(made).padStart(11, '0')}`;
  const [accountId, opportunityId] = [id('001'), id('006')];
  const detail = (type: string, fields: object) => ({
    attributes: { type },
    CurrencyIsoCode: deal.currency,
    Opportunity__c: opportunityId,
    ...fields,
  });
  const span = (of: { start: string; end: string }) => ({ Start_Date__c: of.start, End_Date__c: of.end });
  return [
    {
      attributes: { type: 'Account' },
      Id: accountId,
      Name: deal.account.name,
      Account_Code__c: deal.account.code,
      BillingCountry: deal.account.country,
      CurrencyIsoCode: deal.currency,
    },
    {
      attributes: { type: 'Opportunity' },
      Id: opportunityId,
      AccountId: accountId,
      Name: deal.name,
      StageName: 'Closed Won',
      CloseDate: '2026-11-20',
      Amount: deal.amount,
      CurrencyIsoCode: deal.currency,
      Engagement_Code__c: deal.code,
      Contract_Start_Date__c: deal.start,
      Contract_End_Date__c: deal.end,
      Billing_Type__c: deal.billing,
      Legal_Entity__c: deal.legalEntity,
      Payment_Terms__c: deal.terms,
      PO_Number__c: deal.po,
      Delivery_Assumptions__c: deal.assumptions,
      ...(stamp ? { SystemModstamp: stamp, LastModifiedDate: stamp, CreatedDate: stamp, LastStageChangeDate: stamp } : {}),
    },
    ...deal.phases.flatMap((phase, index) => [
      detail('Engagement_Phase__c', {
        Name: phase.name,
        Code__c: phase.code,
        Sequence__c: index + 1,
        ...span(phase),
        Country__c: phase.country,
        Legal_Entity__c: phase.legalEntity,
        Budget_Amount__c: phase.budget,
        ...(phase.currency ? { CurrencyIsoCode: phase.currency } : {}),
      }),
      ...phase.tasks.map((task, order) =>
        detail('Engagement_Task__c', {
          Name: task.name,
          Code__c: task.code,
          Phase_Code__c: phase.code,
          Sequence__c: order + 1,
          Planned_Hours__c: task.hours,
          Billable__c: task.billable,
        }),
      ),
    ]),
    ...deal.milestones.map((milestone) =>
      detail('Engagement_Milestone__c', {
        Name: milestone.name,
        Code__c: milestone.code,
        Phase_Code__c: milestone.phase,
        Due_Date__c: milestone.due,
        Amount__c: milestone.amount,
      }),
    ),
    ...deal.needs.map((need) =>
      detail('Staffing_Need__c', {
        Name: need.role.slice(0, 80),
        Code__c: need.code,
        Phase_Code__c: need.phase,
        Role__c: need.role,
        Skills__c: need.skills?.join(';') ?? null,
        Region__c: need.region ?? null,
        ...span(need),
        Effort_Hours__c: need.hours,
        Headcount__c: need.heads,
      }),
    ),
    ...deal.rates.map((line) =>
      detail('Rate_Card_Line__c', {
        Name: line.role.slice(0, 80),
        Role__c: line.role,
        Region__c: line.region ?? null,
        Rate__c: line.rate,
        Unit__c: line.unit,
      }),
    ),
  ];
}
