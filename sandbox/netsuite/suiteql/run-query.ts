import type { RecordStore } from '../record-store.ts';
import { wallClock } from '../time-zone.ts';
import { aggregates, children, type Expression, hasAggregate, type Query, type SelectItem } from './ast.ts';
import { type BoundSource, Compiler, type Evaluate, type Tuple } from './compile.ts';
import { aggregateFunctions } from './functions.ts';
import { joinRows } from './join-rows.ts';
import { parseQuery } from './parse-query.ts';
import { queryError } from './query-error.ts';
import { compare, SqlDate, type SqlValue, show } from './sql-value.ts';
import { findTable } from './tables.ts';

export interface QueryResult {
  total: number;
  /** the rows of the page, as text; NULL left out */
  rows: Record<string, string>[];
}

/** 100,000 rows at most without SuiteAnalytics Connect. */
const mostRows = 100_000;

/** `turn` shifts rows that the query itself does not order, so that pages without a unique order repeat and miss rows as they do in a real account. */
export function runQuery(store: RecordStore, sql: string, now: Date, page: { limit: number; offset: number }, turn: number): QueryResult {
  const query = parseQuery(sql);
  const sources: BoundSource[] = [query.from, ...query.joins].map(({ table, alias }) => {
    const found = findTable(store, table);
    if (!found) throw queryError(`Record '${table}' was not found.`);
    return { alias, table: found };
  });
  const sqlNow = new SqlDate(wallClock(store.state.timeZone, now.getTime()));
  const compiler = new Compiler(sources, sqlNow);
  const items = query.select.flatMap((item) => expand(item, sources));
  const grouped = query.groupBy.length > 0 || items.some((item) => hasAggregate(item.expression));
  let rows = joinRows(query, sources, sqlNow).map((tuple): Tuple[] => [tuple]);
  if (grouped)
    rows = groups(
      rows.flat(),
      query.groupBy.map((expression) => compiler.compile(expression)),
    );
  const evaluate = (expression: Expression) => (grouped ? overGroup(compiler, expression) : overRow(compiler.compile(expression)));
  if (query.having) {
    const test = evaluate(query.having);
    rows = rows.filter((group) => test(group) === true);
  }
  const columns = items.map((item) => ({ name: item.name, value: evaluate(item.expression) }));
  if (query.distinct)
    rows = unique(
      rows,
      columns.map((column) => column.value),
    );
  if (rows.length > page.limit) rows = shifted(rows, turn);
  rows = ordered(rows, query, items, evaluate);
  const total = Math.min(rows.length, query.fetchFirst ?? mostRows, mostRows);
  const shown = rows.slice(page.offset, Math.min(page.offset + page.limit, total));
  return { total, rows: shown.map((group) => answer(columns, group)) };
}

type EvaluateGroup = (group: Tuple[]) => SqlValue;
type NamedItem = Required<SelectItem>;

function overRow(evaluate: Evaluate): EvaluateGroup {
  return (group) => evaluate(group[0] ?? []);
}

/** In a grouped query an aggregate looks at all tuples of the group, everything else at the first. */
function overGroup(compiler: Compiler, expression: Expression): EvaluateGroup {
  if (expression.kind === 'call' && aggregates.has(expression.name)) {
    const combine = aggregateFunctions[expression.name];
    if (!combine) throw queryError(`Invalid or unsupported search: unknown function '${expression.name}'.`);
    const [argument] = expression.args;
    if (!argument) return (group) => combine(group.map(() => 1));
    const value = compiler.compile(argument);
    return (group) => {
      const values = group.map(value).filter((found) => found !== null);
      return combine(expression.distinct ? [...new Map(values.map((found) => [show(found), found])).values()] : values);
    };
  }
  if (!hasAggregate(expression)) return overRow(compiler.compile(expression));
  const inner = children(expression).map((child) => overGroup(compiler, child));
  return (group) => {
    const values = inner.map((evaluate) => evaluate(group));
    let next = 0;
    return compiler.compile(replaceChildren(expression, () => ({ kind: 'literal', value: literal(values[next++]) })))([]);
  };
}

function literal(value: SqlValue | undefined): string | number | null {
  return value === undefined || value === null ? null : typeof value === 'number' ? value : show(value);
}

function replaceChildren(expression: Expression, replacement: (child: Expression) => Expression): Expression {
  switch (expression.kind) {
    case 'call':
      return { ...expression, args: expression.args.map(replacement) };
    case 'binary':
      return { ...expression, left: replacement(expression.left), right: replacement(expression.right) };
    case 'not':
    case 'isNull':
      return { ...expression, operand: replacement(expression.operand) };
    default:
      throw queryError('Invalid or unsupported search: an aggregate function is not allowed here.');
  }
}

function expand(item: SelectItem, sources: BoundSource[]): NamedItem[] {
  if (item.expression) return [{ expression: item.expression, name: item.name }];
  return sources.flatMap(({ alias, table }) =>
    [...table.columns.keys()].map((name) => ({ name, expression: { kind: 'column', table: alias, name } as const })),
  );
}

function groups(tuples: Tuple[], keys: Evaluate[]): Tuple[][] {
  if (keys.length === 0) return [tuples];
  const result = new Map<string, Tuple[]>();
  for (const tuple of tuples) {
    const key = JSON.stringify(keys.map((evaluate) => show(evaluate(tuple))));
    const group = result.get(key);
    if (group) group.push(tuple);
    else result.set(key, [tuple]);
  }
  return [...result.values()];
}

function unique(rows: Tuple[][], columns: EvaluateGroup[]): Tuple[][] {
  return [...new Map(rows.map((row) => [JSON.stringify(columns.map((evaluate) => show(evaluate(row)))), row])).values()];
}

function shifted<Item>(rows: Item[], turn: number): Item[] {
  const by = (turn * 7) % rows.length;
  return [...rows.slice(by), ...rows.slice(0, by)];
}

/** ORDER BY an expression, an alias of the answer or a position; NULLs last when ascending, as in Oracle. */
function ordered(rows: Tuple[][], query: Query, items: NamedItem[], evaluate: (expression: Expression) => EvaluateGroup): Tuple[][] {
  if (query.orderBy.length === 0) return rows;
  const keys = query.orderBy.map(({ expression, descending }) => ({
    value: evaluate(ordering(expression, items)),
    sign: descending ? -1 : 1,
  }));
  const decorated = rows.map((row) => ({ row, values: keys.map((key) => key.value(row)) }));
  decorated.sort((a, b) => {
    for (const [index, { sign }] of keys.entries()) {
      const order = nullsLast(a.values[index] ?? null, b.values[index] ?? null);
      if (order !== 0) return sign * order;
    }
    return 0;
  });
  return decorated.map(({ row }) => row);
}

function ordering(expression: Expression, items: NamedItem[]): Expression {
  if (expression.kind === 'literal' && typeof expression.value === 'number') return items[expression.value - 1]?.expression ?? expression;
  if (expression.kind !== 'column' || expression.table !== undefined) return expression;
  return items.find((item) => item.name === expression.name)?.expression ?? expression;
}

function nullsLast(a: SqlValue, b: SqlValue): number {
  if (a === null || b === null) return (a === null ? 1 : 0) - (b === null ? 1 : 0);
  return compare(a, b) ?? 0;
}

function answer(columns: { name: string; value: EvaluateGroup }[], group: Tuple[]): Record<string, string> {
  const row: Record<string, string> = {};
  for (const { name, value } of columns) {
    const found = value(group);
    if (found !== null && found !== '') row[name] = show(found);
  }
  return row;
}
