import { engagementOfRow, funnelOf } from '../sqlite/engagements.ts';
import type { EngagementFilter, Engagements, EngagementState, Stage } from '../store/engagements.ts';
import { databaseText } from './database-text.ts';
import { PostgresDatabase } from './postgres-database.ts';

/** Engagements from the deal to the payment. */
export abstract class PostgresEngagements extends PostgresDatabase implements Engagements {
  async engagements({ stage, search, codes, after, limit }: EngagementFilter): Promise<EngagementState[]> {
    const rows = await this.read(
      `SELECT state FROM engagements WHERE ($1::text IS NULL OR stage = $1) AND ($2::text IS NULL OR strpos(sought, $2) > 0)
         AND ($3::text[] IS NULL OR code = ANY ($3)) AND ($4::bigint IS NULL OR (updated_at, code) < ($4, $5::text))
       ORDER BY updated_at DESC, code DESC LIMIT $6`,
      [
        stage ?? null,
        search === undefined ? null : databaseText(search.toLowerCase()),
        codes?.map(databaseText) ?? null,
        after?.updatedAt ?? null,
        after?.code ?? null,
        limit,
      ],
    );
    return rows.map(engagementOfRow);
  }

  async funnel(): Promise<Record<Stage, number>> {
    return funnelOf(await this.read('SELECT stage, count(*) AS n FROM engagements GROUP BY stage', []));
  }
}
