import type { FirmInSystem } from '../../firm-in-system.ts';
import type { KantataState } from '../state.ts';
import { KantataExpenseDesk } from './expense-desk.ts';
import { kantataIds } from './ids.ts';
import { KantataDesk } from './kantata-desk.ts';
import { monthFigures } from './month-figures.ts';
import { kantataRows } from './rows.ts';
import { KantataTimeDesk } from './time-desk.ts';
import { KantataStaffingDesk } from './staffing-desk.ts';
import { WorkspaceFinder } from './workspace-finder.ts';

/** The firm's PSA: people, projects, plans and time; consultants and their managers work here. */
export const inKantata: FirmInSystem<KantataState> = {
  seed: kantataRows,
  desks(access, firm) {
    const [kantata, ids] = [new KantataDesk(access), kantataIds(firm)];
    const workspaces = new WorkspaceFinder(kantata);
    return {
      time: new KantataTimeDesk(kantata, ids),
      expenses: new KantataExpenseDesk(kantata, ids, workspaces),
      staffing: new KantataStaffingDesk(kantata, ids, workspaces),
    };
  },
  books: ({ rows }) => ({
    psaProjects: Object.keys(rows['workspaces'] ?? {}).length,
    psaDemands: Object.keys(rows['resource_requests'] ?? {}).length,
  }),
  month: monthFigures,
};
