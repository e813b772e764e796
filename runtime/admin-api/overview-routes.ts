import type { ReconciliationRecord } from '../../engine/store/reconciliations.ts';
import { breakCount } from '../../engine/kept-reconciliation.ts';
import { certificateNotices } from '../certificate-notice.ts';
import type { Pack } from '../pack.ts';
import { aboutLateRuns } from './about-runs.ts';
import type { Kpis } from './admin-api.generated.ts';
import { connectionsSeen, wasTold } from './connections-seen.ts';
import { type Route, route } from './route.ts';
import { named } from './schema.ts';
import { withoutEntryNotices } from './without-entry.ts';

export const overviewRoutes: Route[] = [
  route('GET /overview', {
    permission: 'ps-connect.read',
    summary:
      'Runs by status, what is wrong if anything is, Node-REDs alive on the store, connections, revision of the flows; and what who asks may do.',
    answer: named('Overview'),
    handle: async ({ pack, caller }) => {
      const overview = {
        ready: pack.ready,
        trouble: pack.trouble?.toJSON() ?? null,
        notices: [...certificateNotices(), ...(await withoutEntryNotices(pack))],
        revision: pack.engine.revision,
        runs: pack.trouble ? null : await pack.engine.store.counts(),
        approvals: pack.trouble ? 0 : (await pack.engine.store.openFigures()).approvals,
        active: pack.engine.active.size,
        instances: pack.engine.instancesAlive,
        sources: [...pack.sources].map(([id, { failure, ...source }]) => ({ id, ...source, failure: failure?.toJSON() ?? null })),
        connections: connectionsSeen(),
        signedInAs: caller.known ? caller.actor : null,
        signsIn: caller.signsIn,
        may: [...caller.may],
      };
      const told = overview.sources.some((source) => source.failure) || overview.connections.some(wasTold);
      return aboutLateRuns(pack, overview, told);
    },
  }),
  route('GET /kpis', {
    permission: 'ps-connect.read',
    summary: 'Business figures: runs by status, dead letters by class, age of the oldest open run, last reconciliation.',
    answer: named('Kpis'),
    handle: ({ pack }) => kpis(pack),
  }),
];

/** When was compared last, and what is open of the last comparison of each kind: expenses that are even say nothing of time. */
function lastOf(ofEach: readonly ReconciliationRecord[]): Kpis['lastReconciliation'] {
  const [latest] = ofEach;
  if (!latest) return null;
  return { at: latest.at, breaks: ofEach.reduce((sum, { result }) => sum + breakCount(result), 0) };
}

async function kpis(pack: Pack): Promise<Kpis> {
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
