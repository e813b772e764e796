import { type Distribution, together } from '../../model/distribution.ts';
import type { Json } from '../../model/json.ts';
import { type EngagementState, stageOf } from '../store/engagements.ts';
import { byDay, type FigureDay, type Measurement, type Measurements, mostGroups } from '../store/measurements.ts';
import type { Row } from './database.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Figures by day. */
export abstract class SqliteMeasurements extends SqliteFile implements Measurements {
  async measuredTo(): Promise<Json | undefined> {
    return this.place();
  }

  measure({ from, to, add, engagements = [] }: Parameters<Measurements['measure']>[0]): Promise<boolean> {
    return this.db.write(() => {
      if (JSON.stringify(this.place() ?? null) !== JSON.stringify(from)) return false;
      this.db.change(
        'INSERT INTO measured_to (alone, place) VALUES (1, ?) ON CONFLICT (alone) DO UPDATE SET place = excluded.place',
        JSON.stringify(to),
      );
      this.addDays(add);
      for (const one of engagements) this.putEngagement(one);
      return true;
    });
  }

  addMeasurements(add: readonly Measurement[]): Promise<void> {
    return this.db.write(() => this.addDays(add));
  }

  async figures({ from, to }: { from: string; to: string }): Promise<FigureDay[]> {
    return this.db
      .all('SELECT * FROM figures WHERE day >= ? AND day <= ? ORDER BY day, figure, flow, entity, region, practice', from, to)
      .map(figureDayOf);
  }

  private place(): Json | undefined {
    const row = this.db.get('SELECT place FROM measured_to');
    return row ? (JSON.parse(String(row['place'])) as Json) : undefined;
  }

  /** Only inside a write. */
  private putEngagement(one: EngagementState): void {
    this.db.change(
      `INSERT INTO engagements (code, stage, sought, state, updated_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (code) DO UPDATE SET stage = excluded.stage, sought = excluded.sought, state = excluded.state, updated_at = excluded.updated_at`,
      ...[one.code, stageOf(one), soughtBy(one), JSON.stringify(one), one.updatedAt],
    );
  }

  /** Only inside a write. */
  private addDays(add: readonly Measurement[]): void {
    for (const { day, figure, flow, entity, region, practice, count, sum, least, most, spread } of byDay(add)) {
      const group = [flow, entity, region, practice];
      const groups = this.kept(day, figure, group)
        ? 0
        : Number(this.db.get('SELECT count(*) AS n FROM figures WHERE day = ? AND figure = ?', day, figure)?.['n']);
      const place = groups < mostGroups ? group : group.map(() => '');
      const known = together([spreadOf(this.kept(day, figure, place)), spread]);
      this.db.change(
        `INSERT INTO figures (day, figure, flow, entity, region, practice, count, sum, least, most, spread) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (day, figure, flow, entity, region, practice) DO UPDATE SET count = count + excluded.count, sum = sum + excluded.sum,
           least = min(least, excluded.least), most = max(most, excluded.most), spread = excluded.spread`,
        ...[day, figure, ...place, count, sum, least, most, JSON.stringify(known)],
      );
    }
  }

  private kept(day: string, figure: string, group: readonly string[]): Row | undefined {
    return this.db.get(
      'SELECT spread FROM figures WHERE day = ? AND figure = ? AND flow = ? AND entity = ? AND region = ? AND practice = ?',
      ...[day, figure, ...group],
    );
  }
}

/** What a search looks through. */
export const soughtBy = ({ code, client = '' }: EngagementState): string => `${code}\n${client}`.toLowerCase();

export const figureDayOf = (row: Row): FigureDay => ({
  ...{ day: String(row['day']), figure: String(row['figure']) },
  ...{ flow: String(row['flow']), entity: String(row['entity']), region: String(row['region']), practice: String(row['practice']) },
  ...{
    count: Number(row['count']),
    sum: Number(row['sum']),
    least: Number(row['least']),
    most: Number(row['most']),
    spread: spreadOf(row),
  },
});

/** What a row says of its distribution: nothing, where it is of before that was kept. */
function spreadOf(row: Row | undefined): Distribution {
  const kept = row?.['spread'] ?? '{}';
  return (typeof kept === 'string' ? JSON.parse(kept) : kept) as Distribution;
}
