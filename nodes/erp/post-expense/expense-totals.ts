import { controlTotals } from '../../../engine/control-totals.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { PostedExpense } from '../../../model/operations.ts';
import type { Expense } from '../../../model/types.generated.ts';

interface Posted {
  input: Expense;
  output: PostedExpense;
}

/**
 * What the expenses of a batch add up to, by legal entity and currency: how many, how much in the currency that was paid in, and how much in that of the
 * books. One that was taken back before it was posted adds nothing.
 */
export function expenseTotals(posted: Posted[]): JsonObject {
  const booked = posted.filter(({ output }) => output.id !== undefined);
  const entity = ({ legalEntity }: PostedExpense) => (legalEntity ? { legalEntity } : {});
  const { amounts, hashTotal } = controlTotals(
    booked.map(({ input, output }) => ({ key: input.id, minutes: 0, amount: input.amount, ...entity(output) })),
  );
  const inBooks = controlTotals(
    booked.flatMap(({ input, output }) =>
      output.inBooks ? [{ key: input.id, minutes: 0, amount: output.inBooks, ...entity(output) }] : [],
    ),
  );
  return { amounts, counts: countsOf(booked), inBooks: inBooks.amounts, withdrawn: posted.length - booked.length, hashTotal };
}

function countsOf(booked: Posted[]): Record<string, Record<string, number>> {
  const byEntity = Map.groupBy(booked, ({ output }) => output.legalEntity ?? '-');
  return Object.fromEntries(
    [...byEntity].map(([name, lines]) => {
      const byCurrency = Map.groupBy(lines, ({ input }) => input.amount.currency);
      return [name, Object.fromEntries([...byCurrency].map(([currency, all]) => [currency, all.length]))];
    }),
  );
}
