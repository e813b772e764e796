import { shorten } from '../../model/contract.ts';
import { Failure } from '../../model/failure.ts';

/** Which expression: the field of the form (or of the request) that it stands in, and its text. */
export interface Named {
  field: string;
  text: string;
}

/** An expression that takes more than it may: says which one and which limit, with its number. */
export function limitFailure({ field, text }: Named, limit: string, cause?: unknown): Failure {
  return new Failure(
    {
      class: 'contract.invalid',
      code: 'EXPRESSION_LIMIT',
      message: `The expression of "${field}" was ended: ${limit}.`,
      field,
      value: shorten(text),
      remedy: 'Make the expression simpler, or give it less to work on; docs/operations.md names the limits of expressions.',
    },
    { cause },
  );
}
