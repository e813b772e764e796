/** A text of the plugin's catalogue below `console.`, with its gaps filled. */
export type Words = (key: string, values?: Record<string, string | number>) => string;

/** The form of a text for a number: keys `<key>.one`, `<key>.other` … as the language has them; the gap is `__n__`, already formatted. */
export function counted(words: Words, language: string, key: string, n: number, values: Record<string, string | number> = {}): string {
  const form = new Intl.PluralRules(language).select(n) === 'one' ? 'one' : 'other';
  return words(`${key}.${form}`, { ...values, n: new Intl.NumberFormat(language).format(n) });
}

/** The text under a dotted key of a catalogue, gaps (`__name__`) filled as i18next fills them; the key itself when there is none. */
export function textIn(catalogue: unknown, key: string, values: Record<string, string | number> = {}): string {
  const found = key
    .split('.')
    .reduce<unknown>((at, part) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[part] : undefined), catalogue);
  if (typeof found !== 'string') return key;
  return found.replace(/__(\w+?)__/g, (gap, name: string) => (values[name] === undefined ? gap : String(values[name])));
}
