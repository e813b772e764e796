import { type JournalHead, type JournalLine, type NewJournalLine, nextLine } from '../journal.ts';
import type { AnchorReading } from '../journal-anchor.ts';
import { journalBroken } from '../journal-flaw.ts';
import { journalLineOf } from '../sqlite/rows.ts';
import type { JournalReading } from '../verify-journal.ts';
import type { Transaction } from './write-kind.ts';
import type { Read } from './reading.ts';

export interface NewLine extends NewJournalLine {
  now: number;
}

/**
 * Adds lines to the one chain that all instances share; refuses when nobody knows where that ends. The head's row is locked last in a
 * transaction, so that others wait for the commit only. Answers the statements under way, to be awaited with the commit.
 */
export async function appendLines(transaction: Transaction, lines: NewLine[]): Promise<Promise<unknown>[]> {
  let head = await theHead(transaction);
  const chained: JournalLine[] = lines.map(({ now, ...line }) => {
    const next = nextLine(head, line, now);
    head = { seq: next.seq, hash: next.hash };
    return next;
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
    transaction.query('UPDATE journal_head SET seq = $1, hash = $2', [head.seq, head.hash]),
  ];
}

/** Locks it. Throws when there is not exactly one. */
export async function theHead(transaction: Transaction): Promise<JournalHead> {
  const heads = headsOf(await transaction.query('SELECT seq, hash FROM journal_head FOR UPDATE', []));
  if (heads.length === 1) return heads[0] as JournalHead;
  throw journalBroken(heads.length === 0 ? 'head-missing' : 'head-twice');
}

export function journalIn(read: Read): JournalReading & AnchorReading {
  return {
    heads: async () => headsOf(await read('SELECT seq, hash FROM journal_head LIMIT 2', [])),
    lines: async (after, limit) =>
      (await read('SELECT * FROM journal WHERE seq > $1 ORDER BY seq LIMIT $2', [after, limit])).map(journalLineOf),
    async hashOf(seq) {
      const [row] = await read('SELECT hash FROM journal WHERE seq = $1', [seq]);
      return row && String(row['hash']);
    },
  };
}

const headsOf = (rows: Awaited<ReturnType<Read>>) => rows.map(({ seq, hash }) => ({ seq: Number(seq), hash: String(hash) }));
