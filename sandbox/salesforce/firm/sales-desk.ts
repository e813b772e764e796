import type { DealChange, SalesDesk } from '../../firm/desks.ts';
import { amendDeal } from './amend-deal.ts';
import type { SalesforceDesk } from './salesforce-desk.ts';

/** Where an opportunity keeps what sales writes of a deal. */
const FIELDS: Record<keyof DealChange, string> = {
  stage: 'StageName',
  closeDate: 'CloseDate',
  poNumber: 'PO_Number__c',
  nextStep: 'NextStep',
};

/** What sales does with its deals in Salesforce. */
export function salesDesk(salesforce: SalesforceDesk): SalesDesk {
  return {
    async change(dealCode, to) {
      const wanted = Object.entries(to).map(([name, value]) => [FIELDS[name as keyof DealChange], value] as const);
      const [deal] = await salesforce.query<Record<string, unknown> & { Id: string }>(
        `SELECT Id, ${wanted.map(([field]) => field).join(', ')} FROM Opportunity WHERE Engagement_Code__c = '${dealCode}'`,
      );
      if (!deal) throw new Error(`the CRM has no deal ${dealCode}`);
      const differing = wanted.filter(([field, value]) => (deal[field] ?? null) !== value);
      if (differing.length === 0) return false;
      await salesforce.update('Opportunity', deal.Id, Object.fromEntries(differing));
      return true;
    },
    amend: (amendment) => amendDeal(salesforce, amendment),
  };
}
