import { failingSourceOf } from '../sqlite/sources.ts';
import type { FailingSource, Sources } from '../store/sources.ts';
import { PostgresDatabase } from './postgres-database.ts';

/** Sources that cannot read, whichever instance tries. */
export abstract class PostgresSources extends PostgresDatabase implements Sources {
  async sourceFails({ source, flow, severity, failure }: Omit<FailingSource, 'since'>, now: number): Promise<void> {
    await this.do((transaction) =>
      transaction.query(
        `INSERT INTO failing_sources (source, flow, severity, failure, since) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (source) DO UPDATE SET flow = excluded.flow, severity = excluded.severity, failure = excluded.failure`,
        [source, flow, severity, JSON.stringify(failure), now],
      ),
    );
  }

  async sourceReads(source: string): Promise<void> {
    await this.do((transaction) => transaction.query('DELETE FROM failing_sources WHERE source = $1', [source]));
  }

  async failingSources(): Promise<FailingSource[]> {
    return (await this.read('SELECT * FROM failing_sources ORDER BY source', [])).map(failingSourceOf);
  }
}
