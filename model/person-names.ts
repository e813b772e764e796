import { decodedOnce, mayBeEncoded } from './decoded-text.ts';
import { masked } from './mask-text.ts';

/** More names than one event has: what is looked for does not grow without end. */
const mostNames = 5_000;
const mostUnparted = 200;
/** names that begin with one word */
const mostAlike = 200;
const longestName = 200;
const word = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts that write words without blanks: a name there is a part of a longer word. */
const unparted = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;
const isAsciiWord = Uint8Array.from({ length: 128 }, (_none, code) => (/[A-Za-z0-9]/.test(String.fromCharCode(code)) ? 1 : 0));

/**
 * Names of persons that an event itself marks, to be masked in the sentences that others write about it: a message of a
 * system, a reason that somebody typed. A text is read once, word by word, however many names there are.
 */
export class PersonNames {
  /** words that follow, by the first word of a name */
  private readonly following = new Map<string, string[][]>();
  /** lengths that first words have: most words of a text are passed by for their length alone */
  private readonly lengths = new Set<number>();
  private readonly unparted: string[] = [];
  private readonly added = new Set<string>();
  private all = true;

  /** False: there were more names than are looked for, and a sentence may hold one of the others. */
  get isWhole(): boolean {
    return this.all;
  }

  add(name: string): void {
    if (!this.all || name.length > longestName || this.added.has(name)) return;
    const words = (name.normalize('NFC').match(word) ?? []).filter((part) => part.length > 1);
    if (words.length === 0) return;
    this.added.add(name);
    if (unparted.test(name)) this.unparted.push(name.trim());
    if (this.added.size > mostNames || this.unparted.length > mostUnparted) this.all = false;
    this.remember(words);
    if (words.length > 1) this.remember([words.at(-1)!, ...words.slice(0, -1)]); // Keller, Anna
    // by its parts too, if they are written as names are
    for (const part of words) if (part.length > 2 && isWrittenAsName(part)) this.remember([part]);
  }

  private remember(words: string[]): void {
    const [first, ...rest] = words.map((part) => part.toLowerCase()) as [string, ...string[]];
    this.lengths.add(first.length);
    const known = this.following.get(first);
    if (!known) this.following.set(first, [rest]);
    else if (known.length < mostAlike) known.push(rest);
    else this.all = false;
  }

  /** Where a name shows only when the text is read as an address, JSON or HTML, it is the text as it is read then. */
  mask(given: string): string {
    if (this.added.size === 0) return given;
    const text = this.masked(given.normalize('NFC'));
    const read = mayBeEncoded(text) ? decodedOnce(text)?.text.normalize('NFC') : undefined;
    if (read === undefined) return text;
    const shown = this.masked(read);
    return shown === read ? text : shown;
  }

  private masked(text: string): string {
    let result = '';
    let shown = 0;
    for (let start = 0, end = 0; start < text.length; start = end) {
      start = wordFrom(text, start);
      end = wordEnd(text, start);
      if (!this.lengths.has(end - start)) continue;
      const first = text.slice(start, end);
      const known = this.following.get(first.toLowerCase());
      const last = known ? endOfName(text, first, end, known) : 0;
      if (last === 0) continue;
      result += text.slice(shown, start) + masked;
      shown = end = last;
    }
    result = shown === 0 ? text : result + text.slice(shown);
    for (const name of this.unparted) result = result.replaceAll(name, masked);
    return result;
  }
}

/** Where the longest name ends that begins with a word; 0 = none does. */
function endOfName(text: string, first: string, after: number, known: string[][]): number {
  let longest = 0;
  for (const rest of known) {
    let end = after;
    // a word alone is a name only if it is written as one: `Stone`, not `stone`
    const fits =
      rest.length === 0
        ? isWrittenAsName(first)
        : rest.every((part) => {
            const start = wordFrom(text, end, end + longestGap);
            end = start + part.length;
            return text.slice(start, end).toLowerCase() === part && wordEnd(text, start) === end;
          });
    if (fits) longest = Math.max(longest, end);
  }
  return longest;
}

/** no more stands between the words of one name */
const longestGap = 20;

function wordFrom(text: string, from: number, most = text.length): number {
  let at = from;
  while (at < most && !isWord(text.charCodeAt(at))) at++;
  return at;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isWord(text.charCodeAt(at))) at++;
  return at;
}

/** Letters, marks and digits; of what lies beyond ASCII all but the signs that part words. */
function isWord(code: number): boolean {
  if (code < 128) return isAsciiWord[code] === 1;
  return code > 0xbf && code !== 0xd7 && code !== 0xf7 && !(code >= 0x2000 && code <= 0x206f) && !(code >= 0x3000 && code <= 0x303f);
}

/** With a large letter; where there are none, nothing tells a name from another word. */
function isWrittenAsName(text: string): boolean {
  return /^\p{Lu}\P{N}*$/u.test(text);
}
