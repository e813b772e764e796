import type { FirmInSystem } from '../../firm-in-system.ts';
import type { KantataState } from '../state.ts';
import { kantataIds } from './ids.ts';
import { KantataDesk } from './kantata-desk.ts';
import { kantataRows } from './rows.ts';
import { KantataTimeDesk } from './time-desk.ts';

/** The firm's PSA: people, projects, plans and time; consultants and their managers work here. */
export const inKantata: FirmInSystem<KantataState> = {
  seed: kantataRows,
  desks: (access, firm) => ({ time: new KantataTimeDesk(new KantataDesk(access), kantataIds(firm)) }),
  books: ({ rows }) => ({
    psaProjects: Object.keys(rows['workspaces'] ?? {}).length,
    psaDemands: Object.keys(rows['resource_requests'] ?? {}).length,
  }),
};
