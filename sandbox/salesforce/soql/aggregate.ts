import type { FieldType, QueryBase } from '@jetstreamapp/soql-parser-js';
import { Decimal } from 'decimal.js';
import type { SObject } from '../schema/object.ts';
import type { Row } from '../store/state.ts';
import { malformed, notGrouped } from './complaint.ts';
import { conditionTree, evaluate } from './condition.ts';
import { corporate, type Expression, fieldExpression, functionExpression } from './expression.ts';
import { testOf } from './literal-test.ts';
import { type Ordering, sortBy } from './order.ts';
import type { Cell, Scope } from './path.ts';
import type { Rendered } from './select.ts';
import { literalsOf } from './where.ts';

const AGGREGATES = ['COUNT', 'COUNT_DISTINCT', 'SUM', 'AVG', 'MIN', 'MAX'];

interface Group {
  key: readonly Cell[];
  rows: readonly Row[];
}

type Column = { key: string; read(group: Group): Cell };

interface Call {
  functionName?: string;
  parameters?: readonly unknown[];
}

export const isAggregate = (query: QueryBase): boolean =>
  query.groupBy !== undefined ||
  (query.fields ?? []).some((each) => each.type === 'FieldFunctionExpression' && AGGREGATES.includes(each.functionName.toUpperCase()));

/** `SELECT COUNT() FROM …`: no rows, only a total. */
export function isPlainCount(query: QueryBase): boolean {
  const [only, ...more] = query.fields ?? [];
  const isCount = only?.type === 'FieldFunctionExpression' && only.functionName.toUpperCase() === 'COUNT' && only.parameters.length === 0;
  return isCount && more.length === 0 && query.groupBy === undefined;
}

/** GROUP BY, HAVING and the aggregate functions. Amounts are summed in the corporate currency, as in every multi-currency org. */
export function aggregateRows(scope: Scope, object: SObject, query: QueryBase, rows: readonly Row[], alias?: string): Rendered[] {
  const clauses = query.groupBy === undefined ? [] : Array.isArray(query.groupBy) ? query.groupBy : [query.groupBy];
  const grouping = clauses.map((clause) => {
    if ('field' in clause) return fieldExpression(scope, object, clause.field, alias);
    const name = clause.fn.functionName ?? '';
    if (/^(ROLLUP|CUBE)$/i.test(name)) throw malformed(`GROUP BY ${name} is not supported`);
    return functionExpression(scope, object, { functionName: name, parameters: (clause.fn.parameters ?? []) as string[] }, alias);
  });
  const columns = selectColumns(scope, object, query.fields ?? [], grouping, alias);
  let groups = groupRows(rows, grouping);
  if (clauses.length === 0 && groups.length === 0) groups = [{ key: [], rows: [] }];
  const reader = (call: { field?: string; fn?: Call }): ((group: Group) => Cell) => readerOf(scope, object, call, grouping, columns, alias);
  if (query.having) {
    const test = evaluate(conditionTree(query.having), (leaf) => {
      const read = reader(leaf);
      const numeric = { name: leaf.field ?? leaf.fn?.rawValue ?? '', type: 'double' as const };
      const field = leaf.field ? grouping.find((each) => each.text === leaf.field?.toLowerCase())?.field : undefined;
      const matches = testOf(scope.query, field ?? numeric, leaf.operator, literalsOf(leaf), scope.now);
      return (group: Group) => matches(read(group));
    });
    groups = groups.filter(test);
  }
  const orders = query.orderBy === undefined ? [] : Array.isArray(query.orderBy) ? query.orderBy : [query.orderBy];
  const orderings: Ordering<Group>[] = orders.map((order) => ({
    read: reader('field' in order ? { field: order.field } : { fn: order.fn }),
    descending: order.order === 'DESC',
    nullsLast: order.nulls === 'LAST',
    caseSensitive: false,
  }));
  return sortBy(groups, orderings).map((group) => {
    const record: Rendered = { attributes: { type: 'AggregateResult' } };
    for (const column of columns) record[column.key] = column.read(group);
    return record;
  });
}

function selectColumns(
  scope: Scope,
  object: SObject,
  fields: readonly FieldType[],
  grouping: readonly Expression[],
  alias?: string,
): Column[] {
  let unnamed = 0;
  return fields.map((selected): Column => {
    if (selected.type === 'FieldFunctionExpression') {
      const key = selected.alias ?? `expr${unnamed++}`;
      if (AGGREGATES.includes(selected.functionName.toUpperCase())) {
        return { key, read: aggregateReader(scope, object, selected, alias) };
      }
      return { key, read: grouped(scope, functionExpression(scope, object, selected, alias), grouping) };
    }
    if (selected.type !== 'Field' && selected.type !== 'FieldRelationship') throw malformed('Grouped query cannot have sub-queries');
    const written = selected.type === 'Field' ? selected.field : [...selected.relationships, selected.field].join('.');
    const expression = fieldExpression(scope, object, written, alias);
    return { key: ('alias' in selected && selected.alias) || expression.field.name, read: grouped(scope, expression, grouping) };
  });
}

function grouped(scope: Scope, expression: Expression, grouping: readonly Expression[]): (group: Group) => Cell {
  const index = grouping.findIndex((each) => each.text === expression.text);
  if (index < 0) throw notGrouped(scope.query, expression.field.name);
  return (group) => group.key[index] ?? null;
}

function readerOf(
  scope: Scope,
  object: SObject,
  call: { field?: string; fn?: Call },
  grouping: readonly Expression[],
  columns: readonly Column[],
  alias?: string,
): (group: Group) => Cell {
  if (call.field) {
    const named = columns.find((column) => column.key.toLowerCase() === call.field?.toLowerCase());
    return named ? named.read : grouped(scope, fieldExpression(scope, object, call.field, alias), grouping);
  }
  const name = call.fn?.functionName ?? '';
  if (AGGREGATES.includes(name.toUpperCase())) return aggregateReader(scope, object, call.fn ?? {}, alias);
  const parameters = (call.fn?.parameters ?? []) as string[];
  return grouped(scope, functionExpression(scope, object, { functionName: name, parameters }, alias), grouping);
}

function aggregateReader(scope: Scope, object: SObject, call: Call, alias?: string): (group: Group) => Cell {
  const name = (call.functionName ?? '').toUpperCase();
  const parameter = call.parameters?.[0];
  if (parameter === undefined) return (group) => group.rows.length;
  const expression = fieldExpression(scope, object, String(parameter), alias);
  const cells = (group: Group): Cell[] =>
    group.rows.map((row) => corporate(scope, expression, row)).filter((cell) => cell !== null && cell !== undefined);
  switch (name) {
    case 'COUNT':
      return (group) => cells(group).length;
    case 'COUNT_DISTINCT':
      return (group) => new Set(cells(group)).size;
    case 'MIN':
      return (group) =>
        cells(group).reduce<Cell>((least, cell) => (least === null || (cell as string) < (least as string) ? cell : least), null);
    case 'MAX':
      return (group) =>
        cells(group).reduce<Cell>((most, cell) => (most === null || (cell as string) > (most as string) ? cell : most), null);
    default:
      if (!['int', 'double', 'currency', 'percent'].includes(expression.field.type)) {
        throw malformed(`field ${expression.field.name} does not support aggregate operator ${name}`);
      }
      return (group) => total(cells(group), name === 'AVG', expression.field.scale);
  }
}

function total(cells: readonly Cell[], average: boolean, scale: number): Cell {
  if (cells.length === 0) return null;
  const sum = cells.reduce<Decimal>((before, cell) => before.plus(Number(cell)), new Decimal(0));
  return average ? sum.dividedBy(cells.length).toDecimalPlaces(10).toNumber() : sum.toDecimalPlaces(scale).toNumber();
}

function groupRows(rows: readonly Row[], grouping: readonly Expression[]): Group[] {
  if (grouping.length === 0) return rows.length > 0 ? [{ key: [], rows }] : [];
  const groups = new Map<string, { key: Cell[]; rows: Row[] }>();
  for (const row of rows) {
    const key = grouping.map((each) => each.read(row));
    const text = JSON.stringify(key);
    const group = groups.get(text);
    if (group) group.rows.push(row);
    else groups.set(text, { key, rows: [row] });
  }
  return [...groups.values()];
}
