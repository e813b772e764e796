import { Decimal } from 'decimal.js';
import { Failure } from './failure.ts';

/** The JSON number of a decimal text, for systems that take numbers; one that JavaScript cannot hold exactly is refused before anything is sent. */
export function jsonNumber(text: string, field: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && new Decimal(value).equals(text)) return value;
  throw new Failure({
    class: 'contract.invalid',
    code: 'NUMBER_NOT_EXACT',
    message: `${field} ${text} has more digits than a JSON number can hold.`,
    field,
    value: text,
    remedy: 'Correct the amount in the source record: at most 15 digits are certain.',
    outcome: 'not-made',
  });
}
