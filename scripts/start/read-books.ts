import { type Books, sumOfBooks } from '../../sandbox/firm/books.ts';
import type { JournalEntry } from '../../sandbox/journal.ts';
import type { Figures } from '../../sandbox/firm/month/figures.ts';
import type { SandboxAccess } from '../../sandbox/sandbox-access.ts';
import { listedSystems } from '../../sandbox/systems.ts';

/** What the systems hold, counted from the outside: the simulators' own state and journals. */
export interface BooksRead extends Books {
  /** of the month after the business day */
  month: Figures;
  /** business ids that a journal says were created more than once */
  writtenTwice: string[];
}

export async function readBooks(access: SandboxAccess): Promise<BooksRead> {
  const parts = await Promise.all(
    listedSystems.map(async ([name, { firm }]) => {
      const read = async (what: 'state' | 'journal') => (await (await fetch(`${access[name].url}/__sandbox/${what}`)).json()) as unknown;
      const [state, journal] = await Promise.all([read('state'), read('journal')]);
      const [books, month] = [firm?.books(state) ?? {}, firm?.month?.(state) ?? {}];
      return { books, month, writtenTwice: createdTwice(journal as JournalEntry[]) };
    }),
  );
  return {
    ...sumOfBooks(parts.map(({ books }) => books)),
    month: Object.assign({}, ...parts.map(({ month }) => month)) as Figures,
    writtenTwice: parts.flatMap(({ writtenTwice }) => writtenTwice),
  };
}

/** Keys (type and business id) under which a record was created while it was there already. */
export function createdTwice(journal: JournalEntry[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { outcome, type, key } of journal) {
    if (!key) continue;
    const id = `${type} ${key}`;
    // what was taken out of the books may come again
    if (outcome === 'deleted') seen.delete(id);
    if (outcome !== 'created') continue;
    if (seen.has(id)) twice.add(id);
    seen.add(id);
  }
  return [...twice];
}
