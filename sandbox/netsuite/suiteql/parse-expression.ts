import type { Expression } from './ast.ts';
import { queryError } from './query-error.ts';
import { type Token, tokenize } from './tokens.ts';

const comparisons = new Set(['=', '<>', '!=', '<', '>', '<=', '>=']);

/** Reads expressions from the front of a list of tokens, by precedence: OR, AND, NOT, comparison, + -, * /, unary. */
export class ExpressionParser {
  protected readonly tokens: Token[];
  protected at = 0;

  constructor(sql: string) {
    this.tokens = tokenize(sql);
  }

  expression(): Expression {
    let left = this.conjunction();
    while (this.word('OR')) left = { kind: 'binary', operator: 'OR', left, right: this.conjunction() };
    return left;
  }

  private conjunction(): Expression {
    let left = this.negation();
    while (this.word('AND')) left = { kind: 'binary', operator: 'AND', left, right: this.negation() };
    return left;
  }

  private negation(): Expression {
    if (this.word('NOT')) return { kind: 'not', operand: this.negation() };
    return this.comparison();
  }

  private comparison(): Expression {
    const left = this.sum();
    const symbol = this.peek();
    if (symbol?.kind === 'symbol' && comparisons.has(symbol.value)) {
      this.at += 1;
      return { kind: 'binary', operator: symbol.value === '!=' ? '<>' : symbol.value, left, right: this.sum() };
    }
    if (this.word('IS')) {
      const negated = this.word('NOT');
      this.expectWord('NULL');
      return { kind: 'isNull', operand: left, negated };
    }
    const negated = this.word('NOT');
    if (this.word('IN')) return { kind: 'in', operand: left, list: this.list(), negated };
    if (this.word('LIKE')) return negate({ kind: 'binary', operator: 'LIKE', left, right: this.sum() }, negated);
    if (this.word('BETWEEN')) {
      const low = this.sum();
      this.expectWord('AND');
      const high = this.sum();
      const from: Expression = { kind: 'binary', operator: '>=', left, right: low };
      const to: Expression = { kind: 'binary', operator: '<=', left, right: high };
      return negate({ kind: 'binary', operator: 'AND', left: from, right: to }, negated);
    }
    if (negated) throw this.unexpected();
    return left;
  }

  private sum(): Expression {
    let left = this.product();
    for (let symbol = this.symbolOf('+', '-', '||'); symbol; symbol = this.symbolOf('+', '-', '||')) {
      left = { kind: 'binary', operator: symbol, left, right: this.product() };
    }
    return left;
  }

  private product(): Expression {
    let left = this.unary();
    for (let symbol = this.symbolOf('*', '/'); symbol; symbol = this.symbolOf('*', '/')) {
      left = { kind: 'binary', operator: symbol, left, right: this.unary() };
    }
    return left;
  }

  private unary(): Expression {
    if (this.symbolOf('-')) return { kind: 'binary', operator: '-', left: { kind: 'literal', value: 0 }, right: this.unary() };
    if (this.symbolOf('(')) {
      const inner = this.expression();
      this.expectSymbol(')');
      return inner;
    }
    const token = this.peek();
    if (!token) throw this.unexpected();
    this.at += 1;
    if (token.kind === 'text') return { kind: 'literal', value: token.value };
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.value) };
    if (token.kind !== 'word') {
      this.at -= 1;
      throw this.unexpected();
    }
    if (token.value === 'NULL') return { kind: 'literal', value: null };
    if (token.value === 'CASE') return this.cases();
    return this.named(token);
  }

  /** A column, a table's column, or a function; `BUILTIN.DF(x)` is a function of that full name. */
  private named(token: Token): Expression {
    if (this.symbolOf('.')) {
      const member = this.peek();
      if (member?.kind !== 'word') throw this.unexpected();
      this.at += 1;
      if (this.symbolOf('(')) return this.call(`${token.value}.${member.value}`);
      return { kind: 'column', table: token.value.toLowerCase(), name: member.value.toLowerCase() };
    }
    if (this.symbolOf('(')) return this.call(token.value);
    if (['SYSDATE', 'CURRENT_DATE', 'CURRENT_TIMESTAMP', 'SYSTIMESTAMP'].includes(token.value))
      return { kind: 'call', name: 'SYSDATE', args: [] };
    return { kind: 'column', name: token.value.toLowerCase() };
  }

  private call(name: string): Expression {
    if (this.symbolOf('*')) {
      this.expectSymbol(')');
      return { kind: 'call', name, args: [], star: true };
    }
    const distinct = this.word('DISTINCT');
    const args: Expression[] = [];
    if (!this.symbolOf(')')) {
      do args.push(this.expression());
      while (this.symbolOf(','));
      this.expectSymbol(')');
    }
    return { kind: 'call', name, args, ...(distinct ? { distinct } : {}) };
  }

  private cases(): Expression {
    const branches: { when: Expression; result: Expression }[] = [];
    while (this.word('WHEN')) {
      const when = this.expression();
      this.expectWord('THEN');
      branches.push({ when, result: this.expression() });
    }
    const otherwise: Expression = this.word('ELSE') ? this.expression() : { kind: 'literal', value: null };
    this.expectWord('END');
    return { kind: 'case', branches, otherwise };
  }

  private list(): Expression[] {
    this.expectSymbol('(');
    const items: Expression[] = [];
    do items.push(this.expression());
    while (this.symbolOf(','));
    this.expectSymbol(')');
    // Oracle's own limit: ORA-01795
    if (items.length > 1000) throw queryError('Invalid or unsupported search: maximum number of expressions in a list is 1000.');
    return items;
  }

  protected peek(): Token | undefined {
    return this.tokens[this.at];
  }

  protected word(...words: string[]): boolean {
    const matches = words.every((word, index) => {
      const token = this.tokens[this.at + index];
      return token?.kind === 'word' && token.value === word;
    });
    if (matches) this.at += words.length;
    return matches;
  }

  protected symbolOf(...symbols: string[]): string | undefined {
    const token = this.peek();
    if (token?.kind !== 'symbol' || !symbols.includes(token.value)) return undefined;
    this.at += 1;
    return token.value;
  }

  protected expectWord(word: string): void {
    if (!this.word(word)) throw this.unexpected(word);
  }

  protected expectSymbol(symbol: string): void {
    if (!this.symbolOf(symbol)) throw this.unexpected(symbol);
  }

  protected unexpected(expected?: string): Error {
    const found = this.peek()?.raw ?? 'end of query';
    return queryError(`Invalid or unsupported search: unexpected '${found}'${expected ? `, expected '${expected}'` : ''}.`);
  }
}

function negate(expression: Expression, negated: boolean): Expression {
  return negated ? { kind: 'not', operand: expression } : expression;
}
