import { gatedStore } from './gated-store.ts';
import { MemoryDisk, MemoryStore } from './memory-store.ts';
import type { Scenario } from './scenario.ts';
import type { StorePlace } from './world.ts';

/** Runs in memory; each call of the store is a step of its own. */
export function memoryPlace(scenario: Scenario): StorePlace {
  const disk = new MemoryDisk();
  return {
    connect: (steps, owner, observer) => gatedStore(new MemoryStore(disk), steps, owner, observer, scenario.faults.includes('store-fails')),
    died: () => undefined,
    view: async () => ({
      runs: disk.runs,
      effects: [...disk.effects.values()],
      cursor: disk.cursors.get('source'),
    }),
    journal: async () => disk.lines,
    remove: () => undefined,
  };
}
