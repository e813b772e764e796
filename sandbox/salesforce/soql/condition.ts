import type { Condition, ConditionWithValueQuery, HavingClause, Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import { malformed } from './complaint.ts';

/** A WHERE or HAVING clause as a tree; the parser gives a flat chain with counted parentheses. */
export type Tree<Leaf> =
  { kind: 'and' | 'or'; parts: readonly Tree<Leaf>[] } | { kind: 'not'; part: Tree<Leaf> } | { kind: 'leaf'; leaf: Leaf };

/** One comparison, in one shape for all that the parser distinguishes. */
export interface Comparison {
  openParen?: number;
  closeParen?: number;
  field?: string;
  fn?: { functionName?: string; parameters?: readonly unknown[]; rawValue?: string };
  operator: string;
  value?: string | readonly string[];
  valueQuery?: Query;
  literalType?: string | readonly string[];
}

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Comparison;

export function conditionTree(clause: WhereClause | HavingClause): Tree<Comparison> {
  const tokens = flatten(clause);
  const { tree, next } = parseGroup(tokens, 0);
  if (next !== tokens.length) throw malformed("unexpected token: ')'");
  return tree;
}

function flatten(clause: WhereClause | HavingClause): Token[] {
  const tokens: Token[] = [];
  let node: WhereClause | HavingClause | undefined = clause;
  while (node) {
    const left: ConditionWithValueQuery | Condition | null = node.left;
    const comparison = left && 'operator' in left ? (left as Comparison) : undefined;
    for (let count = left?.openParen ?? 0; count > 0; count -= 1) tokens.push('(');
    if (comparison) tokens.push(comparison);
    for (let count = comparison?.closeParen ?? 0; count > 0; count -= 1) tokens.push(')');
    if (!('operator' in node)) break;
    tokens.push(node.operator);
    node = node.right;
  }
  return tokens;
}

function parseGroup(tokens: readonly Token[], start: number): { tree: Tree<Comparison>; next: number } {
  let { tree, next } = parseUnary(tokens, start);
  const parts = [tree];
  let joined: 'AND' | 'OR' | undefined;
  while (tokens[next] === 'AND' || tokens[next] === 'OR') {
    const operator = tokens[next] as 'AND' | 'OR';
    // SOQL has no precedence between AND and OR: a mix needs parentheses.
    if (joined && operator !== joined) throw malformed(`unexpected token: '${operator}'`);
    joined = operator;
    ({ tree, next } = parseUnary(tokens, next + 1));
    parts.push(tree);
  }
  return { tree: joined ? { kind: joined === 'AND' ? 'and' : 'or', parts } : tree, next };
}

function parseUnary(tokens: readonly Token[], at: number): { tree: Tree<Comparison>; next: number } {
  const token = tokens[at];
  if (token === 'NOT') {
    const { tree, next } = parseUnary(tokens, at + 1);
    return { tree: { kind: 'not', part: tree }, next };
  }
  if (token === '(') {
    const { tree, next } = parseGroup(tokens, at + 1);
    if (tokens[next] !== ')') throw malformed("expecting a right parentheses, found '<EOF>'");
    return { tree, next: next + 1 };
  }
  if (typeof token !== 'object') throw malformed(`unexpected token: '${String(token ?? '<EOF>')}'`);
  return { tree: { kind: 'leaf', leaf: token }, next: at + 1 };
}

export function evaluate<Leaf, Row>(tree: Tree<Leaf>, compile: (leaf: Leaf) => (row: Row) => boolean): (row: Row) => boolean {
  switch (tree.kind) {
    case 'leaf':
      return compile(tree.leaf);
    case 'not': {
      const part = evaluate(tree.part, compile);
      return (row) => !part(row);
    }
    case 'and': {
      const parts = tree.parts.map((part) => evaluate(part, compile));
      return (row) => parts.every((part) => part(row));
    }
    case 'or': {
      const parts = tree.parts.map((part) => evaluate(part, compile));
      return (row) => parts.some((part) => part(row));
    }
  }
}
