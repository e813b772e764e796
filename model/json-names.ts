import { mostOfData } from './storable.ts';

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/**
 * Whether a JSON text has more different names of fields than can be kept. It is asked before the text is parsed: V8 makes a shape of each new
 * combination of names, and with very many that takes longer than all the rest. What is no JSON may be answered either way.
 */
export function hasTooManyNames(text: string): boolean {
  if (text.length < mostOfData.names * shortest) return false;
  const names = new Set<string>();
  let [start, end] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      start = at + 1;
      at = end = endOfText(text, at);
    } else if (code === colon && names.add(text.slice(start, end)).size > mostOfData.names) return true;
  }
  return false;
}

/** `"a":1,` is hardly shorter */
const shortest = 5;

/** Index of the quotation mark that ends the text which begins at `from`. */
export function endOfText(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === backslash) at++;
    else if (code === quote) return at;
  }
  return text.length;
}
