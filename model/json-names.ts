import { endOfText } from './end-of-text.ts';
import { mostOfData } from './storable.ts';

const quote = 0x22;
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
