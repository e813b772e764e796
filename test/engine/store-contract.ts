import 'should';
import { type Store, storeCalls } from '../../engine/store.ts';
import type { OpenStore } from './open-store.ts';
import { apiKeysContract } from './store-api-keys-contract.ts';
import { savedFiltersContract } from './store-saved-filters-contract.ts';
import { approvalsContract } from './store-approvals-contract.ts';
import { credentialsContract } from './store-credentials-contract.ts';
import { crosswalkContract } from './store-crosswalk-contract.ts';
import { effectsContract } from './store-effects-contract.ts';
import { engagementsContract, forgottenEngagementsContract } from './store-engagements-contract.ts';
import { forgettingContract } from './store-forgetting-contract.ts';
import { journalContract } from './store-journal-contract.ts';
import { lifeContract } from './store-life-contract.ts';
import { manyGroupsContract, measurementsContract } from './store-measurements-contract.ts';
import { personActsContract } from './store-person-acts-contract.ts';
import { recordsContract } from './store-records-contract.ts';
import { refusalsContract } from './store-refusals-contract.ts';
import { runListsContract } from './store-run-lists-contract.ts';
import { runsContract } from './store-runs-contract.ts';
import { sourcesContract } from './store-sources-contract.ts';
import { statementsContract } from './store-statements-contract.ts';
import { undoingContract } from './store-undoing-contract.ts';
import { versionsContract } from './store-versions-contract.ts';
import { waitingContract } from './store-waiting-contract.ts';

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

/** One for each area of the store. */
const areas = [
  lifeContract,
  runsContract,
  waitingContract,
  runListsContract,
  personActsContract,
  undoingContract,
  effectsContract,
  approvalsContract,
  journalContract,
  recordsContract,
  credentialsContract,
  statementsContract,
  measurementsContract,
  engagementsContract,
  sourcesContract,
  crosswalkContract,
  apiKeysContract,
  savedFiltersContract,
];

/** What the engine relies on; every store must keep it. */
export function storeContract(kind: StoreKind): void {
  describe(`Store contract: ${kind.name}`, () => {
    const opened: { place: StorePlace; stores: Store[] }[] = [];
    const asked = new Set<PropertyKey>();

    const open: OpenStore = async () => {
      const place = await kind.create();
      const stores: Store[] = [];
      opened.push({ place, stores });
      const next = async (now: number) => {
        const store = noting(place.store(), asked);
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

    for (const contract of areas) contract(open);
    versionsContract(open);
    if (!kind.shortLived) forgettingContract(open);
    if (!kind.shortLived) manyGroupsContract(open);
    if (!kind.shortLived) forgottenEngagementsContract(open);
    if (!kind.takesAnything) refusalsContract(open);

    describe('its contract', () => {
      it('asks for all that a store can be asked', () => {
        const never = (Object.keys(storeCalls) as (keyof Store)[]).filter((name) => !asked.has(name));
        never.should.deepEqual(kind.shortLived ? ['forget'] : []);
      });
    });
  });
}

/** The store, which notes what it is asked. */
const noting = (store: Store, asked: Set<PropertyKey>): Store =>
  new Proxy(store, {
    get(target, name) {
      const call: unknown = Reflect.get(target, name);
      if (typeof call !== 'function') return call;
      return (...given: unknown[]): unknown => {
        asked.add(name);
        return Reflect.apply(call, target, given);
      };
    },
  });
