import type { JournalLine } from '../../../engine/journal.ts';
import type { JournalFlaw } from '../../../engine/journal-flaw.ts';
import type { JournalState } from '../../../engine/journal-state.ts';
import type { JournalStore } from '../../../engine/store/journal.ts';
import { chainFlaw } from '../../../engine/verify-journal.ts';
import { MemoryConnection } from './connection.ts';

/** Who did what, and when. */
export abstract class MemoryJournal extends MemoryConnection implements JournalStore {
  async note(line: Parameters<JournalStore['note']>[0], now: number): Promise<void> {
    this.append(line, now);
  }

  async journal({ after = 0, limit, subject, newest = false }: Parameters<JournalStore['journal']>[0]): Promise<JournalLine[]> {
    const lines = this.disk.lines.filter((line) => line.seq > after && (subject ?? line.subject) === line.subject);
    return newest ? lines.slice(-limit) : lines.slice(0, limit);
  }

  async lastLines(subjects: readonly string[]): Promise<{ [subject: string]: number }> {
    return Object.fromEntries(
      this.disk.lines.filter(({ subject }) => subjects.includes(subject)).map(({ subject, seq }) => [subject, seq]),
    );
  }

  async verifyJournal(): Promise<JournalFlaw | undefined> {
    return chainFlaw({
      heads: async () => [this.head()],
      lines: async (after, limit) => this.disk.lines.filter((line) => line.seq > after).slice(0, limit),
    });
  }

  async journalState(): Promise<JournalState> {
    return { head: this.head() };
  }

  async acceptJournal(): Promise<boolean> {
    return false;
  }
}
