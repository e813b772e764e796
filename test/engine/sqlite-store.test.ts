import 'should';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { threadedStore } from '../../engine/sqlite/threaded-store.ts';
import { storeContract } from './store-contract.ts';

// in its thread, as the product has it: what the thread does is the store without one
storeContract({
  name: 'SQLite in a thread of its own',
  async create() {
    const folder = mkdtempSync(join(tmpdir(), 'psconnect-store-'));
    return {
      store: () => threadedStore(join(folder, 'store.sqlite')),
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
});
