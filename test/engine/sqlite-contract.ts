import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../../engine/store.ts';
import { quickFolder } from '../quick-folder.ts';
import { storeContract } from './store-contract.ts';

/** The store contract over a file of the embedded store. */
export function sqliteContract(name: string, make: (file: string) => Store): void {
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
