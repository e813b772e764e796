import type { Expression, Join, Query, SelectItem, Source } from './ast.ts';
import { ExpressionParser } from './parse-expression.ts';

/** Words that end a table reference, so that they are not taken for its alias. */
const clauses = new Set([
  'WHERE',
  'JOIN',
  'INNER',
  'LEFT',
  'ON',
  'GROUP',
  'HAVING',
  'ORDER',
  'FETCH',
  'OFFSET',
  'UNION',
  'RIGHT',
  'FULL',
  'CROSS',
]);

export function parseQuery(sql: string): Query {
  return new QueryParser(sql.trim().replace(/;$/, '')).query();
}

class QueryParser extends ExpressionParser {
  query(): Query {
    this.expectWord('SELECT');
    const distinct = this.word('DISTINCT');
    const select = this.selectList();
    this.expectWord('FROM');
    const from = this.source();
    const joins: Join[] = [];
    for (let join = this.join(); join; join = this.join()) joins.push(join);
    const query: Query = { distinct, select, from, joins, groupBy: [], orderBy: [] };
    if (this.word('WHERE')) query.where = this.expression();
    if (this.word('GROUP', 'BY')) query.groupBy = this.commaList(() => this.expression());
    if (this.word('HAVING')) query.having = this.expression();
    if (this.word('ORDER', 'BY')) query.orderBy = this.commaList(() => this.ordering());
    if (this.word('FETCH', 'FIRST') || this.word('FETCH', 'NEXT')) {
      query.fetchFirst = Number(this.peek()?.value);
      this.at += 1;
      if (!this.word('ROWS', 'ONLY') && !this.word('ROW', 'ONLY')) throw this.unexpected('ROWS ONLY');
    }
    if (this.peek()) throw this.unexpected();
    return query;
  }

  private selectList(): SelectItem[] {
    let unnamed = 0;
    return this.commaList(() => {
      if (this.symbolOf('*')) return { name: '*' };
      const expression = this.expression();
      const named = this.word('AS');
      const alias = this.peek();
      if (alias?.kind === 'word' && (named || alias.value !== 'FROM')) {
        this.at += 1;
        return { expression, name: alias.value.toLowerCase() };
      }
      if (named) throw this.unexpected();
      if (expression.kind === 'column') return { expression, name: expression.name };
      unnamed += 1;
      return { expression, name: `expr${unnamed}` };
    });
  }

  private source(): Source {
    const table = this.peek();
    if (table?.kind !== 'word') throw this.unexpected();
    this.at += 1;
    this.word('AS');
    const alias = this.peek();
    if (alias?.kind === 'word' && !clauses.has(alias.value)) {
      this.at += 1;
      return { table: table.value.toLowerCase(), alias: alias.value.toLowerCase() };
    }
    return { table: table.value.toLowerCase(), alias: table.value.toLowerCase() };
  }

  private join(): Join | undefined {
    const outer = this.word('LEFT', 'OUTER', 'JOIN') || this.word('LEFT', 'JOIN');
    if (!outer && !this.word('INNER', 'JOIN') && !this.word('JOIN')) return undefined;
    const source = this.source();
    this.expectWord('ON');
    return { ...source, outer, on: this.expression() };
  }

  private ordering(): { expression: Expression; descending: boolean } {
    const expression = this.expression();
    const descending = this.word('DESC');
    if (!descending) this.word('ASC');
    if (!this.word('NULLS', 'LAST')) this.word('NULLS', 'FIRST');
    return { expression, descending };
  }

  private commaList<Item>(read: () => Item): Item[] {
    const items = [read()];
    while (this.symbolOf(',')) items.push(read());
    return items;
  }
}
