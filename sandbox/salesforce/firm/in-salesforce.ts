import type { FirmInSystem } from '../../firm-in-system.ts';
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
};
