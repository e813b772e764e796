import type { Json } from '../../model/json.ts';
import type { JournalFlaw } from '../journal-flaw.ts';
import type { JournalState } from '../journal-state.ts';
import type { JournalLine } from '../journal.ts';
import type { Act } from './act.ts';
import type { Calls } from './calls.ts';

/** Who did what, and when: lines that nobody can change unseen. */
export interface JournalStore {
  note(line: { actor: string; action: string; subject: string; detail: Json }, now: number): Promise<void>;
  /** In order: the first after a line, or the `newest`. */
  journal(input: { after?: number; limit: number; subject?: string; newest?: boolean }): Promise<JournalLine[]>;
  /** The place of the last line about each of these; one of which nothing is said is not in it. */
  lastLines(subjects: readonly string[]): Promise<{ [subject: string]: number }>;
  /** Walks through all of it. What shows that it was tampered with; undefined = whole, and the one that was anchored. */
  verifyJournal(): Promise<JournalFlaw | undefined>;
  /** Where it ends, and whether it is the one that was anchored. */
  journalState(): Promise<JournalState>;
  /** A person accepts a journal that is not the one that was anchored (a restored backup); false when there is nothing to accept. */
  acceptJournal(act: Act, now: number): Promise<boolean>;
}

export const journalCalls = {
  note: 'keeps',
  journal: 'asks',
  lastLines: 'asks',
  verifyJournal: 'asks',
  journalState: 'asks',
  acceptJournal: 'keeps',
} satisfies Calls<JournalStore>;
