import type { Json } from '../../model/json.ts';
import { ChainCheck, type JournalLine, lineHash } from '../journal.ts';
import type { Store } from '../store.ts';
import type { Database } from './database.ts';
import { journalLineOf } from './rows.ts';

export type NewLine = { actor: string; action: string; subject: string; detail: Json };

/** Adds a line to the chain. Only inside `write`. */
export function appendLine(db: Database, line: NewLine, now: number): void {
  const last = db.get('SELECT seq, hash FROM journal_head');
  const unhashed = { seq: Number(last?.['seq']) + 1, at: new Date(now).toISOString(), ...line, previous: String(last?.['hash']) };
  const hash = lineHash(unhashed);
  db.change(
    'INSERT INTO journal (seq, at, actor, action, subject, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    ...[unhashed.seq, unhashed.at, line.actor, line.action, line.subject, JSON.stringify(line.detail), unhashed.previous, hash],
  );
  db.change('UPDATE journal_head SET seq = ?, hash = ?', unhashed.seq, hash);
}

export function readJournal(db: Database, { after = 0, limit, subject }: Parameters<Store['journal']>[0]): JournalLine[] {
  const rows =
    subject === undefined
      ? db.all('SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?', after, limit)
      : db.all('SELECT * FROM journal WHERE subject = ? AND seq > ? ORDER BY seq LIMIT ?', subject, after, limit);
  return rows.map(journalLineOf);
}

/** The first line that does not fit, or the one that is missing at the end; undefined when the chain is whole. */
export function firstBrokenLine(db: Database): number | undefined {
  const head = db.get('SELECT seq, hash FROM journal_head');
  const check = new ChainCheck({ seq: Number(head?.['seq'] ?? 0), hash: String(head?.['hash']) });
  return check.firstBroken(allLines(db)) ?? check.firstMissing();
}

function* allLines(db: Database): Generator<JournalLine> {
  for (let after = 0; ;) {
    const lines = readJournal(db, { after, limit: 1_000 });
    yield* lines;
    if (lines.length < 1_000) return;
    after = lines.at(-1)?.seq ?? after;
  }
}
