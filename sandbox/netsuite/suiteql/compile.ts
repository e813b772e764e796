import type { Expression } from './ast.ts';
import { scalarFunction } from './functions.ts';
import { queryError } from './query-error.ts';
import { asNumber, compare, SqlDate, type SqlValue, show } from './sql-value.ts';
import type { Column, Row, Table } from './table.ts';

/** One row of each source, in the order of FROM and JOIN; null where an outer join found nothing. */
export type Tuple = (Row | null)[];
export type Evaluate = (tuple: Tuple) => SqlValue;

export interface BoundSource {
  alias: string;
  table: Table;
}

/** Oracle's pseudo-column: the place of a row among those that passed, counted before they are ordered. */
export const rowNumbers = new WeakMap<Tuple, number>();

export function isRowNumber(expression: Expression): boolean {
  return expression.kind === 'column' && expression.table === undefined && expression.name === 'rownum';
}

/** Turns expressions into functions of a tuple; names are looked up once. */
export class Compiler {
  private readonly sources: readonly BoundSource[];
  private readonly now: SqlDate;

  constructor(sources: readonly BoundSource[], now: SqlDate) {
    this.sources = sources;
    this.now = now;
  }

  /** Which source a column belongs to, and the column. */
  resolve(expression: { table?: string; name: string }): { index: number; column: Column } {
    const owners = this.sources
      .map((source, index) => ({ index, alias: source.alias, table: source.table, column: source.table.columns.get(expression.name) }))
      .filter(({ alias }) => expression.table === undefined || alias === expression.table);
    const [owner, rival] = owners.filter((candidate) => candidate.column);
    if (!owner?.column) {
      const where = owners[0]?.table.name ?? expression.table ?? '';
      throw queryError(`Field '${expression.name}' for record '${where}' was not found. Reason: REMOVED - Field is removed.`);
    }
    if (rival) throw queryError(`Invalid or unsupported search: column '${expression.name}' is ambiguously defined.`);
    return { index: owner.index, column: owner.column };
  }

  compile(expression: Expression): Evaluate {
    switch (expression.kind) {
      case 'literal': {
        const { value } = expression;
        return () => value;
      }
      case 'column': {
        if (isRowNumber(expression)) return (tuple) => rowNumbers.get(tuple) ?? null;
        const { index, column } = this.resolve(expression);
        return (tuple) => {
          const row = tuple[index];
          return row ? column.value(row) : null;
        };
      }
      case 'call':
        return this.call(expression);
      case 'binary':
        return this.binary(expression.operator, this.compile(expression.left), this.compile(expression.right));
      case 'not': {
        const operand = this.compile(expression.operand);
        return (tuple) => {
          const value = operand(tuple);
          return value === null ? null : value !== true;
        };
      }
      case 'isNull': {
        const operand = this.compile(expression.operand);
        return (tuple) => (operand(tuple) === null) !== expression.negated;
      }
      case 'in':
        return this.membership(expression);
      case 'case': {
        const branches = expression.branches.map(({ when, result }) => ({ when: this.compile(when), result: this.compile(result) }));
        const otherwise = this.compile(expression.otherwise);
        return (tuple) => (branches.find(({ when }) => when(tuple) === true)?.result ?? otherwise)(tuple);
      }
    }
  }

  private call(expression: Extract<Expression, { kind: 'call' }>): Evaluate {
    const { name, args } = expression;
    if (name === 'SYSDATE') return () => this.now;
    if (name === 'BUILTIN.DF') return this.display(args[0]);
    const evaluated = args.map((argument) => this.compile(argument));
    const run = scalarFunction(name);
    if (args.length > 0 && args.every((argument) => argument.kind === 'literal')) {
      const constant = run(evaluated.map((argument) => argument([])));
      return () => constant;
    }
    return (tuple) => run(evaluated.map((argument) => argument(tuple)));
  }

  private display(argument: Expression | undefined): Evaluate {
    if (argument?.kind !== 'column') throw queryError('Invalid or unsupported search: BUILTIN.DF takes a column.');
    const { index, column } = this.resolve(argument);
    return (tuple) => {
      const row = tuple[index];
      return row ? (column.display ?? column.value).call(column, row) : null;
    };
  }

  private membership(expression: Extract<Expression, { kind: 'in' }>): Evaluate {
    const operand = this.compile(expression.operand);
    const list = expression.list.map((item) => this.compile(item));
    if (expression.list.every((item) => item.kind === 'literal' && item.value !== null)) {
      const set = new Set(expression.list.map((item) => (item.kind === 'literal' ? String(item.value) : '')));
      return (tuple) => {
        const value = operand(tuple);
        if (value === null) return null;
        return (
          (value instanceof SqlDate ? list.some((item) => compare(value, item(tuple)) === 0) : set.has(show(value))) !== expression.negated
        );
      };
    }
    return (tuple) => {
      const value = operand(tuple);
      if (value === null) return null;
      return list.some((item) => compare(value, item(tuple)) === 0) !== expression.negated;
    };
  }

  private binary(operator: string, left: Evaluate, right: Evaluate): Evaluate {
    switch (operator) {
      case 'AND':
        return (tuple) => {
          const first = left(tuple);
          if (first === false) return false;
          const second = right(tuple);
          return second === false ? false : first === null || second === null ? null : true;
        };
      case 'OR':
        return (tuple) => {
          const first = left(tuple);
          if (first === true) return true;
          const second = right(tuple);
          return second === true ? true : first === null || second === null ? null : false;
        };
      case 'LIKE':
        return like(left, right);
      case '||':
        return (tuple) => `${show(left(tuple))}${show(right(tuple))}`;
      default:
        return comparisons[operator]?.(left, right) ?? arithmetic(operator, left, right);
    }
  }
}

function comparison(holds: (order: number) => boolean): (left: Evaluate, right: Evaluate) => Evaluate {
  return (left, right) => (tuple) => {
    const order = compare(left(tuple), right(tuple));
    return order === null ? null : holds(order);
  };
}

const comparisons: Record<string, (left: Evaluate, right: Evaluate) => Evaluate> = {
  '=': comparison((order) => order === 0),
  '<>': comparison((order) => order !== 0),
  '<': comparison((order) => order < 0),
  '>': comparison((order) => order > 0),
  '<=': comparison((order) => order <= 0),
  '>=': comparison((order) => order >= 0),
};

const dayLength = 86_400_000;

/** Numbers; a date plus or minus days; the days between two dates. */
function arithmetic(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  return (tuple) => {
    const a = left(tuple);
    const b = right(tuple);
    if (a === null || b === null) return null;
    if (a instanceof SqlDate && b instanceof SqlDate) return (a.wall - b.wall) / dayLength;
    const sign = operator === '-' ? -1 : 1;
    if (a instanceof SqlDate) return new SqlDate(a.wall + sign * asNumber(b) * dayLength);
    const [x, y] = [asNumber(a), asNumber(b)];
    if (operator === '*') return x * y;
    if (operator === '/') return x / y;
    return x + sign * y;
  };
}

function like(left: Evaluate, right: Evaluate): Evaluate {
  const patterns = new Map<string, RegExp>();
  return (tuple) => {
    const text = left(tuple);
    const given = right(tuple);
    if (text === null || given === null) return null;
    const source = show(given);
    let pattern = patterns.get(source);
    if (!pattern) {
      const escaped = source
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll('%', '.*')
        .replaceAll('_', '.');
      pattern = new RegExp(`^${escaped}$`, 's');
      patterns.set(source, pattern);
    }
    return pattern.test(show(text));
  };
}
