import { masked } from './mask-text.ts';

/** More names than one event has; what is looked for stays few. */
const mostNames = 500;
const mostUnparted = 20;
const word = /[\p{L}\p{M}\p{N}]+/gu;
/** Scripts that write words without blanks: a name there is a part of a longer word. */
const unparted = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;

/**
 * Names of persons that an event itself marks, to be masked in the sentences that others write about it: a message of a
 * system, a reason that somebody typed. A text is read once, word by word, however many names there are.
 */
export class PersonNames {
  /** words that follow, by the first word of a name */
  private readonly following = new Map<string, string[][]>();
  private readonly unparted: string[] = [];
  private count = 0;

  add(name: string): void {
    if (this.count >= mostNames || name.length > 200) return;
    const words = (name.match(word) ?? []).filter((part) => part.length > 1);
    if (words.length === 0) return;
    this.count++;
    if (unparted.test(name) && this.unparted.length < mostUnparted) this.unparted.push(name.trim());
    this.remember(words);
    if (words.length > 1) this.remember([words.at(-1)!, ...words.slice(0, -1)]); // Keller, Anna
    // by its parts too, if they are written as names are
    for (const part of words) if (part.length > 2 && isWrittenAsName(part)) this.remember([part]);
  }

  private remember(words: string[]): void {
    const [first, ...rest] = words.map(fold) as [string, ...string[]];
    const known = this.following.get(first);
    if (!known) this.following.set(first, [rest]);
    else if (known.length < 20) known.push(rest);
  }

  mask(text: string): string {
    if (this.count === 0) return text;
    let result = '';
    let shown = 0;
    word.lastIndex = 0;
    for (let found = word.exec(text); found; found = word.exec(text)) {
      const known = this.following.get(fold(found[0]));
      if (!known) continue;
      const end = endOfName(text, found, known);
      if (end === 0) continue;
      result += text.slice(shown, found.index) + masked;
      shown = end;
      word.lastIndex = end;
    }
    result = shown === 0 ? text : result + text.slice(shown);
    for (const name of this.unparted) result = result.replaceAll(name, masked);
    return result;
  }
}

/** Where the longest name ends that begins with the word found; 0 = none does. */
function endOfName(text: string, { 0: first, index }: RegExpExecArray, known: string[][]): number {
  const after = index + first.length;
  let longest = 0;
  for (const rest of known) {
    word.lastIndex = after;
    // a word alone is a name only if it is written as one: `Stone`, not `stone`
    const fits = rest.length > 0 ? rest.every((part) => fold(word.exec(text)?.[0] ?? '') === part) : isWrittenAsName(first);
    if (fits) longest = Math.max(longest, rest.length > 0 ? word.lastIndex : after);
  }
  word.lastIndex = after;
  return longest;
}

const fold = (text: string) => text.normalize('NFC').toLowerCase();

/** With a large letter; where there are none, nothing tells a name from another word. */
function isWrittenAsName(text: string): boolean {
  return /^\p{Lu}\P{N}*$/u.test(text);
}
