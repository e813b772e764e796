import type { FailureDetails } from '../../model/failure.ts';
import type { Severity } from '../retry-policy.ts';
import type { FailingSource, Sources } from '../store/sources.ts';
import type { Row } from './database.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Sources that cannot read. */
export abstract class SqliteSources extends SqliteFile implements Sources {
  sourceFails({ source, flow, severity, failure }: Omit<FailingSource, 'since'>, now: number): Promise<void> {
    return this.db.write(() => {
      this.db.change(
        `INSERT INTO failing_sources (source, flow, severity, failure, since) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (source) DO UPDATE SET flow = excluded.flow, severity = excluded.severity, failure = excluded.failure`,
        ...[source, flow, severity, JSON.stringify(failure), now],
      );
    });
  }

  sourceReads(source: string): Promise<void> {
    return this.db.write(() => void this.db.change('DELETE FROM failing_sources WHERE source = ?', source));
  }

  async failingSources(): Promise<FailingSource[]> {
    return this.db.all('SELECT * FROM failing_sources ORDER BY source').map(failingSourceOf);
  }
}

export const failingSourceOf = (row: Row): FailingSource => ({
  ...{ source: String(row['source']), flow: String(row['flow']), severity: String(row['severity']) as Severity },
  ...{ failure: JSON.parse(String(row['failure'])) as FailureDetails, since: Number(row['since']) },
});
