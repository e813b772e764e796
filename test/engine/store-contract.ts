import 'should';
import type { Store } from '../../engine/store.ts';
import { credentialsContract } from './store-credentials-contract.ts';
import { effectsContract } from './store-effects-contract.ts';
import { forgetContract } from './store-forget-contract.ts';
import { formsContract } from './store-forms-contract.ts';
import { journalContract } from './store-journal-contract.ts';
import { personContract } from './store-person-contract.ts';
import { refusalsContract } from './store-refusals-contract.ts';
import { runsContract } from './store-runs-contract.ts';
import { versionsContract } from './store-versions-contract.ts';

/** One kind of store under test; each test gets an empty one, and can open it again as a process that died would. */
export interface StoreKind {
  name: string;
  /** it lives no longer than a test, and forgets nothing */
  shortLived?: boolean;
  /** keeps values as they are, in memory: it has nothing to refuse */
  takesAnything?: boolean;
  /** an empty store, not yet open */
  create(): Promise<StorePlace>;
}

export interface StorePlace {
  /** a store object over the same data; two at a time stand for two processes */
  store(): Store;
  remove(): Promise<void>;
}

/** What the engine relies on; every store must keep it. */
export function storeContract(kind: StoreKind): void {
  describe(`Store contract: ${kind.name}`, () => {
    const opened: { place: StorePlace; stores: Store[] }[] = [];

    const open: OpenStore = async () => {
      const place = await kind.create();
      const stores: Store[] = [];
      opened.push({ place, stores });
      const next = async (now: number) => {
        const store = place.store();
        const { recovered } = await store.open(now);
        stores.push(store);
        return { store, recovered };
      };
      const { store } = await next(0);
      return {
        store,
        async again(now = 0) {
          await stores.pop()?.close();
          return next(now);
        },
      };
    };

    afterEach(async () => {
      for (const { place, stores } of opened.splice(0)) {
        for (const store of stores) await store.close();
        await place.remove();
      }
    });

    runsContract(open);
    effectsContract(open);
    personContract(open);
    journalContract(open);
    formsContract(open);
    credentialsContract(open);
    versionsContract(open);
    if (!kind.shortLived) forgetContract(open);
    if (!kind.takesAnything) refusalsContract(open);
  });
}

/** An open, empty store; `again` closes it and opens the same data anew, at a time. */
export type OpenStore = () => Promise<{ store: Store; again(now?: number): Promise<{ store: Store; recovered: number }> }>;
