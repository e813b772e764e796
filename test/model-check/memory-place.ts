import type { Instances } from '../../engine/store/instances.ts';
import type { Store } from '../../engine/store.ts';
import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import { gatedStore } from './gated-store.ts';
import { leaseMs, Neighbours, SharedMemoryStore } from './memory-instances.ts';
import { MemoryDisk } from './memory/connection.ts';
import { MemoryStore } from './memory-store.ts';
import type { Scenario } from './scenario.ts';
import type { StorePlace } from './store-place.ts';

/** Runs in memory; each call of the store is a step of its own. */
export function memoryPlace(scenario: Scenario): StorePlace {
  const disk = new MemoryDisk();
  const neighbours = new Neighbours();
  const known = new Map<number, () => Json>();
  const knownOfDead = new Map<number, () => Json>();
  const options = { canFail: scenario.faults.includes('store-fails'), answersLater: scenario.faults.includes('freeze') };
  return {
    connect(steps, owner, observer) {
      if (!scenario.instances) return { store: gatedStore(new MemoryStore(disk), steps, owner, observer, options) };
      // another process's call reaches the event loop of this one as a step
      const shared = new SharedMemoryStore(disk, neighbours, owner, () => steps.now);
      const gated = gatedStore(shared, steps, owner, observer, options) as Store & Instances;
      let holdsUntil = 0;
      const nameOf = (key: string) => disk.effects.get(key)?.business ?? key;
      known.set(owner, () => [shared.known(nameOf), Math.max(-1, holdsUntil - steps.now)]);
      knownOfDead.set(owner, () => (neighbours.leases.has(owner) ? shared.known(nameOf) : null));
      // as PostgreSQL's store does it: once an intent is committed, the lease must not have run out meanwhile
      const held = async <T>(intent: Promise<T>): Promise<T> => {
        const answer = await intent;
        if (steps.now >= holdsUntil)
          throw new Failure({ class: 'transient.unavailable', code: 'LEASE_RAN_OUT', message: 'Silent for too long.' });
        return answer;
      };
      const store = new Proxy(gated, {
        get(target, name) {
          if (name === 'intend') return (...parts: Parameters<Store['intend']>) => held(target.intend(...parts));
          if (name === 'intendAgain') return (...parts: Parameters<Store['intendAgain']>) => held(target.intendAgain(...parts));
          return Reflect.get(target, name);
        },
      });
      const onWake = (listener: () => void) =>
        shared.onWake(() => steps.add(owner, 'a call of the other', [{ name: 'heard', take: listener }]));
      const instances: Instances = {
        async heartbeat(now) {
          const began = steps.now;
          const beat = await gated.heartbeat(now);
          holdsUntil = began + leaseMs;
          return beat;
        },
        reclaim: (active, now) => gated.reclaim(active, now),
        lease: (source) => gated.lease(source),
        unlease: (source) => gated.unlease(source),
        onWake,
      };
      return { store, instances };
    },
    died(owner) {
      known.delete(owner);
      neighbours.listeners.delete(owner);
    },
    view: async () => ({
      runs: disk.runs,
      effects: [...disk.effects.values()],
      approvals: disk.approvals,
      nudged: [...disk.nudged],
      cursor: disk.cursors.get('source'),
    }),
    tokenOf: (run) => disk.runs.find(({ id }) => id === run)?.token,
    knownOf: (owner) => known.get(owner)?.() ?? null,
    knownOfDead: () =>
      [...knownOfDead]
        .filter(([owner]) => !known.has(owner))
        .map(([, dead]) => dead())
        .filter((dead) => dead !== null),
    journal: async () => disk.lines,
    remove: () => undefined,
  };
}
