import { Decimal } from 'decimal.js';
import { Failure } from './failure.ts';
import { inWords } from './failure-words.ts';

/** The JSON number of a decimal text, for systems that take numbers; one that JavaScript cannot hold exactly is refused before anything is sent. */
export function jsonNumber(text: string, field: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && new Decimal(value).equals(text)) return value;
  throw new Failure({
    class: 'contract.invalid',
    ...inWords('NUMBER_NOT_EXACT', { field, text }),
    field,
    value: text,
    outcome: 'not-made',
  });
}
