import { Failure } from '../../../model/failure.ts';
import { inEnglish, inWords } from '../../../model/failure-words.ts';
import type { Expense } from '../../../model/types.generated.ts';
import { referredId, referredName } from '../records/record-field.ts';
import { recordOf, refused, type ResolvedExpense } from './expense-references.ts';
import type { PostedReport } from './posted-reports.ts';

/** Paid In Full */
const paid = 'I';

/** A report that carries the expense's id is corrected only while it is this person's, in these books, and not paid. */
export function mustBeCorrectable(expense: Expense, line: ResolvedExpense, { id, record }: PostedReport): void {
  const of = [
    { field: 'subsidiary', ours: 'legalEntity', wanted: line.subsidiary },
    { field: 'entity', ours: 'resource.email', wanted: line.employee },
  ] as const;
  const other = of.find(({ field, wanted }) => referredId(record, field) !== wanted);
  if (other) {
    const isEntity = other.field === 'subsidiary';
    // of a person the id alone
    const there = isEntity ? referredName(record, other.field) : (referredId(record, other.field) ?? '');
    const said = isEntity
      ? inWords('EXPENSE_IN_ANOTHER_ENTITY', { id, there, entity: line.legalEntity.code })
      : inWords('EXPENSE_OF_ANOTHER_PERSON', { id, there });
    const value = inEnglish(there);
    throw new Failure({
      class: 'conflict.duplicate',
      ...said,
      system: 'netsuite',
      record: recordOf(expense),
      field: other.ours,
      value,
      outcome: 'not-made',
    });
  }
  if (referredId(record, 'status') === paid) throw refused(expense, 'version', expense.version, inWords('EXPENSE_PAID', { id }));
}
