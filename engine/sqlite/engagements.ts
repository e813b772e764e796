import { emptyFunnel, type EngagementFilter, type Engagements, type EngagementState, type Stage } from '../store/engagements.ts';
import type { Row } from './database.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Engagements from the deal to the payment. */
export abstract class SqliteEngagements extends SqliteFile implements Engagements {
  async engagements({ stage, search, codes, after, limit }: EngagementFilter): Promise<EngagementState[]> {
    const where: string[] = ['1'];
    const values: (string | number)[] = [];
    if (stage !== undefined) (where.push('stage = ?'), values.push(stage));
    if (search !== undefined) (where.push('instr(sought, ?)'), values.push(search.toLowerCase()));
    if (codes !== undefined) (where.push('code IN (SELECT value FROM json_each(?))'), values.push(JSON.stringify(codes)));
    if (after !== undefined) (where.push('(updated_at, code) < (?, ?)'), values.push(after.updatedAt, after.code));
    return this.db
      .all(`SELECT state FROM engagements WHERE ${where.join(' AND ')} ORDER BY updated_at DESC, code DESC LIMIT ?`, ...values, limit)
      .map(engagementOfRow);
  }

  async funnel(): Promise<Record<Stage, number>> {
    return funnelOf(this.db.all('SELECT stage, count(*) AS n FROM engagements GROUP BY stage'));
  }
}

export const engagementOfRow = (row: Row): EngagementState => JSON.parse(String(row['state'])) as EngagementState;

export function funnelOf(rows: readonly Row[]): Record<Stage, number> {
  return { ...emptyFunnel(), ...Object.fromEntries(rows.map((row) => [String(row['stage']), Number(row['n'])])) };
}
