import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { Effect, Store } from '../../engine/store.ts';
import type { StorePlace } from './world.ts';

/**
 * The real embedded store. Its group commits wait for `setImmediate`, which is a step of the scheduler: a crash before
 * it loses the whole group, one after it nothing.
 */
export async function sqlitePlaces(Store: typeof SqliteStore): Promise<{ place(): StorePlace; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'psconnect-model-'));
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
      const names = new Map<string, string>();
      let store: SqliteStore | undefined;
      const down = () => {
        rawOf(store)?.close();
        store = undefined;
      };
      return {
        connect(_steps, _owner, observer) {
          store = new Store(file);
          return { store: observed(store, names, observer) };
        },
        died: down,
        async view() {
          if (!store || !rawOf(store)) return { runs: [], effects: [], cursor: undefined };
          const runs = (await store.runs({ limit: 100 })).toReversed();
          const effects: Effect[] = [];
          for (const run of runs) effects.push(...(await store.effects(run.id)));
          return { runs, effects, cursor: await store.cursor('source') };
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
function rawOf(store: SqliteStore | undefined): { close(): void } | undefined {
  return (store as unknown as { database?: { db: { close(): void } } } | undefined)?.database?.db;
}

/** Tells what is asked and answered; ids are told by order of appearance, since they differ from execution to execution. */
function observed(store: Store, names: Map<string, string>, observer: Parameters<StorePlace['connect']>[2]): Store {
  const named = (text: string) =>
    text.replace(/[\w-]{32,36}/g, (id) => {
      if (!names.has(id)) names.set(id, `id${names.size + 1}`);
      return names.get(id) as string;
    });
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...parts: unknown[]) => {
        const label = named(
          `${String(name)} ${JSON.stringify(parts, (key, value) => (key === 'now' || (typeof value === 'number' && value > 1e9) ? undefined : value))}`,
        );
        observer.asked(label);
        const answer = (method as (...parts: unknown[]) => Promise<unknown>).apply(target, parts);
        answer.then(
          (value) => observer.answered(label, value),
          () => observer.answered(label, 'refused'),
        );
        return answer;
      };
    },
  });
}
