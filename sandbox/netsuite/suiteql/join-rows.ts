import { children, conjuncts, type Expression, type Query } from './ast.ts';
import { type BoundSource, Compiler, type Evaluate, isRowNumber, rowNumbers, type Tuple } from './compile.ts';
import { type SqlDate, show } from './sql-value.ts';
import type { Row, Table } from './table.ts';

/** All tuples of FROM and JOIN for which WHERE holds. */
export function joinRows(query: Query, sources: readonly BoundSource[], now: SqlDate): Tuple[] {
  const conditions = conjuncts(query.where);
  const first = sources[0];
  if (!first) return [];
  let tuples: Tuple[] = candidates(first, conditions, sources.length === 1).map((row) => [row]);
  tuples = filter(tuples, early(conditions, first, now));
  query.joins.forEach((join, index) => {
    const bound = sources.slice(0, index + 2);
    tuples = joinOne(tuples, bound, join.on, join.outer, now);
  });
  const compiled = (list: Expression[]) => list.map((condition) => new Compiler(sources, now).compile(condition));
  const passed = filter(tuples, compiled(conditions.filter((condition) => !asksForRowNumber(condition))));
  return numbered(passed, compiled(conditions.filter(asksForRowNumber)));
}

/** A row gets the next number when it has passed everything else, and keeps it only if it passes what asks for the number: `ROWNUM > 1` finds none. */
function numbered(tuples: Tuple[], tests: Evaluate[]): Tuple[] {
  const kept: Tuple[] = [];
  for (const tuple of tuples) {
    rowNumbers.set(tuple, kept.length + 1);
    if (tests.every((test) => test(tuple) === true)) kept.push(tuple);
  }
  return kept;
}

function asksForRowNumber(expression: Expression): boolean {
  return isRowNumber(expression) || children(expression).some(asksForRowNumber);
}

function filter(tuples: Tuple[], tests: Evaluate[]): Tuple[] {
  return tests.length === 0 ? tuples : tuples.filter((tuple) => tests.every((test) => test(tuple) === true));
}

/** The rows of the first table: by index when the query names ids or external ids, all otherwise. */
function candidates({ alias, table }: BoundSource, conditions: Expression[], alone: boolean): Row[] {
  for (const condition of conditions) {
    const wanted = constants(condition);
    if (!wanted || (wanted.column.table === undefined ? !alone : wanted.column.table !== alias)) continue;
    const found = wanted.values.map((value) => table.lookUp?.(wanted.column.name, value));
    if (found.every((rows) => rows !== undefined))
      return [...new Map(found.flat().map((row) => [`${row.record.id}/${row.sequence ?? ''}`, row])).values()];
  }
  return table.rows();
}

/** `column = constant`, `column IN (constants)`, or the same of `UPPER(externalid)`: the index of external ids does not count case either. */
function constants(condition: Expression): { column: { table?: string; name: string }; values: string[] } | undefined {
  if (condition.kind === 'binary' && condition.operator === '=' && condition.left.kind === 'column' && condition.right.kind === 'literal') {
    return { column: condition.left, values: [String(condition.right.value)] };
  }
  if (condition.kind === 'in' && !condition.negated) {
    const bare = upper(condition.operand);
    const column = bare?.kind === 'column' && bare.name === 'externalid' ? bare : condition.operand;
    if (column.kind !== 'column') return undefined;
    const values = condition.list.flatMap((item) => {
      const value = bare ? (upper(item) ?? item) : item;
      return value.kind === 'literal' ? [String(value.value)] : [];
    });
    return values.length === condition.list.length ? { column, values } : undefined;
  }
  return undefined;
}

/** What stands within `UPPER(…)`. */
function upper(expression: Expression): Expression | undefined {
  return expression.kind === 'call' && expression.name === 'UPPER' ? expression.args[0] : undefined;
}

/** Conditions that name the first table only are tried before anything is joined. */
function early(conditions: Expression[], first: BoundSource, now: SqlDate): Evaluate[] {
  return conditions
    .filter((condition) => mentionsOnly(condition, first.alias))
    .map((condition) => new Compiler([first], now).compile(condition));
}

function mentionsOnly(expression: Expression, alias: string): boolean {
  if (expression.kind === 'column') return expression.table === alias;
  return children(expression).every((part) => mentionsOnly(part, alias));
}

/** Joins one more table: by a hash of its side of an equality, then the whole condition. */
function joinOne(tuples: Tuple[], bound: readonly BoundSource[], on: Expression, outer: boolean, now: SqlDate): Tuple[] {
  const compiler = new Compiler(bound, now);
  const test = compiler.compile(on);
  const added = bound.length - 1;
  const table = (bound[added] as BoundSource).table;
  const key = equality(compiler, on, added);
  const byKey = key ? grouped(table, key.right, added) : undefined;
  const all = byKey ? [] : table.rows();
  const result: Tuple[] = [];
  for (const tuple of tuples) {
    const value = key?.left(tuple);
    const rows = byKey ? (value === null || value === undefined ? [] : (byKey.get(show(value)) ?? [])) : all;
    const before = result.length;
    for (const row of rows) {
      const joined = [...tuple, row];
      if (test(joined) === true) result.push(joined);
    }
    if (outer && result.length === before) result.push([...tuple, null]);
  }
  return result;
}

function grouped(table: Table, key: Evaluate, position: number): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of table.rows()) {
    const tuple: Tuple = [];
    tuple[position] = row;
    const value = key(tuple);
    if (value === null) continue;
    const group = groups.get(show(value));
    if (group) group.push(row);
    else groups.set(show(value), [row]);
  }
  return groups;
}

/** A conjunct `old = new` between the tables joined so far and the added one. */
function equality(compiler: Compiler, on: Expression, added: number): { left: Evaluate; right: Evaluate } | undefined {
  for (const condition of conjuncts(on)) {
    if (condition.kind !== 'binary' || condition.operator !== '=' || condition.left.kind !== 'column' || condition.right.kind !== 'column')
      continue;
    const [a, b] = [compiler.resolve(condition.left).index, compiler.resolve(condition.right).index];
    if ((a === added) === (b === added)) continue;
    const [old, fresh] = b === added ? [condition.left, condition.right] : [condition.right, condition.left];
    return { left: compiler.compile(old), right: compiler.compile(fresh) };
  }
  return undefined;
}
