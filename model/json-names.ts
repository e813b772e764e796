import { mostOfData } from './storable.ts';

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

/**
 * Whether one object of a JSON text has more fields than can be kept. It is asked before the text is parsed: V8 keeps very many different names
 * in a table, and making that takes longer than all the rest. What is no JSON may be answered either way.
 */
export function hasTooManyNames(text: string): boolean {
  if (text.length < mostOfData.names * shortest) return false;
  const names: number[] = [0];
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfText(text, at);
    else if (code === colon) {
      names[depth] = (names[depth] ?? 0) + 1;
      if (names[depth]! > mostOfData.names) return true;
    } else if (opening.has(code)) names[++depth] = 0;
    else if (closing.has(code)) depth = Math.max(0, depth - 1);
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
