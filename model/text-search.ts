/** letters that a step looks at */
const block = 3;
const buckets = 1 << 16;

/**
 * Finds many texts in another one at once, without looking at each of its letters: where a block of three ends no beginning of what is
 * looked for, it goes on several letters further. (Wu and Manber, A fast algorithm for multi-pattern searching, 1994)
 */
export class TextSearch {
  /** letters of the shortest: a text that is shorter holds none */
  readonly shortest: number;
  private readonly step = new Uint8Array(buckets);
  private readonly ending = new Map<number, string[]>();

  /** None of the texts may be shorter than three letters. */
  constructor(texts: Iterable<string>) {
    const all = [...new Set(texts)].sort((one, other) => other.length - one.length);
    this.shortest = Math.min(...all.map((text) => text.length));
    if (all.length === 0) return;
    const last = Math.min(this.shortest, 255 + block - 1);
    this.shortest = last;
    this.step.fill(last - block + 1);
    for (const text of all) {
      for (let end = block - 1; end < last; end++) {
        const bucket = bucketAt(text, end);
        this.step[bucket] = Math.min(this.step[bucket] as number, last - 1 - end);
        if (end === last - 1) this.ending.set(bucket, [...(this.ending.get(bucket) ?? []), text]);
      }
    }
  }

  /** Where the first of them begins, from `from` on, and how long it is; the longest, if several begin there. */
  find(text: string, from = 0): { at: number; length: number } | undefined {
    const { shortest, step, ending } = this;
    for (let end = from + shortest - 1; end < text.length;) {
      const bucket = bucketAt(text, end);
      const further = step[bucket] as number;
      if (further > 0) {
        end += further;
        continue;
      }
      const at = end - shortest + 1;
      const found = ending.get(bucket)?.find((candidate) => text.startsWith(candidate, at));
      if (found !== undefined) return { at, length: found.length };
      end++;
    }
    return undefined;
  }

  /** The text with `sign` in place of each of them. */
  replace(text: string, sign: string): string {
    let found = this.find(text);
    if (!found) return text;
    let result = '';
    let shown = 0;
    for (; found; found = this.find(text, shown)) {
      result += text.slice(shown, found.at) + sign;
      shown = found.at + found.length;
    }
    return result + text.slice(shown);
  }
}

function bucketAt(text: string, end: number): number {
  return (text.charCodeAt(end) ^ (text.charCodeAt(end - 1) << 5) ^ (text.charCodeAt(end - 2) << 10)) & (buckets - 1);
}
