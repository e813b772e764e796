import type { Reconciliation } from '../../engine/reconciliation.ts';
import type { ReconciliationRecord } from '../../engine/store/reconciliations.ts';
import { type Route, route } from './route.ts';
import { limit, listOf, named, object } from './schema.ts';

export const reconciliationRoutes: Route[] = [
  route('GET /reconciliations', {
    permission: 'ps-connect.read',
    summary: 'Past reconciliations, newest first, with totals and breaks.',
    query: object({}, { limit: limit(10, 100) }),
    answer: listOf(named('ReconciliationRow')),
    handle: async ({ pack, parameters }) =>
      (await pack.engine.store.reconciliations(parameters.limit)).map((one) => ({ ...one, result: resultOf(one) })),
  }),
  route('GET /breaks', {
    permission: 'ps-connect.read',
    summary: 'Breaks of the newest reconciliation.',
    answer: named('Breaks'),
    handle: async ({ pack }) => {
      const [latest] = await pack.engine.store.reconciliations(1);
      return latest ? { reconciliation: latest.id, at: latest.at, breaks: resultOf(latest).breaks ?? [] } : { breaks: [] };
    },
  }),
];

/** As `runTimeReconciliation` has stored it. */
function resultOf({ result }: ReconciliationRecord): Reconciliation {
  return result as unknown as Reconciliation;
}
