import type { Cell } from './path.ts';

export interface Ordering<Item> {
  read(item: Item): Cell;
  descending: boolean;
  nullsLast: boolean;
  /** ids keep their case, so that `ORDER BY Id` and `Id > …` agree */
  caseSensitive: boolean;
}

/** ORDER BY: text without regard to case, nulls first unless told otherwise, ties in the order they came. */
export function sortBy<Item>(items: readonly Item[], orderings: readonly Ordering<Item>[]): Item[] {
  if (orderings.length === 0) return [...items];
  const keyed = items.map((item) => ({ item, keys: orderings.map((ordering) => fold(ordering.read(item), ordering.caseSensitive)) }));
  keyed.sort((a, b) => {
    for (const [index, ordering] of orderings.entries()) {
      const left = a.keys[index] ?? null;
      const right = b.keys[index] ?? null;
      if (left === right) continue;
      if (left === null || right === null) return (left === null) === ordering.nullsLast ? 1 : -1;
      const ascending = left < right ? -1 : 1;
      return ordering.descending ? -ascending : ascending;
    }
    return 0;
  });
  return keyed.map(({ item }) => item);
}

const fold = (cell: Cell, caseSensitive: boolean): string | number | boolean | null =>
  typeof cell === 'string' ? (caseSensitive ? cell : cell.toLowerCase()) : typeof cell === 'object' ? null : cell;
