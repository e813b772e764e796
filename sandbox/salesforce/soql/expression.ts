import type { FieldFunctionExpression } from '@jetstreamapp/soql-parser-js';
import { Decimal } from 'decimal.js';
import type { Field } from '../schema/field.ts';
import type { SObject } from '../schema/object.ts';
import type { Row } from '../store/state.ts';
import { malformed } from './complaint.ts';
import { DATE_FUNCTIONS } from './date-ranges.ts';
import { type Cell, type Path, readPath, resolvePath, type Scope } from './path.ts';
import { asInstant } from './where.ts';

/** A field, or a function of one row's field. */
export interface Expression {
  /** as written, for matching GROUP BY with SELECT */
  text: string;
  field: Field;
  path: Path;
  read(row: Row): Cell;
}

export function fieldExpression(scope: Scope, object: SObject, written: string, alias?: string): Expression {
  const path = resolvePath(scope, object, written, alias);
  const text = [...path.steps.map((step) => step.field.relationshipName), path.field.name].join('.').toLowerCase();
  return { text, field: path.field, path, read: (row) => readPath(scope, path, row) };
}

type FunctionLike = Pick<FieldFunctionExpression, 'functionName' | 'parameters'>;

/** Date functions, toLabel, FORMAT and convertCurrency. */
export function functionExpression(scope: Scope, object: SObject, call: FunctionLike, alias?: string): Expression {
  const name = call.functionName.toUpperCase();
  const inner = call.parameters[0];
  const base: Expression =
    typeof inner === 'object'
      ? functionExpression(scope, object, inner, alias)
      : fieldExpression(scope, object, String(inner ?? ''), alias);
  const text = `${name.toLowerCase()}(${base.text})`;
  const take = DATE_FUNCTIONS[name];
  const readers: Readonly<Record<string, (row: Row) => Cell>> = {
    TOLABEL: base.read,
    FORMAT: (row) => formatted(base.read(row)),
    CONVERTTIMEZONE: base.read,
    CONVERTCURRENCY: (row) => corporate(scope, base, row),
  };
  const read = take
    ? (row: Row): Cell => {
        const cell = base.read(row);
        return typeof cell === 'string' ? take(asInstant(cell)) : null;
      }
    : readers[name];
  if (!read) throw malformed(`Invalid function: ${call.functionName}`);
  return { ...base, text, read };
}

const formatted = (cell: Cell): Cell => (typeof cell === 'number' ? cell.toLocaleString('en-US') : cell);

/** An amount in the corporate currency (EUR), which is also the user's; other values as they are. */
export function corporate(scope: Scope, expression: Expression, row: Row): Cell {
  const cell = expression.read(row);
  if (expression.field.type !== 'currency' || typeof cell !== 'number') return cell;
  const steps = expression.path.steps;
  const owner: Path = { ...expression.path, field: { ...expression.field, name: 'CurrencyIsoCode', type: 'string' } };
  const code = steps.length > 0 ? readPath(scope, owner, row) : (row['CurrencyIsoCode'] ?? null);
  const rate = scope.records.all('CurrencyType').find((each) => each['IsoCode'] === code)?.['ConversionRate'];
  return typeof rate === 'number' && rate > 0 ? new Decimal(cell).dividedBy(rate).toDecimalPlaces(10).toNumber() : cell;
}
