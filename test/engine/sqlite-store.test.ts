import 'should';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { threadedStore } from '../../engine/sqlite/threaded-store.ts';
import type { Store } from '../../engine/store.ts';
import { quickFolder } from '../quick-folder.ts';
import { storeContract } from './store-contract.ts';

for (const [name, make] of [
  ['SQLite', (file: string): Store => new SqliteStore(file)],
  ['SQLite in a thread of its own', threadedStore],
] as const) {
  storeContract({
    name,
    async create() {
      const folder = quickFolder('store');
      return {
        store: () => make(join(folder, 'store.sqlite')),
        remove: async () => rmSync(folder, { recursive: true, force: true }),
      };
    },
  });
}
