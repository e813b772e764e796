import type { Pool, PoolClient } from 'pg';
import type { Row } from '../sqlite/database.ts';

/**
 * Sessions for reading. When the one that writes was lost, is another or cannot be had, the database may be another behind the same address: those
 * that were open then are let go before they are asked again.
 */
export class Readers {
  private readonly pool: Pool;
  private readonly era = new WeakMap<object, number>();
  private now = 0;

  constructor(pool: Pool) {
    this.pool = pool;
    pool.on('error', () => undefined); // an idle connection ended: the next reader gets a new one
  }

  async query(sql: string, values: unknown[]): Promise<{ rows: Row[] }> {
    const client = await this.current();
    client.on('error', noted);
    let failed: Error | undefined;
    try {
      return await client.query<Row>(sql, values);
    } catch (error) {
      failed = error as Error;
      throw error;
    } finally {
      client.off('error', noted);
      client.release(failed);
    }
  }

  /** Nothing more is read by the sessions that are open. */
  renew(): void {
    this.now++;
  }

  end(): Promise<void> {
    return this.pool.end();
  }

  private async current(): Promise<PoolClient> {
    for (;;) {
      const client = await this.pool.connect();
      const era = this.era.get(client);
      if (era === undefined) this.era.set(client, this.now);
      if (era === undefined || era === this.now) return client;
      client.release(true);
    }
  }
}

/** The query under way is told of it. */
const noted = () => undefined;
