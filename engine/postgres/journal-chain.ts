import type { Json } from '../../model/json.ts';
import { ChainCheck, type JournalLine, lineHash } from '../journal.ts';
import type { Row } from '../sqlite/database.ts';
import { journalLineOf } from '../sqlite/rows.ts';
import type { Transaction } from './group-writer.ts';

export interface NewLine {
  actor: string;
  action: string;
  subject: string;
  detail: Json;
  now: number;
}

/**
 * Adds lines to the one chain that all instances share. The head's row is locked last in a transaction, so that others
 * wait for the commit only. Answers the statements under way, to be awaited with the commit.
 */
export async function appendLines(transaction: Transaction, lines: NewLine[]): Promise<Promise<unknown>[]> {
  const [head] = await transaction.query('SELECT seq, hash FROM journal_head FOR UPDATE', []);
  let seq = Number(head?.['seq']);
  let previous = String(head?.['hash']);
  const chained: JournalLine[] = lines.map(({ now, ...line }) => {
    const unhashed = { seq: ++seq, at: new Date(now).toISOString(), ...line, previous };
    previous = lineHash(unhashed);
    return { ...unhashed, hash: previous };
  });
  return [
    transaction.query(
      `INSERT INTO journal (seq, at, actor, action, subject, detail, previous, hash)
       SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])`,
      [
        chained.map((line) => line.seq),
        chained.map((line) => line.at),
        chained.map((line) => line.actor),
        chained.map((line) => line.action),
        chained.map((line) => line.subject),
        chained.map((line) => JSON.stringify(line.detail)),
        chained.map((line) => line.previous),
        chained.map((line) => line.hash),
      ],
    ),
    transaction.query('UPDATE journal_head SET seq = $1, hash = $2', [seq, previous]),
  ];
}

/** The first line that does not fit, or the one that is missing at the end; undefined when the chain is whole. */
export async function firstBrokenLine(read: (sql: string, values: unknown[]) => Promise<Row[]>): Promise<number | undefined> {
  const [head] = await read('SELECT seq, hash FROM journal_head', []); // before the lines: more may come meanwhile
  const check = new ChainCheck({ seq: Number(head?.['seq'] ?? 0), hash: String(head?.['hash']) });
  for (let after = 0; ;) {
    const rows = await read('SELECT * FROM journal WHERE seq > $1 ORDER BY seq LIMIT 1000', [after]);
    const broken = check.firstBroken(rows.map(journalLineOf));
    if (broken !== undefined) return broken;
    if (rows.length < 1000) return check.firstMissing();
    after = Number(rows.at(-1)?.['seq']);
  }
}
