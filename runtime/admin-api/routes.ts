import { approvalRoutes } from './approval-routes.ts';
import { boardRoutes } from './board-routes.ts';
import { businessApiRoutes } from './business-api-routes.ts';
import { connectionRoutes } from './connection-routes.ts';
import { crosswalkRoutes } from './crosswalk-routes.ts';
import { effectRoutes } from './effect-routes.ts';
import { exportRoutes } from './export-routes.ts';
import { journalRoutes } from './journal-routes.ts';
import { kpiRoutes } from './kpi-routes.ts';
import { mappingRoutes } from './mapping-routes.ts';
import { overviewRoutes } from './overview-routes.ts';
import { reconciliationRoutes } from './reconciliation-routes.ts';
import { replayRoutes } from './replay-routes.ts';
import { runRoutes } from './run-routes.ts';
import { savedFilterRoutes } from './saved-filter-routes.ts';
import type { Route } from './route.ts';

/** All that the admin API answers, by subject. */
export const routes: Route[] = [
  ...runRoutes,
  ...replayRoutes,
  ...savedFilterRoutes,
  ...approvalRoutes,
  ...effectRoutes,
  ...overviewRoutes,
  ...kpiRoutes,
  ...boardRoutes,
  ...exportRoutes,
  ...connectionRoutes,
  ...reconciliationRoutes,
  ...mappingRoutes,
  ...crosswalkRoutes,
  ...journalRoutes,
  ...businessApiRoutes,
];
