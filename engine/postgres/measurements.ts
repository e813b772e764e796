import type { Json } from '../../model/json.ts';
import { figureDayOf, soughtBy } from '../sqlite/measurements.ts';
import { type EngagementState, stageOf } from '../store/engagements.ts';
import { byDay, type FigureDay, type Measurement, type Measurements, mostGroups } from '../store/measurements.ts';
import { databaseText } from './database-text.ts';
import { PostgresDatabase } from './postgres-database.ts';
import type { Transaction } from './write-kind.ts';

/** Figures by day. */
export abstract class PostgresMeasurements extends PostgresDatabase implements Measurements {
  async measuredTo(): Promise<Json | undefined> {
    const [row] = await this.read('SELECT place FROM measured_to', []);
    return row ? (JSON.parse(String(row['place'])) as Json) : undefined;
  }

  measure({ from, to, add, engagements = [] }: Parameters<Measurements['measure']>[0]): Promise<boolean> {
    return this.do(async (transaction) => {
      const moved =
        from === null
          ? await transaction.query('INSERT INTO measured_to (alone, place) VALUES (1, $1) ON CONFLICT DO NOTHING RETURNING alone', [
              JSON.stringify(to),
            ])
          : await transaction.query('UPDATE measured_to SET place = $2 WHERE place = $1 RETURNING alone', [
              JSON.stringify(from),
              JSON.stringify(to),
            ]);
      if (moved.length === 0) return false;
      await addDays(transaction, add);
      await putEngagements(transaction, engagements);
      return true;
    });
  }

  addMeasurements(add: readonly Measurement[]): Promise<void> {
    return this.do((transaction) => addDays(transaction, add));
  }

  async figures({ from, to }: { from: string; to: string }): Promise<FigureDay[]> {
    const sql = 'SELECT * FROM figures WHERE day >= $1 AND day <= $2 ORDER BY day, figure, flow, entity, region, practice';
    return (await this.read(sql, [from, to])).map(figureDayOf);
  }
}

async function putEngagements(transaction: Transaction, all: readonly EngagementState[]): Promise<void> {
  if (all.length === 0) return;
  const rows = all.map((one) => [databaseText(one.code), stageOf(one), databaseText(soughtBy(one)), JSON.stringify(one), one.updatedAt]);
  await transaction.query(
    `INSERT INTO engagements (code, stage, sought, state, updated_at) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bigint[])
     ON CONFLICT (code) DO UPDATE SET stage = excluded.stage, sought = excluded.sought, state = excluded.state, updated_at = excluded.updated_at`,
    rows[0]!.map((_value, column) => rows.map((row) => row[column])),
  );
}

const columns = 'day, figure, flow, entity, region, practice';

/** Distributions added up: nothing, where nothing is known. */
const together = (parts: string) =>
  `(SELECT jsonb_object_agg(part, n) FROM (SELECT part, sum(n::bigint) AS n FROM ${parts} GROUP BY part) AS t)`;

/** In one order, so that two who add never wait for each other. */
async function addDays(transaction: Transaction, add: readonly Measurement[]): Promise<void> {
  const days = byDay(
    add.map((one) => ({
      ...one,
      ...{ flow: databaseText(one.flow), entity: databaseText(one.entity) },
      ...{ region: databaseText(one.region), practice: databaseText(one.practice) },
    })),
  ).map((one) => [
    one.day,
    one.figure,
    one.flow,
    one.entity,
    one.region,
    one.practice,
    one.count,
    one.sum,
    one.least,
    one.most,
    JSON.stringify(one.spread),
  ]);
  if (days.length === 0) return;
  await transaction.query(
    `WITH given AS (
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::jsonb[])
         AS g (day, figure, flow, entity, region, practice, count, sum, least, most, spread)
     ), kept AS (
       SELECT g.*, f.figure IS NOT NULL OR (SELECT count(*) FROM figures o WHERE o.day = g.day AND o.figure = g.figure)
           + row_number() OVER (PARTITION BY g.day, g.figure, f.figure IS NULL ORDER BY g.flow, g.entity, g.region, g.practice) <= ${mostGroups} AS apart
       FROM given g LEFT JOIN figures f USING (day, figure, flow, entity, region, practice)
     ), placed AS (
       SELECT day, figure, CASE WHEN apart THEN flow ELSE '' END AS flow, CASE WHEN apart THEN entity ELSE '' END AS entity,
         CASE WHEN apart THEN region ELSE '' END AS region, CASE WHEN apart THEN practice ELSE '' END AS practice, count, sum, least, most, spread FROM kept
     )
     INSERT INTO figures (${columns}, count, sum, least, most, spread)
     SELECT ${columns}, sum(count), sum(sum), min(least), max(most),
       ${together(`placed AS s, jsonb_each_text(s.spread) AS e (part, n)
         WHERE (s.day, s.figure, s.flow, s.entity, s.region, s.practice) = (p.day, p.figure, p.flow, p.entity, p.region, p.practice)`)}
     FROM placed p GROUP BY ${columns} ORDER BY ${columns}
     ON CONFLICT (${columns}) DO UPDATE SET count = figures.count + excluded.count, sum = figures.sum + excluded.sum,
       least = least(figures.least, excluded.least), most = greatest(figures.most, excluded.most), 
       spread = ${together('(SELECT * FROM jsonb_each_text(figures.spread) UNION ALL SELECT * FROM jsonb_each_text(excluded.spread)) AS e (part, n)')}`,
    days[0]!.map((_value, column) => days.map((row) => row[column])),
  );
}
