import { RE2JS } from 're2js';
import { linearPattern } from './linear-pattern.ts';
import { shortTextOf } from './short-text.ts';

/**
 * A regular expression for JSONata's evaluator (`exec` from `lastIndex` on) whose time grows with the text and no faster: JavaScript's
 * own engine for texts that are too short to matter, RE2 for all others. Where RE2 cannot find the same (linear-pattern.ts),
 * `otherwise` decides.
 */
export class BoundedRegex {
  lastIndex = 0;
  private readonly own: RegExp;
  private readonly shortText: number;
  private readonly otherwise: (own: RegExp) => RegExp;
  private linear: RE2JS | null | undefined;

  constructor(regex: RegExp, otherwise: (own: RegExp) => RegExp) {
    // eslint-disable-next-line no-restricted-syntax -- a copy, with a place of its own to search from
    this.own = new RegExp(regex);
    this.shortText = shortTextOf(regex);
    this.otherwise = otherwise;
  }

  exec(text: string): RegExpExecArray | null {
    if (text.length - this.lastIndex <= this.shortText) return this.byItself(this.own, text);
    this.linear ??= linearOf(this.own);
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

function linearOf(regex: RegExp): RE2JS | null {
  const pattern = linearPattern(regex);
  if (pattern === undefined) return null;
  try {
    return RE2JS.compile(pattern, regex.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch {
    return null; // such as more repetitions than RE2 allows
  }
}

/** JavaScript counts the two halves of a character beyond the basic plane, RE2 the whole: each half becomes a character for private use. */
function inUnits(text: string): string {
  return text.replace(/[\ud800-\udfff]/g, (half) => String.fromCharCode(half.charCodeAt(0) + 0x800));
}
