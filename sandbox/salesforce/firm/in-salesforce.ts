import type { FirmInSystem } from '../../firm-in-system.ts';
import { decimals } from '../../firm/minor-units.ts';
import type { SalesforceState } from '../store/state.ts';
import { salesforceRecords } from './records.ts';
import { salesDesk } from './sales-desk.ts';
import { SalesforceDesk } from './salesforce-desk.ts';

/** The firm's CRM: clients and deals; sales works here, and sees what became of a deal. */
export const inSalesforce: FirmInSystem<SalesforceState> = {
  seed: salesforceRecords,
  desks: (access) => ({ sales: salesDesk(new SalesforceDesk(access)) }),
  books({ records }) {
    const standing = Object.values(records['Opportunity'] ?? {}).map((deal) => deal['Integration_Status__c']);
    return {
      provisioned: standing.filter((status) => status === 'Provisioned').length,
      refused: standing.filter((status) => status === 'Failed').length,
    };
  },
  month: ({ records }) =>
    Object.fromEntries(Object.values(records['Opportunity'] ?? {}).flatMap((deal) => [...shownInvoice(deal), ...shownStaffing(deal)])),
};

/** The invoice that a deal shows, as sales reads it. */
function shownInvoice(deal: Readonly<Record<string, unknown>>): [string, string][] {
  const text = (field: string) => String(deal[field] ?? '');
  if (!deal['Invoice_Number__c']) return [];
  const currency = text('CurrencyIsoCode');
  const open = Number(deal['Invoice_Open__c']).toFixed(decimals(currency));
  const said = `${text('Invoice_Number__c')} ${text('Invoice_Status__c')}, open ${open} ${currency}`;
  const code = text('Engagement_Code__c');
  const revenue = typeof deal['Project_Revenue__c'] === 'number' ? deal['Project_Revenue__c'].toFixed(decimals(currency)) : 'unknown';
  return [
    [`invoice that sales sees of ${code}`, said],
    [`revenue that sales sees of ${code}`, `${revenue} ${currency}`],
  ];
}

function shownStaffing(deal: Readonly<Record<string, unknown>>): [string, string][] {
  const status = deal['Staffing_Status__c'];
  return status ? [[`staffing that sales sees of ${String(deal['Engagement_Code__c'])}`, String(status)]] : [];
}
