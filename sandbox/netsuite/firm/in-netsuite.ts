import type { FirmInSystem } from '../../firm-in-system.ts';
import type { NetSuiteState } from '../state.ts';
import { NetSuiteAccountingDesk } from './accounting-desk.ts';
import { monthFigures } from './month-figures.ts';
import { NetSuiteDesk } from './netsuite-desk.ts';
import { netsuiteRecords } from './records.ts';

/**
 * The firm's ERP: employees, customers, projects and posted time. Nobody works in it on the business day: what comes, an integration writes. In the weeks
 * after it, accounting does.
 */
export const inNetSuite: FirmInSystem<NetSuiteState> = {
  seed: netsuiteRecords,
  desks: (access) => ({ accounting: new NetSuiteAccountingDesk(new NetSuiteDesk(access)) }),
  month: monthFigures,
  books({ records }) {
    const time = Object.values(records['timeBill'] ?? {}).map(({ fields }) => ({
      minutes: Number(fields['hours'] ?? 0),
      rate: fields['isBillable'] ? Number(fields['rate'] ?? 0) : 0,
    }));
    return {
      erpProjects: Object.keys(records['job'] ?? {}).length,
      erpTasks: Object.keys(records['projectTask'] ?? {}).length,
      erpEntries: time.length,
      erpMinutes: time.reduce((sum, { minutes }) => sum + minutes, 0),
      erpHundredths: time.reduce((sum, { minutes, rate }) => sum + Math.round((minutes * Math.round(rate * 100)) / 60), 0),
    };
  },
};
