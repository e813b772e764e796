import type { Random } from '../../sandbox/firm/random.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { type Cluster, pause } from './cluster.ts';

/** Something that goes wrong for a while, and is over when it resolves. */
export interface ChaosFault {
  name: string;
  /** false where it cannot be made here: as another user than root, or without a database */
  possible(cluster: Cluster): boolean;
  play(cluster: Cluster, sandbox: Sandbox, random: Random): Promise<void>;
}

/** Everything but the deaths of Node-RED, which play.ts lets happen between these. */
export const chaosFaults: ChaosFault[] = [
  {
    name: 'frozen past its lease',
    possible: () => true,
    async play({ instances, store }, _sandbox, random) {
      const frozen = random.pick(instances);
      frozen.signal('SIGSTOP');
      await pause((store.leaseMs ?? 1_000) + random.between(200, 1_500));
      frozen.signal('SIGCONT');
    },
  },
  {
    name: 'database crashed',
    possible: ({ store }) => store.restart !== undefined,
    play: ({ store }, _sandbox, random) => store.restart!(random.between(0, 2_000)),
  },
  {
    name: 'disk full',
    possible: ({ store }) => store.disk !== undefined,
    async play({ store }, _sandbox, random) {
      store.disk!.fill(random.between(0, 64) * 1024);
      await pause(random.between(500, 2_500));
      store.disk!.empty();
      await store.revive();
    },
  },
  {
    name: 'answers lost',
    possible: () => true,
    async play(_cluster, sandbox, random) {
      // what is written in the systems is written; the one who asked never hears of it
      for (const system of systemsOf(sandbox)) {
        for (const method of ['POST', 'PATCH', 'PUT', 'DELETE']) {
          system.faults.add({ kind: 'dropAfter', match: { method }, after: random.between(0, 10), times: random.between(1, 4) });
        }
      }
      await pause(random.between(500, 1_500));
      for (const system of systemsOf(sandbox)) system.faults.clear();
    },
  },
  {
    name: 'systems unavailable',
    possible: () => true,
    async play(_cluster, sandbox, random) {
      const system = random.pick(systemsOf(sandbox));
      const status = random.pick([503, 429, 502]);
      system.faults.add({ kind: 'status', status, headers: { 'Retry-After': '1' }, body: 'not now', times: -1 });
      await pause(random.between(300, 2_000));
      system.faults.clear();
    },
  },
  {
    name: 'tokens forgotten',
    possible: () => true,
    async play(_cluster, sandbox) {
      // Kantata's are given by a person and stay until a person takes them back
      for (const system of [sandbox.salesforce, sandbox.netsuite]) system.faults.add({ kind: 'expireToken' });
    },
  },
  {
    name: 'clock turned',
    possible: () => true,
    async play({ instances }, _sandbox, random) {
      const seconds = random.between(30, 240) * (random.chance(50) ? 1 : -1);
      await random.pick(instances).turnClock(seconds * 1_000);
    },
  },
];

/** Those that faults are made in. */
export function systemsOf({ salesforce, netsuite, kantata, 'event-receiver': receiver }: Sandbox) {
  return [salesforce, netsuite, kantata, receiver];
}
