import 'should';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { storeContract } from './store-contract.ts';

storeContract({
  name: 'SQLite',
  async create() {
    const folder = mkdtempSync(join(tmpdir(), 'psconnect-store-'));
    return {
      store: () => new SqliteStore(join(folder, 'store.sqlite')),
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  },
});
