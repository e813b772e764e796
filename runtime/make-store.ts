import { PostgresStore } from '../engine/postgres/postgres-store.ts';
import { threadedStore } from '../engine/sqlite/threaded-store.ts';
import type { Instances } from '../engine/store/instances.ts';
import type { Store } from '../engine/store.ts';
import { isSharedStore, type Settings } from './settings.ts';

/** The store that the settings name; no driver is loaded before it is opened. */
export function makeStore({ store, schema, leaseMs, anchor }: Settings): { store: Store; instances?: Instances } {
  if (!isSharedStore(store)) return { store: threadedStore(store, anchor) };
  const shared = new PostgresStore({ url: store, leaseMs, anchor: { file: anchor }, ...(schema === undefined ? {} : { schema }) });
  return { store: shared, instances: shared.instances };
}
