import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { startPostgres } from './embedded-postgres.ts';

/** A shared store on a PostgreSQL of its own. */
export async function openPostgres(): Promise<{ store: PostgresStore; end(): Promise<void> }> {
  const database = await startPostgres();
  const store = new PostgresStore({ url: database.url });
  await store.open(1);
  return {
    store,
    async end() {
      await store.close();
      await database.remove();
    },
  };
}
