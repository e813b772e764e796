import type { Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import type { SObject } from '../schema/object.ts';
import { toId18 } from '../store/ids.ts';
import type { Row } from '../store/state.ts';
import { instantOf } from '../store/time.ts';
import { malformed, notFilterable } from './complaint.ts';
import { type Comparison, conditionTree, evaluate, type Tree } from './condition.ts';
import { DATE_FUNCTIONS } from './date-ranges.ts';
import { type Literal, testOf, unquote } from './literal-test.ts';
import { type Cell, readPath, resolvePath, type Scope } from './path.ts';

export interface Filter {
  test(row: Row): boolean;
  /** rows that an indexed equality leaves to look at; undefined = all */
  candidates(): Row[] | undefined;
}

/** `values` runs a semi-join (`Id IN (SELECT …)`). */
export function compileWhere(
  scope: Scope,
  object: SObject,
  clause: WhereClause,
  alias: string | undefined,
  values: (query: Query) => ReadonlySet<Cell>,
): Filter {
  const tree = conditionTree(clause);
  const test = evaluate(tree, (leaf) => compileLeaf(scope, object, leaf, alias, values));
  return { test, candidates: () => indexed(scope, object, tree, alias) };
}

function compileLeaf(
  scope: Scope,
  object: SObject,
  leaf: Comparison,
  alias: string | undefined,
  values: (query: Query) => ReadonlySet<Cell>,
): (row: Row) => boolean {
  if (leaf.fn) return compileFunction(scope, object, leaf, alias);
  const path = resolvePath(scope, object, leaf.field ?? '', alias);
  if ((path.field.type === 'textarea' && path.field.length > 255) || path.field.type === 'address' || !path.field.filterable) {
    throw notFilterable(scope.query, path.field.name);
  }
  if (leaf.valueQuery) {
    const found = values(leaf.valueQuery);
    return leaf.operator === 'IN' ? (row) => found.has(readPath(scope, path, row)) : (row) => !found.has(readPath(scope, path, row));
  }
  const test = testOf(scope.query, path.field, leaf.operator, literalsOf(leaf), scope.now);
  return (row) => test(readPath(scope, path, row));
}

function compileFunction(scope: Scope, object: SObject, leaf: Comparison, alias: string | undefined): (row: Row) => boolean {
  const name = (leaf.fn?.functionName ?? '').toUpperCase();
  const path = resolvePath(scope, object, String(leaf.fn?.parameters?.[0] ?? ''), alias);
  const take = DATE_FUNCTIONS[name];
  if (take) {
    const type = name === 'DAY_ONLY' ? 'date' : 'int';
    const test = testOf(scope.query, { name: path.field.name, type }, leaf.operator, literalsOf(leaf), scope.now);
    return (row) => {
      const cell = readPath(scope, path, row);
      return test(typeof cell === 'string' ? take(asInstant(cell)) : null);
    };
  }
  if (name !== 'TOLABEL') throw malformed(`unexpected token: '${leaf.fn?.rawValue ?? name}'`);
  const test = testOf(scope.query, path.field, leaf.operator, literalsOf(leaf), scope.now);
  return (row) => test(readPath(scope, path, row));
}

export const asInstant = (value: string): Date => (value.length === 10 ? new Date(`${value}T00:00:00Z`) : instantOf(value));

export function literalsOf(leaf: Comparison): Literal[] {
  const texts = Array.isArray(leaf.value) ? leaf.value : [String(leaf.value ?? '')];
  return texts.map((text, index) => {
    const type = Array.isArray(leaf.literalType) ? leaf.literalType[index] : leaf.literalType;
    return { type: String(type ?? 'STRING'), text: String(text) };
  });
}

/** The smallest set of rows that some top-level `field = value` or `field IN (…)` on an indexed field allows. */
function indexed(scope: Scope, object: SObject, tree: Tree<Comparison>, alias: string | undefined): Row[] | undefined {
  if (tree.kind === 'and') {
    const sets = tree.parts.map((part) => (part.kind === 'leaf' ? indexed(scope, object, part, alias) : undefined));
    return sets.filter((each) => each !== undefined).sort((a, b) => a.length - b.length)[0];
  }
  if (tree.kind !== 'leaf' || !tree.leaf.field || tree.leaf.valueQuery || !['=', 'IN'].includes(tree.leaf.operator)) return undefined;
  const literals = literalsOf(tree.leaf);
  if (literals.some((literal) => literal.type !== 'STRING' || unquote(literal.text) === '')) return undefined;
  const path = resolvePath(scope, object, tree.leaf.field, alias);
  if (path.steps.length > 0) return undefined;
  const isKey = path.field.type === 'id' || path.field.type === 'reference';
  return scope.records.candidates(
    object.name,
    path.field.name,
    literals.map((literal) => (isKey ? toId18(unquote(literal.text)) : unquote(literal.text))),
  );
}
