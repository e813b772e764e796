/** A parsed query: the part of SuiteQL that this simulator answers. */
export type Expression =
  | { kind: 'literal'; value: string | number | null }
  | { kind: 'column'; table?: string; name: string }
  | { kind: 'call'; name: string; args: Expression[]; star?: boolean; distinct?: boolean }
  | { kind: 'binary'; operator: string; left: Expression; right: Expression }
  | { kind: 'not'; operand: Expression }
  | { kind: 'isNull'; operand: Expression; negated: boolean }
  | { kind: 'in'; operand: Expression; list: Expression[]; negated: boolean }
  | { kind: 'case'; branches: { when: Expression; result: Expression }[]; otherwise: Expression };

export interface SelectItem {
  /** absent = all columns */
  expression?: Expression;
  /** name in the answer, lower-case */
  name: string;
}

export interface Source {
  table: string;
  alias: string;
}

export interface Join extends Source {
  outer: boolean;
  on: Expression;
}

export interface Query {
  distinct: boolean;
  select: SelectItem[];
  from: Source;
  joins: Join[];
  where?: Expression;
  groupBy: Expression[];
  having?: Expression;
  orderBy: { expression: Expression; descending: boolean }[];
  fetchFirst?: number;
}

export const aggregates: ReadonlySet<string> = new Set(['COUNT', 'SUM', 'MIN', 'MAX', 'AVG']);

export function children(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'call':
      return expression.args;
    case 'binary':
      return [expression.left, expression.right];
    case 'not':
    case 'isNull':
      return [expression.operand];
    case 'in':
      return [expression.operand, ...expression.list];
    case 'case':
      return [...expression.branches.flatMap(({ when, result }) => [when, result]), expression.otherwise];
    default:
      return [];
  }
}

/** The conditions that all have to hold. */
export function conjuncts(expression: Expression | undefined): Expression[] {
  if (!expression) return [];
  if (expression.kind === 'binary' && expression.operator === 'AND') return [...conjuncts(expression.left), ...conjuncts(expression.right)];
  return [expression];
}

export function hasAggregate(expression: Expression): boolean {
  return (expression.kind === 'call' && aggregates.has(expression.name)) || children(expression).some(hasAggregate);
}
