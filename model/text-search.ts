/** letters that a step looks at */
const block = 3;
const buckets = 1 << 16;

/**
 * Finds many texts in another one at once, without looking at each of its letters: where a block of three ends no beginning of what is
 * looked for, it goes on several letters further. (Wu and Manber, A fast algorithm for multi-pattern searching, 1994)
 */
export class TextSearch {
  /** letters of the shortest: a text that is shorter holds none */
  shortest = Number.POSITIVE_INFINITY;
  private readonly step = new Uint8Array(buckets);
  private ending = new Map<number, string[]>();
  /** how often each was added and not dropped again */
  private readonly times = new Map<string, number>();
  private dropped = 0;

  /** None of the texts may be shorter than three letters. */
  constructor(texts: Iterable<string> = []) {
    this.add(texts);
  }

  add(texts: Iterable<string>): void {
    const fresh: string[] = [];
    for (const text of texts) {
      const times = this.times.get(text) ?? 0;
      this.times.set(text, times + 1);
      if (times === 0) fresh.push(text);
    }
    if (fresh.some((text) => text.length < this.shortest)) this.build();
    else for (const text of fresh) this.enter(text);
  }

  /** One that was added several times is looked for until it is dropped as often. */
  drop(texts: Iterable<string>): void {
    for (const text of texts) {
      const times = this.times.get(text) ?? 0;
      if (times > 1) this.times.set(text, times - 1);
      else if (this.times.delete(text)) this.takeOut(text);
    }
    // its steps stay, which costs time and finds nothing else
    if (this.dropped > this.times.size) this.build();
  }

  private build(): void {
    const all = [...this.times.keys()].sort((one, other) => other.length - one.length);
    this.shortest = all.reduce((least, text) => Math.min(least, text.length), all.length > 0 ? 255 + block - 1 : Number.POSITIVE_INFINITY);
    this.step.fill(Math.min(255, this.shortest - block + 1));
    this.ending = new Map();
    this.dropped = 0;
    for (const text of all) this.enter(text);
  }

  private enter(text: string): void {
    for (let end = block - 1; end < this.shortest; end++) {
      const bucket = bucketAt(text, end);
      this.step[bucket] = Math.min(this.step[bucket] as number, this.shortest - 1 - end);
    }
    const bucket = bucketAt(text, this.shortest - 1);
    const candidates = this.ending.get(bucket) ?? [];
    const shorter = candidates.findIndex((candidate) => candidate.length < text.length);
    candidates.splice(shorter < 0 ? candidates.length : shorter, 0, text);
    this.ending.set(bucket, candidates);
  }

  private takeOut(text: string): void {
    const bucket = bucketAt(text, this.shortest - 1);
    const left = (this.ending.get(bucket) ?? []).filter((candidate) => candidate !== text);
    if (left.length > 0) this.ending.set(bucket, left);
    else this.ending.delete(bucket);
    this.dropped++;
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
