import type { Instances, Store } from '../../engine/store.ts';
import { gatedStore } from './gated-store.ts';
import { Neighbours, SharedMemoryStore } from './memory-instances.ts';
import { MemoryDisk, MemoryStore } from './memory-store.ts';
import type { Scenario } from './scenario.ts';
import type { StorePlace } from './world.ts';

/** Runs in memory; each call of the store is a step of its own. */
export function memoryPlace(scenario: Scenario): StorePlace {
  const disk = new MemoryDisk();
  const neighbours = new Neighbours();
  const options = { canFail: scenario.faults.includes('store-fails'), answersLater: scenario.faults.includes('freeze') };
  return {
    connect(steps, owner, observer) {
      if (!scenario.instances) return { store: gatedStore(new MemoryStore(disk), steps, owner, observer, options) };
      // another process's call reaches the event loop of this one as a step
      const shared = new SharedMemoryStore(disk, neighbours, owner, () => steps.now);
      const gated = gatedStore(shared, steps, owner, observer, options) as Store & Instances;
      const onWake = (listener: () => void) =>
        shared.onWake(() => steps.add(owner, 'a call of the other', [{ name: 'heard', take: listener }]));
      const instances: Instances = {
        heartbeat: (now) => gated.heartbeat(now),
        reclaim: (active, now) => gated.reclaim(active, now),
        lease: (source) => gated.lease(source),
        unlease: (source) => gated.unlease(source),
        onWake,
      };
      return { store: gated, instances };
    },
    died(owner) {
      neighbours.listeners.delete(owner);
    },
    view: async () => ({
      runs: disk.runs,
      effects: [...disk.effects.values()],
      cursor: disk.cursors.get('source'),
    }),
    journal: async () => disk.lines,
    remove: () => undefined,
  };
}
