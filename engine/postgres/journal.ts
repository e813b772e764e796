import type { Json } from '../../model/json.ts';
import type { JournalLine } from '../journal.ts';
import type { JournalFlaw } from '../journal-flaw.ts';
import { acceptedLine, journalFlawOf, type JournalState, journalStateOf } from '../journal-state.ts';
import { journalLineOf } from '../sqlite/rows.ts';
import type { Act } from '../store/act.ts';
import type { JournalStore } from '../store/journal.ts';
import { PostgresDatabase } from './postgres-database.ts';
import type { WriteKind } from './write-kind.ts';

/** Who did what, and when. */
export abstract class PostgresJournal extends PostgresDatabase implements JournalStore {
  async note(line: Parameters<JournalStore['note']>[0], now: number): Promise<void> {
    return this.write(noteLines, { line, now });
  }

  async journal({ after = 0, limit, subject, newest = false }: Parameters<JournalStore['journal']>[0]): Promise<JournalLine[]> {
    const order = newest ? 'ORDER BY seq DESC LIMIT $2' : 'ORDER BY seq LIMIT $2';
    const rows =
      subject === undefined
        ? await this.read(`SELECT * FROM journal WHERE seq > $1 ${order}`, [after, limit])
        : await this.read(`SELECT * FROM journal WHERE subject = $3 AND seq > $1 ${order}`, [after, limit, subject]);
    return (newest ? rows.reverse() : rows).map(journalLineOf);
  }

  async lastLines(subjects: readonly string[]): Promise<{ [subject: string]: number }> {
    const rows = await this.read('SELECT subject, max(seq) AS seq FROM journal WHERE subject = ANY ($1::text[]) GROUP BY subject', [
      subjects,
    ]);
    return Object.fromEntries(rows.map((row) => [String(row['subject']), Number(row['seq'])]));
  }

  verifyJournal(): Promise<JournalFlaw | undefined> {
    return journalFlawOf(this.journalReading, this.anchor);
  }

  journalState(): Promise<JournalState> {
    return journalStateOf(this.journalReading, this.anchor);
  }

  async acceptJournal(act: Act, now: number): Promise<boolean> {
    const line = await acceptedLine(this.journalReading, this.anchor, act);
    if (!line) return false;
    await this.note(line, now);
    await this.anchor?.accept();
    return true;
  }
}

const noteLines: WriteKind<{ line: { actor: string; action: string; subject: string; detail: Json }; now: number }, void> = {
  name: 'note',
  async apply(transaction, inputs) {
    for (const { line, now } of inputs) transaction.journal(line, now);
    return inputs.map(() => ({ value: undefined }));
  },
};
