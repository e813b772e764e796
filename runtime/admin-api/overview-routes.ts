import { certificateNotices } from '../certificate-notice.ts';
import { aboutLateRuns } from './about-runs.ts';
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
];
