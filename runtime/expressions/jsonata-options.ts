import type jsonata from 'jsonata';
import { BoundedRegex, type MostOfSearch } from './bounded-regex.ts';

/** What jsonata itself can be told to keep to; where RE2 cannot be used for a regular expression, `otherwise` decides. */
export function jsonataOptions(
  bounds: { timeout: number; stack: number; sequence: number },
  otherwise: (own: RegExp) => RegExp,
  most?: MostOfSearch,
): jsonata.JsonataOptions {
  const known = new WeakMap<RegExp, BoundedRegex>();
  // jsonata makes one each time it comes to it, and sets `lastIndex` before each use
  function RegexEngine(regex: RegExp): BoundedRegex {
    let made = known.get(regex);
    if (!made) known.set(regex, (made = new BoundedRegex(regex, otherwise, most)));
    return made;
  }
  return { ...bounds, RegexEngine: RegexEngine as unknown as RegExpConstructor };
}
