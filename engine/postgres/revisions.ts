import type { Json } from '../../model/json.ts';
import type { Revisions } from '../store/revisions.ts';
import { PostgresDatabase } from './postgres-database.ts';

/** Flows as deployed. */
export abstract class PostgresRevisions extends PostgresDatabase implements Revisions {
  async saveRevision(revision: string, flows: Json, now: number): Promise<void> {
    await this.do((transaction) =>
      transaction.query('INSERT INTO revisions (revision, flows, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        revision,
        JSON.stringify(flows),
        now,
      ]),
    );
  }
}
