import { RE2JS } from 're2js';
import { type LinearPattern, linearPattern } from './linear-pattern.ts';
import { shortTextOf } from './short-text.ts';

/** What one search may take. */
export interface MostOfSearch {
  /** characters of the regular expression */
  source: number;
  /** characters of the text × those of the regular expression with its repetitions written out */
  work: number;
}

const anySearch: MostOfSearch = { source: Infinity, work: Infinity };

/** Where everybody else waits for it: some 30 ms on a slow machine. */
export const shortSearch: MostOfSearch = { source: 300, work: 300_000 };

/**
 * A regular expression for JSONata's evaluator (`exec` from `lastIndex` on) whose time grows with the text and no faster: JavaScript's
 * own engine for texts that are too short to matter, RE2 for all others. Where RE2 cannot find the same (linear-pattern.ts),
 * `otherwise` decides; so it does where one search may take more than `most` allows.
 */
export class BoundedRegex {
  lastIndex = 0;
  private readonly own: RegExp;
  private readonly shortText: number;
  private readonly otherwise: (own: RegExp) => RegExp;
  private readonly most: MostOfSearch;
  private readonly pattern: LinearPattern | undefined;
  private linear: RE2JS | null | undefined;

  constructor(regex: RegExp, otherwise: (own: RegExp) => RegExp, most: MostOfSearch = anySearch) {
    // eslint-disable-next-line no-restricted-syntax -- a copy, with a place of its own to search from
    this.own = new RegExp(regex);
    this.shortText = shortTextOf(regex);
    this.otherwise = otherwise;
    this.most = most;
    this.pattern = regex.source.length > most.source ? undefined : linearPattern(regex);
  }

  exec(text: string): RegExpExecArray | null {
    // JavaScript's engine takes long to make ready for brackets in brackets, whatever the text
    if (this.own.source.length > this.most.source) return this.byItself(this.otherwise(this.own), text);
    const length = text.length - this.lastIndex;
    if (length <= this.shortText) return this.byItself(this.own, text);
    if ((this.pattern?.size ?? 0) * length > this.most.work) return this.byItself(this.otherwise(this.own), text);
    this.linear ??= linearOf(this.pattern, this.own.ignoreCase);
    return this.linear ? this.inLinearTime(this.linear, text) : this.byItself(this.otherwise(this.own), text);
  }

  private byItself(regex: RegExp, text: string): RegExpExecArray | null {
    regex.lastIndex = this.lastIndex;
    const match = regex.exec(text);
    this.lastIndex = regex.lastIndex;
    return match;
  }

  private inLinearTime(regex: RE2JS, text: string): RegExpExecArray | null {
    const matcher = regex.matcher(inUnits(text));
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    const found: (string | undefined)[] = [];
    for (let group = 0; group <= matcher.groupCount(); group++) {
      const start = matcher.start(group);
      found.push(start < 0 ? undefined : text.slice(start, matcher.end(group)));
    }
    this.lastIndex = matcher.end();
    return Object.assign(found, { index: matcher.start(), input: text }) as RegExpExecArray;
  }
}

function linearOf(pattern: LinearPattern | undefined, ignoreCase: boolean): RE2JS | null {
  if (pattern === undefined) return null;
  try {
    return RE2JS.compile(pattern.text, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch {
    return null; // such as more repetitions than RE2 allows
  }
}

/** JavaScript counts the two halves of a character beyond the basic plane, RE2 the whole: each half becomes a character for private use. */
function inUnits(text: string): string {
  return text.replace(/[\ud800-\udfff]/g, (half) => String.fromCharCode(half.charCodeAt(0) + 0x800));
}
