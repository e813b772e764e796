import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { Approval } from '../../engine/store/approvals.ts';
import type { Effect } from '../../engine/store/effects.ts';
import type { Store } from '../../engine/store.ts';
import { quickFolder } from '../quick-folder.ts';
import { labelOf, timesIn } from './call-text.ts';
import type { Scenario } from './scenario.ts';
import type { StoreObserver, StorePlace } from './store-place.ts';

/** It is one process's, and its disk is never full here. */
export const fitsSqlite = ({ instances, faults }: Scenario) => !instances && !faults.includes('store-fails');

/**
 * The real embedded store. Its group commits wait for `setImmediate`, which is a step of the scheduler: a crash before
 * it loses the whole group, one after it nothing.
 */
export async function sqlitePlaces(Store: typeof SqliteStore): Promise<{ place(): StorePlace; remove(): void }> {
  const folder = quickFolder('model');
  const template = join(folder, 'empty.sqlite');
  const first = new Store(template);
  await first.open(0);
  await first.close();
  let count = 0;
  return {
    remove: () => rmSync(folder, { recursive: true, force: true }),
    place() {
      const file = join(folder, `${++count}.sqlite`);
      copyFileSync(template, file);
      let store: SqliteStore | undefined;
      const down = () => {
        rawOf(store)?.close();
        store = undefined;
      };
      return {
        connect(_steps, _owner, observer) {
          store = new Store(file);
          return { store: observed(store, observer) };
        },
        died: down,
        async view() {
          const db = rawOf(store);
          if (!store || !db) return { runs: [], effects: [], approvals: [], nudged: [], cursor: undefined };
          const runs = (await store.runs({ limit: 100 })).toReversed();
          const effects: Effect[] = [];
          const approvals: Approval[] = [];
          for (const run of runs) {
            effects.push(...(await store.effects(run.id)));
            approvals.push(...(await store.approvals({ run: run.id, limit: 100 })));
          }
          const nudged = db.prepare('SELECT id FROM runs WHERE nudged = 1').all() as { id: string }[];
          return { runs, effects, approvals, nudged: nudged.map(({ id }) => id), cursor: await store.cursor('source') };
        },
        journal: async () => (store ? store.journal({ limit: 10_000 }) : []),
        remove() {
          down();
          rmSync(file, { force: true });
        },
      };
    },
  };
}

/** The connection below the store, to cut it off as a dying process does: without the commit that `close` makes. */
function rawOf(store: SqliteStore | undefined): { close(): void; prepare(sql: string): { all(): unknown[] } } | undefined {
  return (store as unknown as { database?: { db: DatabaseSync } } | undefined)?.database?.db;
}

/** Tells what is asked and answered. */
function observed(store: Store, observer: StoreObserver): Store {
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...parts: unknown[]) => {
        const call = { name: String(name), parts, label: labelOf(String(name), parts, observer.nameOf) };
        observer.asked(call.label, timesIn(parts));
        const answer = (method as (...parts: unknown[]) => Promise<unknown>).apply(target, parts);
        answer.then(
          (value) => observer.answered(call, value),
          () => observer.answered(call, 'refused'),
        );
        return answer;
      };
    },
  });
}
