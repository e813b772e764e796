import { Decimal } from 'decimal.js';
import { type FailureText, inWords } from '../../../model/failure-words.ts';
import type { LeftOut } from '../../../model/left-out.ts';
import type { Expense } from '../../../model/types.generated.ts';
import { longestNote, noteOf } from '../records/expense-report.ts';

/** What an expense says and an expense report has no place for: told, so that nobody takes it for posted. */
export function toldLeftOut(expense: Expense): LeftOut[] {
  const { billable, markup, note } = expense;
  return [
    ...(billable && markup !== undefined && !new Decimal(markup).isZero()
      ? [leftOut('markup', markup, inWords('MARKUP_NOT_KEPT', { markup }))]
      : []),
    ...(note?.trim() && noteOf(expense) === undefined
      ? [leftOut('note', undefined, inWords('NOTE_NOT_KEPT', { length: note.length, most: longestNote }))]
      : []),
  ];
}

function leftOut(field: string, value: string | undefined, { code, message, words }: FailureText): LeftOut {
  return { field, code, message, ...(value === undefined ? {} : { value }), ...(words ? { words } : {}) };
}
