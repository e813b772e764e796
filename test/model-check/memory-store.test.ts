import { storeContract } from '../engine/store-contract.ts';
import { MemoryDisk } from './memory/connection.ts';
import { MemoryStore } from './memory-store.ts';

storeContract({
  name: 'in memory (the model check)',
  shortLived: true,
  takesAnything: true,
  async create() {
    const disk = new MemoryDisk();
    return { store: () => new MemoryStore(disk), remove: async () => undefined };
  },
});
