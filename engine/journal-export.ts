import type { JournalHead, JournalLine } from './journal.ts';
import type { Store } from './store.ts';

/** The last line of an export. */
export interface ExportEnd {
  /** where the journal ended; null when its head was tampered with */
  end: JournalHead | null;
  /** RFC 3339 UTC */
  exportedAt: string;
}

/** Line by line up to where the journal ends now, then its end; a page in memory at a time. */
export async function* exportedJournal(
  store: Pick<Store, 'journal' | 'journalState'>,
  now: number,
): AsyncGenerator<JournalLine | ExportEnd> {
  const { head } = await store.journalState();
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const lines = await store.journal({ after, limit: 500 });
    for (const line of lines) if (!head || line.seq <= head.seq) yield line;
    const last = lines.at(-1)?.seq ?? after;
    if (lines.length < 500 || (head && last >= head.seq)) break;
    after = last;
  }
  yield { end: head ?? null, exportedAt: new Date(now).toISOString() };
}
