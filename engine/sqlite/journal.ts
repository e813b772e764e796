import type { JournalLine } from '../journal.ts';
import type { JournalFlaw } from '../journal-flaw.ts';
import { acceptedLine, journalFlawOf, type JournalState, journalStateOf } from '../journal-state.ts';
import type { Act } from '../store/act.ts';
import type { JournalStore } from '../store/journal.ts';
import { journalIn } from './journal-chain.ts';
import { journalLineOf } from './rows.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Who did what, and when. */
export abstract class SqliteJournal extends SqliteFile implements JournalStore {
  note(line: Parameters<JournalStore['note']>[0], now: number): Promise<void> {
    return this.db.write(() => this.append(line, now));
  }

  async journal({ after = 0, limit, subject, newest = false }: Parameters<JournalStore['journal']>[0]): Promise<JournalLine[]> {
    const order = newest ? 'ORDER BY seq DESC LIMIT ?' : 'ORDER BY seq LIMIT ?';
    const rows =
      subject === undefined
        ? this.db.all(`SELECT * FROM journal WHERE seq > ? ${order}`, after, limit)
        : this.db.all(`SELECT * FROM journal WHERE subject = ? AND seq > ? ${order}`, subject, after, limit);
    return (newest ? rows.reverse() : rows).map(journalLineOf);
  }

  async lastLines(subjects: readonly string[]): Promise<{ [subject: string]: number }> {
    const rows = this.db.all(
      'SELECT subject, max(seq) AS seq FROM journal WHERE subject IN (SELECT value FROM json_each(?)) GROUP BY subject',
      JSON.stringify(subjects),
    );
    return Object.fromEntries(rows.map((row) => [String(row['subject']), Number(row['seq'])]));
  }

  verifyJournal(): Promise<JournalFlaw | undefined> {
    return journalFlawOf(journalIn(this.db), this.anchor);
  }

  journalState(): Promise<JournalState> {
    return journalStateOf(journalIn(this.db), this.anchor);
  }

  async acceptJournal(act: Act, now: number): Promise<boolean> {
    const line = await acceptedLine(journalIn(this.db), this.anchor, act);
    if (!line) return false;
    await this.note(line, now);
    await this.anchor?.accept();
    return true;
  }
}
