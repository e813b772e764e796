import { breakCount } from '../../engine/kept-reconciliation.ts';
import type { ReconciliationRecord } from '../../engine/store/reconciliations.ts';
import { backlog } from '../kpis/kpi-keeper.ts';
import { type Grouping, groupings, type KpiValue, kpiValues, lastDays } from '../kpis/kpi-values.ts';
import type { Pack } from '../pack.ts';
import type { Kpis } from './admin-api.generated.ts';
import { type Route, route } from './route.ts';
import { named, object, oneOf, wholeNumber } from './schema.ts';

const lastDaysAsked = wholeNumber('the last so many, today in UTC among them', { minimum: 1, maximum: 366, default: 30 });

export const kpiRoutes: Route[] = [
  route('GET /kpis', {
    permission: 'ps-connect.read',
    summary:
      'Business figures of the last days with their targets, how they are distributed, by day and by group; runs by status, dead letters by class, age of the oldest open run, last reconciliation.',
    query: object({}, { days: lastDaysAsked, by: oneOf(groupings, 'what the groups are', { default: 'flow' }) }),
    answer: named('Kpis'),
    handle: async ({ pack, parameters: { days, by } }) => {
      const span = lastDays(days, pack.clock.now());
      const [kpis, standing] = await Promise.all([kpisOf(pack, span, by), standingNow(pack)]);
      return { ...standing, ...span, kpis };
    },
  }),
];

/** Each KPI of these days, as it is shown. */
export async function kpisOf(pack: Pack, span: ReturnType<typeof lastDays>, by: Grouping): Promise<KpiValue[]> {
  const { store } = pack.engine;
  const [figures, open] = await Promise.all([store.figures(span), backlog(store)]);
  const kpis = kpiValues(figures, { by, targets: pack.settings.kpiTargets });
  return kpis.map((kpi) => (kpi.name === 'synchronisation_backlog' ? { ...kpi, ...now(open, kpi.target) } : kpi));
}

/** What is open is known at each moment: the figure is that of now, not the mean of the days. */
const now = (open: number, target: number) => ({ value: open, missed: open > target, noValue: null });

/** When was compared last, and what is open of the last comparison of each kind: expenses that are even say nothing of time. */
function lastOf(ofEach: readonly ReconciliationRecord[]): Kpis['lastReconciliation'] {
  const [latest] = ofEach;
  if (!latest) return null;
  return { at: latest.at, breaks: ofEach.reduce((sum, { result }) => sum + breakCount(result), 0) };
}

async function standingNow(pack: Pack): Promise<Omit<Kpis, 'kpis' | 'from' | 'to'>> {
  const { store } = pack.engine;
  const [runs, standing, open, reconciliations] = await Promise.all([
    store.counts(),
    store.standing(),
    store.openFigures(),
    store.lastReconciliations(0),
  ]);
  const deadByClass: Record<string, number> = {};
  for (const { status, class: name = 'internal', runs: count } of standing) {
    if (status === 'dead') deadByClass[name] = (deadByClass[name] ?? 0) + count;
  }
  return {
    runs,
    deadByClass,
    effectsInDoubt: open.effectsInDoubt,
    oldestOpenRunSeconds: open.oldestOpenAt === undefined ? 0 : Math.round((pack.clock.now() - open.oldestOpenAt) / 1000),
    lastReconciliation: lastOf(reconciliations),
  };
}
