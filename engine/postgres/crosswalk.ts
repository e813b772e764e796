import type { CrosswalkQuestion } from '../../model/crosswalk-entry.ts';
import { journalLineFor, plannedChanges } from '../crosswalk-changes.ts';
import {
  anyMapped,
  columnsOf,
  concerned,
  crosswalkRowOf,
  crosswalkTableOf,
  crosswalkTables,
  inOrder,
  mappedRuns,
  mappedRunsOf,
  unmapped,
  unmappedOf,
} from '../sqlite/crosswalk.ts';
import type { Act } from '../store/act.ts';
import type {
  Crosswalk,
  CrosswalkChange,
  CrosswalkChanged,
  CrosswalkFilter,
  CrosswalkRow,
  MappedRun,
  Unmapped,
} from '../store/crosswalk.ts';
import type { RunId } from '../store/runs.ts';
import { databaseText } from './database-text.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { mustBeUnderWay } from './run-rows.ts';

/** What values of one system are in another. */
export abstract class PostgresCrosswalk extends PostgresDatabase implements Crosswalk {
  async crosswalkFor({ table, from, value, to, date }: CrosswalkQuestion): Promise<CrosswalkRow[]> {
    const rows = await this.read(
      `SELECT * FROM crosswalk WHERE current = 1 AND removed = 0 AND table_name = $1 AND value = $2 AND from_system IN ($3, '*') AND to_system IN ($4, '*')
         AND valid_from <= $5 AND valid_to >= $5 LIMIT 2`,
      [table, databaseText(value), from, to, date],
    );
    return rows.map(crosswalkRowOf);
  }

  changeCrosswalk(
    changes: CrosswalkChange[],
    { dryRun = false, ...act }: Act & { dryRun?: boolean },
    now: number,
  ): Promise<CrosswalkChanged> {
    return this.do(async (transaction) => {
      // one person after the other, over all instances: what is looked at stays until the commit
      await transaction.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', ['crosswalk']);
      const rows = await transaction.query(
        'SELECT * FROM crosswalk WHERE current = 1 AND (id = ANY($1::text[]) OR (removed = 0 AND folded = ANY($2::text[])))',
        concerned(changes),
      );
      const told = plannedChanges(changes, rows.map(crosswalkRowOf), act, now);
      const states = told.states.map(({ row }) => row);
      if (states.length === 0 || dryRun) return told;
      await transaction.query('UPDATE crosswalk SET current = 0 WHERE current = 1 AND id = ANY($1::text[])', [states.map(({ id }) => id)]);
      const columns = states.map(columnsOf);
      await transaction.query(
        `INSERT INTO crosswalk (id, version, table_name, from_system, value, folded, to_system, target, valid_from, valid_to, removed, actor, reason, at)
         SELECT * FROM unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
           $11::smallint[], $12::text[], $13::text[], $14::bigint[])`,
        columns[0]!.map((_value, place) => columns.map((row) => row[place])),
      );
      for (const state of states) transaction.journal(journalLineFor(state), now);
      return told;
    });
  }

  async crosswalkRows({ table, from, to, search, on, after, limit }: CrosswalkFilter): Promise<CrosswalkRow[]> {
    const rows = await this.read(
      `SELECT * FROM crosswalk WHERE current = 1 AND removed = 0
         AND ($1::text IS NULL OR table_name = $1) AND ($2::text IS NULL OR from_system = $2) AND ($3::text IS NULL OR to_system = $3)
         AND ($4::text IS NULL OR strpos(lower(value), lower($4)) > 0 OR strpos(lower(target), lower($4)) > 0)
         AND ($5::text IS NULL OR (valid_from <= $5 AND valid_to >= $5))
         AND ($6::text IS NULL OR (${inOrder}) > (SELECT ${inOrder} FROM crosswalk WHERE current = 1 AND id = $6))
       ORDER BY ${inOrder} LIMIT $7`,
      [table ?? null, from ?? null, to ?? null, search ? databaseText(search) : null, on ?? null, after ?? null, limit],
    );
    return rows.map(crosswalkRowOf);
  }

  async crosswalkTables(): Promise<{ table: string; rows: number }[]> {
    return (await this.read(crosswalkTables, [])).map(crosswalkTableOf);
  }

  async crosswalkHistory(id: string): Promise<CrosswalkRow[]> {
    return (await this.read('SELECT * FROM crosswalk WHERE id = $1 ORDER BY version', [id])).map(crosswalkRowOf);
  }

  noteUnmapped({ table, from, value, to, date }: CrosswalkQuestion, run: RunId, token: number, now: number): Promise<void> {
    return this.do(async (transaction) => {
      await mustBeUnderWay(transaction, run, token);
      await transaction.query('DELETE FROM crosswalk_missing WHERE run = $1 AND token <> $2', [run, token]);
      await transaction.query(
        `INSERT INTO crosswalk_missing (run, token, table_name, from_system, value, to_system, day, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
        [run, token, table, from, databaseText(value), to, date, now],
      );
    });
  }

  async unmapped(limit: number): Promise<Unmapped[]> {
    return (await this.read(`${unmapped} LIMIT $1`, [limit])).map(unmappedOf);
  }

  async mappedRuns(limit: number, after?: RunId): Promise<MappedRun[]> {
    if ((await this.read(anyMapped(lacksMapping), [])).length === 0) return [];
    return mappedRunsOf(await this.read(`${mappedRuns(lacksMapping, '$1')} LIMIT $2`, [after ?? '', limit]));
  }
}

const lacksMapping = `r.failure_class = 'mapping.missing'`;
