export interface SoqlToken {
  /** `bind` is `:name`; `text` stands in quotes; `other` is a number, an instant or a sign */
  kind: 'word' | 'bind' | 'text' | 'open' | 'close' | 'space' | 'other';
  text: string;
}

const quote = "'";
const isWord = (letter: string) => /[\w.]/.test(letter);

/** A query in its parts, which together are the query again. A text that is not closed goes on to the end. */
export function* soqlTokens(query: string): Generator<SoqlToken> {
  for (let at = 0; at < query.length;) {
    const from = at;
    const letter = query[at] as string;
    const next = query[at + 1] ?? '';
    at++;
    if (letter === quote) {
      while (at < query.length && query[at] !== quote) at += query[at] === '\\' ? 2 : 1;
      at = Math.min(at + 1, query.length);
      yield { kind: 'text', text: query.slice(from, at) };
    } else if (letter === '(' || letter === ')') {
      yield { kind: letter === '(' ? 'open' : 'close', text: letter };
    } else if (/\s/.test(letter)) {
      while (at < query.length && /\s/.test(query[at] as string)) at++;
      yield { kind: 'space', text: query.slice(from, at) };
    } else if (isWord(letter) || (letter === ':' && /[a-z_]/i.test(next))) {
      while (at < query.length && isWord(query[at] as string)) at++;
      const kind = letter === ':' ? 'bind' : /[a-z_]/i.test(letter) ? 'word' : 'other';
      // what an instant is written with: 2026-03-01T00:00:00Z
      if (kind === 'other') while (at < query.length && /[\w.:+-]/.test(query[at] as string)) at++;
      yield { kind, text: query.slice(from, at) };
    } else yield { kind: 'other', text: letter };
  }
}
