import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { heard, type StandingStatement } from '../heard.ts';
import type { RunId, RunStatus } from '../store/runs.ts';
import type { Heard, Stated, Statement, Statements } from '../store/statements.ts';
import type { Row } from './database.ts';
import { SqliteFile } from './sqlite-file.ts';

/** What was said last of each field by its owner. */
export abstract class SqliteStatements extends SqliteFile implements Statements {
  statementKey(proposed: string): Promise<string> {
    return this.db.write(() => {
      this.db.change('INSERT INTO statement_key (alone, key) VALUES (1, ?) ON CONFLICT DO NOTHING', proposed);
      return String(this.db.get('SELECT key FROM statement_key')?.['key']);
    });
  }

  state(statement: Statement, run: RunId, token: number, now: number): Promise<{ [field: string]: Heard }> {
    const { node, record, system, at, fields } = statement;
    return this.db.write(() => {
      const live = this.db.get(`SELECT seq FROM runs WHERE id = ? AND token = ? AND status = 'running'`, run, token);
      if (!live) throw new Failure({ class: 'internal', ...inWords('RUN_TAKEN_OVER') });
      const seq = Number(live['seq']);
      const answer = Object.entries(fields).map(([field, digest]): [string, Heard] => {
        const standing = standingOf(
          this.db.get(
            `SELECT s.*, r.status FROM statements s LEFT JOIN runs r ON r.id = s.run WHERE s.record = ? AND s.node = ? AND s.field = ?`,
            ...[record, node, field],
          ),
        );
        const how = heard({ system, digest, ...(at === undefined ? {} : { at }) }, { run, seq }, standing);
        if (how === 'overtaken') return [field, how];
        // what is known stays that of the run that has passed it on
        const by = how === 'known' && standing ? standing.run : run;
        this.db.change(
          `INSERT INTO statements (record, node, field, system, digest, at, run, seq, said_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (record, node, field) DO UPDATE SET system = excluded.system, digest = excluded.digest, at = excluded.at,
             run = excluded.run, seq = excluded.seq, said_at = excluded.said_at`,
          ...[record, node, field, system, digest, at ?? null, by, seq, now],
        );
        return [field, how];
      });
      return Object.fromEntries(answer);
    });
  }

  async stated(record: string): Promise<Stated[]> {
    return this.db
      .all('SELECT field, system, digest FROM statements WHERE record = ? ORDER BY said_at, seq, node, field', record)
      .map(statedOf);
  }

  forgetStatements(record: string): Promise<number> {
    return this.db.write(() => this.db.change('DELETE FROM statements WHERE record = ?', record));
  }
}

export const statedOf = (row: Row): Stated => ({
  field: String(row['field']),
  system: String(row['system']),
  digest: String(row['digest']),
});

export function standingOf(row: Row | undefined): StandingStatement | undefined {
  if (!row) return undefined;
  const { system, digest, at, run, status, seq } = row;
  return {
    ...{ system: String(system), digest: String(digest), run: String(run), seq: Number(seq) },
    at: at === null ? undefined : String(at),
    status: status === null ? undefined : (String(status) as RunStatus),
  };
}
