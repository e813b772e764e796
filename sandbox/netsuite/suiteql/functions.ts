import { formatDate, parseDate } from './date-format.ts';
import { queryError } from './query-error.ts';
import { asNumber, compare, SqlDate, type SqlValue, show } from './sql-value.ts';

type SqlFunction = (args: SqlValue[]) => SqlValue;

function onText(change: (text: string) => SqlValue): SqlFunction {
  return ([value = null]) => (value === null ? null : change(show(value)));
}

function onNumber(change: (value: number, digits: number) => number): SqlFunction {
  return ([value = null, digits = 0]) => (value === null ? null : change(asNumber(value), asNumber(digits)));
}

const dayLength = 86_400_000;

/** Scalar functions by name. */
export const functions: Record<string, SqlFunction> = {
  TO_CHAR: ([value = null, format = null]) => {
    if (value === null) return null;
    return value instanceof SqlDate && format !== null ? formatDate(value, show(format)) : show(value);
  },
  TO_DATE: ([value = null, format = 'MM/DD/YYYY']) => (value === null ? null : parseDate(show(value), show(format))),
  TO_TIMESTAMP: ([value = null, format = 'MM/DD/YYYY']) => (value === null ? null : parseDate(show(value), show(format))),
  TO_NUMBER: ([value = null]) => (value === null ? null : asNumber(value)),
  UPPER: onText((text) => text.toUpperCase()),
  LOWER: onText((text) => text.toLowerCase()),
  TRIM: onText((text) => text.trim()),
  LENGTH: onText((text) => text.length),
  ABS: onNumber(Math.abs),
  ROUND: onNumber((value, digits) => Math.round(value * 10 ** digits) / 10 ** digits),
  TRUNC: ([value = null]) => {
    if (value instanceof SqlDate) return new SqlDate(Math.floor(value.wall / dayLength) * dayLength);
    return value === null ? null : Math.trunc(asNumber(value));
  },
  NVL: ([value = null, other = null]) => (value === null ? other : value),
  COALESCE: (args) => args.find((value) => value !== null) ?? null,
};

/** Aggregate functions over the values of a group, NULLs already taken out. */
export const aggregateFunctions: Record<string, (values: SqlValue[]) => SqlValue> = {
  COUNT: (values) => values.length,
  SUM: (values) => (values.length === 0 ? null : total(values)),
  AVG: (values) => (values.length === 0 ? null : total(values) / values.length),
  MIN: (values) => extreme(values, -1),
  MAX: (values) => extreme(values, 1),
};

/** Sums in steps of a millionth, so that 0.1 + 0.2 is 0.3 as it is in the database. */
function total(values: SqlValue[]): number {
  return Number(values.reduce((sum, value) => sum + BigInt(Math.round(asNumber(value) * 1e6)), 0n)) / 1e6;
}

function extreme(values: SqlValue[], sign: number): SqlValue {
  return values.reduce<SqlValue>((best, value) => (best === null || (compare(value, best) ?? 0) * sign > 0 ? value : best), null);
}

export function scalarFunction(name: string): SqlFunction {
  const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!found) throw queryError(`Invalid or unsupported search: unknown function '${name}'.`);
  return found;
}
