import { byCurrency, type Figures } from '../../firm/month/figures.ts';
import { decimals } from '../../firm/minor-units.ts';
import type { NetSuiteState, Scalar } from '../state.ts';

/** What the ERP holds of the month, counted in its own records. */
export function monthFigures(state: NetSuiteState): Figures {
  return expenses(state);
}

function expenses({ records }: NetSuiteState): Figures {
  const currencyOf = symbolsOf(records['currency'] ?? {});
  const lines = Object.values(records['expenseReport'] ?? {}).flatMap(({ fields: report, lines: { expense = [] } }) =>
    expense.map(({ fields }) => {
      const [books, spentIn] = [currencyOf(report['currency']), currencyOf(fields['currency'])];
      return {
        booked: { currency: books, amount: minor(fields['amount'], books) },
        spent: { currency: spentIn, amount: minor(fields['foreignAmount'] ?? fields['amount'], spentIn) },
      };
    }),
  );
  return {
    'expenses in the ERP': String(lines.length),
    ...byCurrency(
      'expenses in the books of the ERP',
      lines.map(({ booked }) => booked),
    ),
    ...byCurrency(
      'expenses in the ERP as they were spent',
      lines.map(({ spent }) => spent),
    ),
  };
}

const symbolsOf = (currencies: NetSuiteState['records'][string]) => (id: Scalar | undefined) =>
  String(currencies[String(id)]?.fields['symbol'] ?? id);

/** The account keeps amounts as JSON numbers; here they become whole units again. */
export function minor(amount: Scalar | undefined, currency: string): number {
  return Math.round(Number(amount ?? 0) * 10 ** decimals(currency));
}
