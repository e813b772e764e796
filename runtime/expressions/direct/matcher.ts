import { BoundedRegex, shortSearch } from '../bounded-regex.ts';
import { limits } from '../limits.ts';
import { Apart, spend, spendText, watchClock } from './allowance.ts';
import { callBack, type Callable, type Match, type Matcher } from './calls.ts';
import type { Frame } from './frame.ts';
import { sequence, type Value, Wrong } from './values.ts';

/** Longer texts take too long, even in linear time. */
const longestText = 20_000;

/** A regular expression as JSONata's functions call it. */
export function matcherOf(regex: RegExp): Matcher {
  const otherwise = () => {
    throw new Apart();
  };
  const bounded = new BoundedRegex(regex, otherwise, shortSearch);
  const matcher: Matcher & Pick<Callable, 'regex'> = (text, from) => found(bounded, text, from ?? 0);
  matcher.regex = matcher;
  return matcher;
}

function found(regex: BoundedRegex, text: string, from: number): Match | undefined {
  if (typeof text !== 'string') throw new Apart();
  if (text.length - from > longestText) throw new Apart();
  watchClock();
  spend(20);
  regex.lastIndex = from;
  const match = regex.exec(text);
  const place = regex.lastIndex;
  if (!match) return undefined;
  return {
    match: match[0],
    start: match.index,
    end: match.index + match[0].length,
    groups: match.slice(1),
    next: () => {
      if (place >= text.length) return undefined;
      const next = found(regex, text, place);
      if (next && next.match === '') throw new Wrong('D1004');
      return next;
    },
  };
}

/** A function that finds places in a text by itself is left to jsonata. */
function matcherIn(given: Value): Matcher {
  const matcher = typeof given === 'function' ? (given as Callable).regex : undefined;
  if (!matcher) throw new Apart();
  return matcher;
}

function* matches(given: Value, text: string, limit: number | undefined): Generator<Match> {
  const matcher = matcherIn(given);
  if (limit !== undefined && !(limit > 0)) return;
  let match = matcher(text);
  for (let count = 0; match && (limit === undefined || count < limit); count++) {
    yield match;
    match = match.next();
  }
}

export function contains(text: Value, token: Value): Value {
  if (text === undefined || token === undefined) return undefined;
  if (typeof token === 'string') {
    spendSearch(text as string, token);
    return (text as string).includes(token);
  }
  return matcherIn(token)(text as string) !== undefined;
}

export function matchAll(text: Value, regex: Value, limit: Value): Value {
  if (text === undefined) return undefined;
  refuseNegative(limit);
  const result = sequence();
  for (const { match, start, groups } of matches(regex, text as string, limit as number | undefined)) {
    result.push({ match, index: start, groups });
  }
  return result;
}

export function split(given: Value, separator: Value, limit: Value): Value {
  if (given === undefined) return undefined;
  refuseNegative(limit);
  const text = given as string;
  const most = limit as number | undefined;
  if (most !== undefined && !(most > 0)) return [];
  if (typeof separator === 'string') {
    spendSearch(text, separator);
    const parts = text.split(separator, most);
    spend(parts.length);
    return parts;
  }
  const parts: string[] = [];
  let start = 0;
  for (const match of matches(separator, text, most)) {
    parts.push(text.substring(start, match.start));
    start = match.end;
  }
  if (most === undefined || parts.length < most) parts.push(text.substring(start));
  return parts;
}

export function replace(given: Value, pattern: Value, replacement: Value, limit: Value, frame: Frame): Value {
  if (given === undefined) return undefined;
  if (pattern === '') throw new Wrong('D3010');
  refuseNegative(limit);
  const text = given as string;
  const most = limit as number | undefined;
  if (most !== undefined && !(most > 0)) return text;
  let result = '';
  let position = 0;
  const put = (start: number, end: number, by: string) => {
    result += text.substring(position, start) + by;
    position = end;
    spend(1);
    spendText(by.length);
    if (result.length > limits.directText) throw new Apart();
  };
  if (typeof pattern === 'string') {
    if (typeof replacement !== 'string') throw new Apart();
    spendSearch(text, pattern);
    let count = 0;
    for (let at = text.indexOf(pattern); at !== -1 && (most === undefined || count < most); at = text.indexOf(pattern, position)) {
      put(at, at + pattern.length, replacement);
      count++;
    }
    return result + text.substring(position);
  }
  for (const match of matches(pattern, text, most)) {
    const by = typeof replacement === 'string' ? expanded(replacement, match) : callBack(replacement, [match], frame);
    if (typeof by !== 'string') throw new Wrong('D3012', by);
    put(match.start, match.start + match.match.length, by);
  }
  return result + text.substring(position);
}

/** Looking for one text in another compares, at worst, all of the one at each place of the other, and cannot be stopped. */
function spendSearch(text: string, wanted: string): void {
  spend(1 + (Math.max(0, text.length - wanted.length) * (wanted.length + 1)) / 128);
}

function refuseNegative(limit: Value): void {
  if (typeof limit === 'number' && limit < 0) throw new Wrong('D3040', limit);
}

/** `$1` and the like in what takes a match's place. */
function expanded(replacement: string, { match, groups }: Match): string {
  let result = '';
  let position = 0;
  let index = replacement.indexOf('$');
  while (index !== -1 && position < replacement.length) {
    spend(1);
    result += replacement.substring(position, index);
    position = index + 1;
    const next = replacement.charAt(position);
    if (next === '$' || next === '0') {
      result += next === '$' ? '$' : match;
      position++;
    } else {
      const digits = groups.length === 0 ? 1 : Math.floor(Math.log(groups.length) * Math.LOG10E) + 1;
      let group = parseInt(replacement.substring(position, position + digits), 10);
      if (digits > 1 && group > groups.length) group = parseInt(replacement.substring(position, position + digits - 1), 10);
      if (Number.isNaN(group)) result += '$';
      else {
        result += groups[group - 1] ?? '';
        position += group.toString().length;
      }
    }
    index = replacement.indexOf('$', position);
  }
  return result + replacement.substring(position);
}
