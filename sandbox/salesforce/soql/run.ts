import { parseQuery, type Query, type QueryBase, type Subquery } from '@jetstreamapp/soql-parser-js';
import { fail } from '../failure.ts';
import { findObject } from '../schema/catalogue.ts';
import type { SObject } from '../schema/object.ts';
import type { Row } from '../store/state.ts';
import { aggregateRows, isAggregate, isPlainCount } from './aggregate.ts';
import { malformed, notSortable, unexpected, unknownObject } from './complaint.ts';
import { fieldExpression, functionExpression } from './expression.ts';
import { sortBy } from './order.ts';
import type { Cell, Scope } from './path.ts';
import { compileSelect, type Rendered } from './select.ts';
import { compileWhere } from './where.ts';

export interface Result {
  totalSize: number;
  records: Rendered[];
  /** result columns in SELECT order, for CSV */
  columns: string[];
  object: SObject;
  aggregate: boolean;
}

/** Salesforce Developer Limits and Allocations Quick Reference, "SOQL and SOSL Limits" */
const LONGEST_QUERY = 100_000;

/** Runs a SOQL query over the whole org. */
export function runQuery(scope: Scope): Result {
  const text = scope.query.trim();
  if (text.length > LONGEST_QUERY) throw malformed(`SOQL statements cannot be longer than ${LONGEST_QUERY} characters.`);
  let query: Query;
  try {
    query = parseQuery(text);
  } catch (error) {
    throw unexpected(text, (error as Error).message);
  }
  const object = findObject(query.sObject ?? '');
  if (!object) throw unknownObject(text, query.sObject ?? '');
  return select(scope, object, query, query.sObjectAlias, undefined);
}

function select(scope: Scope, object: SObject, query: QueryBase, alias: string | undefined, among: readonly Row[] | undefined): Result {
  if ((query.offset ?? 0) > 2000) throw fail('NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
  const rows = filterRows(scope, object, query, alias, among);
  if (isPlainCount(query)) {
    return { totalSize: Math.min(rows.length, query.limit ?? rows.length), records: [], columns: [], object, aggregate: true };
  }
  if (isAggregate(query)) {
    const records = slice(aggregateRows(scope, object, query, rows, alias), query);
    const columns = Object.keys(records[0] ?? {}).filter((key) => key !== 'attributes');
    return { totalSize: records.length, records, columns, object, aggregate: true };
  }
  const { render, columns } = compileSelect(scope, object, query, alias, (child, subquery, children) =>
    childResult(scope, child, subquery, children),
  );
  const chosen = slice(order(scope, object, query, rows, alias), query);
  return { totalSize: chosen.length, records: chosen.map(render), columns, object, aggregate: false };
}

function filterRows(scope: Scope, object: SObject, query: QueryBase, alias: string | undefined, among: readonly Row[] | undefined): Row[] {
  const isLive = (row: Row): boolean => scope.deleted || row['IsDeleted'] !== true;
  if (!query.where) return (among ?? scope.records.all(object.name)).filter(isLive);
  const filter = compileWhere(scope, object, query.where, alias, (inner) => semiJoin(scope, inner));
  return (among ?? filter.candidates() ?? scope.records.all(object.name)).filter((row) => isLive(row) && filter.test(row));
}

/** The values of `… IN (SELECT AccountId FROM Opportunity)`. */
function semiJoin(scope: Scope, inner: Query): ReadonlySet<Cell> {
  const object = findObject(inner.sObject ?? '');
  if (!object) throw unknownObject(scope.query, inner.sObject ?? '');
  const [only, ...more] = inner.fields ?? [];
  if (only?.type !== 'Field' || more.length > 0) throw malformed('Semi join sub-selects must select exactly one field');
  const expression = fieldExpression(scope, object, only.field, inner.sObjectAlias);
  return new Set(filterRows(scope, object, inner, inner.sObjectAlias, undefined).map(expression.read));
}

function order(scope: Scope, object: SObject, query: QueryBase, rows: readonly Row[], alias: string | undefined): Row[] {
  const clauses = query.orderBy === undefined ? [] : Array.isArray(query.orderBy) ? query.orderBy : [query.orderBy];
  const orderings = clauses.map((clause) => {
    const expression =
      'field' in clause
        ? fieldExpression(scope, object, clause.field, alias)
        : functionExpression(
            scope,
            object,
            { functionName: clause.fn.functionName ?? '', parameters: (clause.fn.parameters ?? []) as string[] },
            alias,
          );
    const { field } = expression;
    if (
      (field.type === 'textarea' && field.length > 255) ||
      field.type === 'address' ||
      field.type === 'multipicklist' ||
      !field.filterable
    ) {
      throw notSortable(scope.query, field.name);
    }
    return {
      read: expression.read,
      descending: clause.order === 'DESC',
      nullsLast: clause.nulls === 'LAST',
      caseSensitive: field.type === 'id' || field.type === 'reference',
    };
  });
  return sortBy(rows, orderings);
}

function slice<Item>(items: readonly Item[], query: QueryBase): Item[] {
  const from = query.offset ?? 0;
  return items.slice(from, query.limit === undefined ? undefined : from + query.limit);
}

/** A child list is null when empty. */
function childResult(scope: Scope, object: SObject, subquery: Subquery, rows: readonly Row[]): unknown {
  const result = select(scope, object, subquery, undefined, rows);
  return result.totalSize === 0 ? null : { totalSize: result.totalSize, done: true, records: result.records };
}
