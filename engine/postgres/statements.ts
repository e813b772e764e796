import { heard } from '../heard.ts';
import { standingOf, statedOf } from '../sqlite/statements.ts';
import type { RunId } from '../store/runs.ts';
import type { Heard, Stated, Statement, Statements } from '../store/statements.ts';
import { databaseText } from './database-text.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { runTakenOver } from './run-rows.ts';
import type { Outcome, WriteKind } from './write-kind.ts';

/** What was said last of each field by its owner. */
export abstract class PostgresStatements extends PostgresDatabase implements Statements {
  statementKey(proposed: string): Promise<string> {
    return this.do(async (transaction) => {
      await transaction.query('INSERT INTO statement_key (alone, key) VALUES (1, $1) ON CONFLICT DO NOTHING', [proposed]);
      return String((await transaction.query('SELECT key FROM statement_key', []))[0]?.['key']);
    });
  }

  state(statement: Statement, run: RunId, token: number, now: number): Promise<{ [field: string]: Heard }> {
    return this.write(stateAll, { statement, run, token, now });
  }

  async stated(record: string): Promise<Stated[]> {
    const sql = 'SELECT field, system, digest FROM statements WHERE record = $1 ORDER BY said_at, seq, node, field';
    return (await this.read(sql, [record])).map(statedOf);
  }

  forgetStatements(record: string): Promise<number> {
    return this.do(async (transaction) => {
      const gone = await transaction.query('DELETE FROM statements WHERE record = $1 RETURNING field', [record]);
      return gone.length;
    });
  }
}

interface Stating {
  statement: Statement;
  run: RunId;
  token: number;
  now: number;
}

/**
 * One after the other for each record, over all instances: the lock is held to the end of the transaction. All of a group are locked in one order, so
 * that two groups never wait for each other.
 */
const stateAll: WriteKind<Stating, { [field: string]: Heard }> = {
  name: 'state',
  apart: ({ statement }) => statement.record,
  async apply(transaction, inputs) {
    await transaction.query(
      `SELECT pg_advisory_xact_lock(l.lock) FROM (SELECT DISTINCT hashtextextended(v, 0) AS lock FROM unnest($1::text[]) v ORDER BY 1) l`,
      [inputs.map(({ statement }) => statement.record)],
    );
    const live = await transaction.query(
      `SELECT id, seq FROM runs WHERE (id, token) IN (SELECT * FROM unnest($1::text[], $2::bigint[])) AND status = 'running' FOR NO KEY UPDATE`,
      [inputs.map(({ run }) => run), inputs.map(({ token }) => token)],
    );
    const standing = await transaction.query(
      `SELECT s.*, r.status FROM unnest($1::text[], $2::text[]) v (record, node) JOIN statements s ON s.record = v.record AND s.node = v.node
       LEFT JOIN runs r ON r.id = s.run`,
      [inputs.map(({ statement }) => statement.record), inputs.map(({ statement }) => statement.node)],
    );
    const places = new Map(live.map((row) => [String(row['id']), Number(row['seq'])]));
    const before = new Map(standing.map((row) => [placeOf(String(row['record']), String(row['field'])), standingOf(row)]));
    const said: unknown[][] = [];
    const outcomes = inputs.map(({ statement, run, now }): Outcome<{ [field: string]: Heard }> => {
      const { node, record, system, at, fields } = statement;
      const seq = places.get(run);
      if (seq === undefined) return { refused: runTakenOver() };
      const answer = Object.entries(fields).map(([name, digest]): [string, Heard] => {
        const field = databaseText(name);
        const known = before.get(placeOf(record, field));
        const how = heard({ system, digest, ...(at === undefined ? {} : { at }) }, { run, seq }, known);
        const by = how === 'known' && known ? known.run : run;
        if (how !== 'overtaken') said.push([record, node, field, system, digest, at ?? null, by, seq, now]);
        return [name, how];
      });
      return { value: Object.fromEntries(answer) };
    });
    if (said.length > 0) {
      await transaction.query(
        `INSERT INTO statements (record, node, field, system, digest, at, run, seq, said_at)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[])
         ON CONFLICT (record, node, field) DO UPDATE SET system = excluded.system, digest = excluded.digest, at = excluded.at,
           run = excluded.run, seq = excluded.seq, said_at = excluded.said_at`,
        said[0]!.map((_value, column) => said.map((row) => row[column])),
      );
    }
    return outcomes;
  },
};

const placeOf = (record: string, field: string) => `${record}\n${field}`;
