import { queryError } from './query-error.ts';

export interface Token {
  kind: 'word' | 'text' | 'number' | 'symbol';
  /** words in upper case, text without its quotes */
  value: string;
  /** as written */
  raw: string;
}

const pattern = /\s+|--[^\n]*|'((?:[^']|'')*)'|(\d+(?:\.\d+)?)|([A-Za-z_][A-Za-z0-9_$#]*)|"([^"]+)"|(<>|!=|<=|>=|\|\||[-+*/=<>(),.])/gy;

export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  pattern.lastIndex = 0;
  while (at < sql.length) {
    pattern.lastIndex = at;
    const match = pattern.exec(sql);
    if (!match) throw queryError(`Invalid or unsupported search: unexpected '${sql.slice(at, at + 20)}'.`);
    at = pattern.lastIndex;
    const [raw, quoted, figure, word, identifier, symbol] = match;
    if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted.replaceAll("''", "'"), raw });
    else if (figure !== undefined) tokens.push({ kind: 'number', value: figure, raw });
    else if (word !== undefined) tokens.push({ kind: 'word', value: word.toUpperCase(), raw });
    else if (identifier !== undefined) tokens.push({ kind: 'word', value: identifier.toUpperCase(), raw: identifier });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', value: symbol, raw });
  }
  return tokens;
}
