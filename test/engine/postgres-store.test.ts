import 'should';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { startPostgres, type TestDatabase } from './embedded-postgres.ts';
import { storeContract } from './store-contract.ts';

describe('PostgreSQL', () => {
  let database: TestDatabase;
  let schemas = 0;
  before(async function () {
    this.timeout(30_000);
    database = await startPostgres(['-c', 'fsync=off']); // nothing here dies
  });
  after(() => database.remove());

  storeContract({
    name: 'PostgreSQL',
    async create() {
      const schema = `contract_${++schemas}`;
      return {
        store: () => new PostgresStore({ url: database.url, schema }),
        remove: async () => void (await database.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)),
      };
    },
  });
});
