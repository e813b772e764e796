import { addDays, instant } from '../../firm/calendar-date.ts';
import type { Engagement } from '../../firm/engagement.ts';
import type { Firm } from '../../firm/firm.ts';
import { hasContract } from '../../firm/month/amendment-script.ts';
import { quarterHours, toJsonNumber } from '../../firm/minor-units.ts';
import { salesforceId } from './salesforce-id.ts';

export type SalesforceRecord = { attributes: { type: string } } & Record<string, unknown>;

/** Numbers custom records within their object over all deals. */
type Counter = (type: string) => number;

const PREFIX: Record<string, string> = {
  Engagement_Phase__c: 'a00',
  Engagement_Task__c: 'a01',
  Engagement_Milestone__c: 'a02',
  Staffing_Need__c: 'a03',
  Rate_Card_Line__c: 'a04',
};

export function opportunityId(engagement: Engagement): string {
  return salesforceId('006', Number(engagement.code.slice(-4)));
}

/** The firm as its CRM holds it: clients, contacts, deals with their phases, tasks, milestones, staffing needs and rates. */
export function salesforceRecords(firm: Firm): { records: SalesforceRecord[] } {
  const counts = new Map<string, number>();
  const next: Counter = (type) => {
    const count = (counts.get(type) ?? 0) + 1;
    counts.set(type, count);
    return count;
  };
  return {
    records: [
      ...firm.accounts.flatMap((_account, index) => accountRecords(firm, index)),
      ...firm.engagements.flatMap((deal) => dealRecords(deal, firm, next)),
    ],
  };
}

function accountRecords(firm: Firm, index: number): SalesforceRecord[] {
  const account = firm.accounts[index] as Firm['accounts'][number];
  const created = {
    CreatedDate: instant(addDays(firm.week0, -400 + index), '09:00'),
    SystemModstamp: instant(addDays(firm.week0, -200), '09:00'),
  };
  const Id = salesforceId('001', index + 1);
  return [
    {
      attributes: { type: 'Account' },
      Id,
      ...created,
      Name: account.name,
      Type: 'Customer - Direct',
      Industry: account.industry,
      CurrencyIsoCode: account.currency,
      BillingStreet: account.street,
      BillingCity: account.city,
      BillingPostalCode: account.postalCode,
      BillingCountry: account.country,
      Account_Code__c: account.code,
      Legal_Name__c: account.legalName,
      Tax_Id__c: account.taxId,
    },
    {
      attributes: { type: 'Contact' },
      Id: salesforceId('003', index + 1),
      ...created,
      AccountId: Id,
      FirstName: account.contact.firstName,
      LastName: account.contact.lastName,
      Title: account.contact.title,
      Email: `contact@${account.code.toLowerCase()}.example`,
      CurrencyIsoCode: account.currency,
    },
  ];
}

function dealRecords(deal: Engagement, firm: Firm, next: Counter): SalesforceRecord[] {
  const Opportunity__c = opportunityId(deal);
  const stamp = changedAt(deal, firm);
  const detail = (type: string, Name: string, fields: Record<string, unknown>): SalesforceRecord => ({
    attributes: { type },
    Id: salesforceId(PREFIX[type] as string, next(type)),
    Name: Name.slice(0, 80),
    CurrencyIsoCode: deal.currency,
    CreatedDate: stamp,
    SystemModstamp: stamp,
    Opportunity__c,
    ...fields,
  });
  const money = (amount: number): number => toJsonNumber(amount, deal.currency);
  const contract = hasContract(deal, firm) ? contractOf(deal, stamp) : undefined;
  return [
    ...(contract ? [contract] : []),
    { ...opportunity(deal, stamp, money(deal.amount)), ...(contract ? { ContractId: contract['Id'] } : {}) },
    ...deal.phases.flatMap((phase) => [
      detail('Engagement_Phase__c', phase.name, {
        Code__c: phase.code,
        Sequence__c: phase.sequence,
        Start_Date__c: phase.start,
        End_Date__c: phase.end,
        Country__c: phase.country,
        Legal_Entity__c: phase.legalEntity,
        Budget_Amount__c: money(phase.budget),
      }),
      ...phase.tasks.map((task) =>
        detail('Engagement_Task__c', task.name, {
          Code__c: task.code,
          Phase_Code__c: phase.code,
          Sequence__c: task.sequence,
          Planned_Hours__c: quarterHours(task.plannedMinutes),
          Billable__c: task.billable,
        }),
      ),
    ]),
    ...deal.milestones.map((milestone) =>
      detail('Engagement_Milestone__c', milestone.name, {
        Code__c: milestone.code,
        Phase_Code__c: milestone.phase,
        Due_Date__c: milestone.due,
        Amount__c: money(milestone.amount),
      }),
    ),
    ...deal.needs.map((need) =>
      detail('Staffing_Need__c', `${need.role} ${need.phase}`, {
        Code__c: need.code,
        Phase_Code__c: need.phase,
        Role__c: need.role,
        Skills__c: need.skills.join(';'),
        Region__c: need.region,
        Start_Date__c: need.start,
        End_Date__c: need.end,
        Effort_Hours__c: quarterHours(need.effortMinutes),
        Headcount__c: need.headcount,
      }),
    ),
    ...deal.rates.map((line) =>
      detail('Rate_Card_Line__c', line.region ? `${line.role} ${line.region}` : line.role, {
        Role__c: line.role,
        Region__c: line.region,
        Rate__c: money(line.rate),
        Unit__c: line.unit,
      }),
    ),
  ];
}

/** When the deal was last touched: running ones long ago, the rest in the days before the business day. */
function changedAt(deal: Engagement, firm: Firm): string {
  return deal.standing === 'pipeline' ? instant(addDays(firm.week0, -9), '15:30') : instant(deal.closeDate, '16:00');
}

/** What was signed. Amendments count up a number there. */
function contractOf(deal: Engagement, stamp: string): SalesforceRecord {
  return {
    attributes: { type: 'Contract' },
    Id: salesforceId('800', Number(deal.code.slice(-4))),
    CreatedDate: stamp,
    SystemModstamp: stamp,
    AccountId: salesforceId('001', Number(deal.account.slice(-4))),
    Status: 'Activated',
    StartDate: deal.contractStart,
    CurrencyIsoCode: deal.currency,
  };
}

function opportunity(deal: Engagement, stamp: string, Amount: number): SalesforceRecord {
  return {
    attributes: { type: 'Opportunity' },
    Id: opportunityId(deal),
    CreatedDate: stamp,
    SystemModstamp: stamp,
    AccountId: salesforceId('001', Number(deal.account.slice(-4))),
    Name: deal.name,
    StageName: deal.stage,
    CloseDate: deal.closeDate,
    Amount,
    CurrencyIsoCode: deal.currency,
    Engagement_Code__c: deal.code,
    Contract_Start_Date__c: deal.contractStart,
    Contract_End_Date__c: deal.contractEnd,
    Billing_Type__c: deal.billing,
    Legal_Entity__c: deal.legalEntity,
    Payment_Terms__c: deal.paymentTerms,
    PO_Number__c: deal.poNumber,
    Delivery_Manager_Email__c: deal.deliveryManager,
    Delivery_Assumptions__c: deal.assumptions,
    ...(deal.standing === 'running' ? { Integration_Status__c: 'Provisioned' } : {}),
  };
}
