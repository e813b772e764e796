import type { Engagement } from '../../firm/engagement.ts';
import type { Amendment } from '../../firm/month/amendment-script.ts';
import { toJsonNumber } from '../../firm/minor-units.ts';
import type { SalesforceDesk } from './salesforce-desk.ts';

type Row = { Id: string } & Record<string, unknown>;

/**
 * Sales writes what was agreed anew: first the deal and what hangs on it, last the number on the contract, by which an integration hears of it. A contract
 * that bears the number, or a later one, was amended already.
 */
export async function amendDeal(salesforce: SalesforceDesk, amendment: Amendment): Promise<boolean> {
  const { deal, number, effective, reason } = amendment;
  const [opportunity] = await salesforce.query<Row>(`SELECT Id, ContractId FROM Opportunity WHERE Engagement_Code__c = '${deal.code}'`);
  if (!opportunity) throw new Error(`the CRM has no deal ${deal.code}`);
  const [contract] = await salesforce.query<Row>(
    `SELECT Id, Amendment_Number__c FROM Contract WHERE Id = '${String(opportunity['ContractId'])}'`,
  );
  if (!contract) throw new Error(`${deal.code} has no contract`);
  if (Number(contract['Amendment_Number__c'] ?? 0) >= number) return false;
  await writeDetails(salesforce, opportunity.Id, deal);
  await salesforce.update('Opportunity', opportunity.Id, {
    Amount: toJsonNumber(deal.amount, deal.currency),
    Contract_End_Date__c: deal.contractEnd,
  });
  await salesforce.update('Contract', contract.Id, {
    Amendment_Number__c: number,
    Amendment_Effective_Date__c: effective,
    Amendment_Reason__c: reason,
  });
  return true;
}

async function writeDetails(salesforce: SalesforceDesk, opportunity: string, deal: Engagement): Promise<void> {
  const money = (amount: number) => toJsonNumber(amount, deal.currency);
  const rows = (type: string, fields: string) =>
    salesforce.query<Row>(`SELECT Id, ${fields} FROM ${type} WHERE Opportunity__c = '${opportunity}'`);
  for (const row of await rows('Engagement_Phase__c', 'Code__c')) {
    const phase = deal.phases.find(({ code }) => code === row['Code__c']);
    if (!phase) await salesforce.remove('Engagement_Phase__c', row.Id);
    else {
      const { start, end, budget } = phase;
      await salesforce.update('Engagement_Phase__c', row.Id, { Start_Date__c: start, End_Date__c: end, Budget_Amount__c: money(budget) });
    }
  }
  for (const row of await rows('Engagement_Milestone__c', 'Code__c')) {
    const milestone = deal.milestones.find(({ code }) => code === row['Code__c']);
    if (!milestone) await salesforce.remove('Engagement_Milestone__c', row.Id);
    else await salesforce.update('Engagement_Milestone__c', row.Id, { Amount__c: money(milestone.amount), Due_Date__c: milestone.due });
  }
  const phases = deal.phases.map(({ code }) => code);
  for (const type of ['Engagement_Task__c', 'Staffing_Need__c'])
    for (const row of await rows(type, 'Phase_Code__c'))
      if (!phases.includes(String(row['Phase_Code__c']))) await salesforce.remove(type, row.Id);
}
