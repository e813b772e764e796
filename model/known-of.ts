/**
 * What a table holds for a text that came from outside; undefined where it holds nothing. An object also answers to names that it was born with
 * (`constructor`, `__proto__`): those are in no table.
 */
export function knownOf<T>(table: Readonly<Partial<Record<string, T>>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
