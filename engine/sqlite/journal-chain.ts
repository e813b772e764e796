import { setImmediate } from 'node:timers/promises';
import { type JournalHead, type NewJournalLine, nextLine } from '../journal.ts';
import type { AnchorReading } from '../journal-anchor.ts';
import { journalBroken } from '../journal-flaw.ts';
import type { JournalReading } from '../verify-journal.ts';
import type { Database } from './database.ts';
import { journalLineOf } from './rows.ts';

export type NewLine = NewJournalLine;

/** Adds a line to the chain; refuses when nobody knows where that ends. Only inside `write`. */
export function appendLine(db: Database, line: NewLine, now: number): void {
  const { seq, at, actor, action, subject, detail, previous, hash } = nextLine(theHead(db), line, now);
  const added = db.change(
    'INSERT INTO journal (seq, at, actor, action, subject, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (seq) DO NOTHING',
    ...[seq, at, actor, action, subject, JSON.stringify(detail), previous, hash],
  );
  if (added === 0) throw journalBroken('beyond', seq);
  db.change('UPDATE journal_head SET seq = ?, hash = ?', seq, hash);
}

/** Throws when there is not exactly one. */
export function theHead(db: Database): JournalHead {
  const heads = readHeads(db);
  if (heads.length === 1) return heads[0] as JournalHead;
  throw journalBroken(heads.length === 0 ? 'head-missing' : 'head-twice');
}

/** For a check, which must survive whatever somebody has put there; numbers of any size, and other calls get their turn. */
export function journalIn(db: Pick<Database, 'all'>): JournalReading & AnchorReading {
  return {
    heads: async () => readHeads(db),
    async lines(after, limit) {
      await setImmediate();
      const columns = 'CAST(seq AS REAL) AS seq, at, actor, action, subject, detail, previous, hash';
      return db.all(`SELECT ${columns} FROM journal WHERE seq > ? ORDER BY journal.seq LIMIT ?`, after, limit).map(journalLineOf);
    },
    async hashOf(seq) {
      const [row] = db.all('SELECT hash FROM journal WHERE seq = ?', seq);
      return row && String(row['hash']);
    },
  };
}

function readHeads(db: Pick<Database, 'all'>): JournalHead[] {
  const rows = db.all('SELECT CAST(seq AS REAL) AS seq, hash FROM journal_head LIMIT 2');
  return rows.map(({ seq, hash }) => ({ seq: Number(seq), hash: String(hash) }));
}
