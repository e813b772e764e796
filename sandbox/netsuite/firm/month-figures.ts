import { byCurrency, type Figures } from '../../firm/month/figures.ts';
import { decimals } from '../../firm/minor-units.ts';
import { saidOf, staffingOf } from '../../firm/month/staffing-books.ts';
import type { NetSuiteState, Scalar } from '../state.ts';

/** What the ERP holds of the month, counted in its own records. */
export function monthFigures(state: NetSuiteState): Figures {
  return { ...expenses(state), ...invoices(state), ...staffing(state) };
}

const OPEN = 'A';
const PAID = 'B';

function invoices({ records }: NetSuiteState): Figures {
  const currencyOf = symbolsOf(records['currency'] ?? {});
  const appliedTo = (type: string, id: string) =>
    Object.values(records[type] ?? {}).some(({ lines }) => lines['apply']?.some(({ fields }) => String(fields['doc']) === id));
  const all = Object.values(records['invoice'] ?? {}).map(({ id, fields }) => {
    const [paid, credited] = [appliedTo('customerPayment', id), appliedTo('creditMemo', id)];
    const status =
      fields['status'] === OPEN
        ? paid || credited
          ? 'partly-paid'
          : 'posted'
        : fields['status'] === PAID
          ? paid
            ? 'paid'
            : 'credited'
          : 'voided';
    const currency = currencyOf(fields['currency']);
    return { status, currency, amount: minor(fields['amountRemaining'], currency) };
  });
  const statuses = Map.groupBy(all, ({ status }) => status);
  return {
    ...Object.fromEntries([...statuses].map(([status, of]) => [`invoices in the ERP, ${status}`, String(of.length)])),
    ...byCurrency('open invoices in the ERP', all),
  };
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

function staffing({ records }: NetSuiteState): Figures {
  const codeOf = (type: string, id: Scalar | undefined) => records[type]?.[String(id)]?.externalId ?? String(id);
  return staffingOf(
    Object.values(records['customrecord_psc_assignment'] ?? {}).map(({ fields }) => ({
      project: codeOf('job', fields['custrecord_psc_project']),
      said: saidOf({
        person: codeOf('employee', fields['custrecord_psc_employee']),
        released: fields['custrecord_psc_state'] !== 'booked',
        certain: fields['custrecord_psc_booking'] === 'hard',
        start: String(fields['custrecord_psc_start']),
        end: String(fields['custrecord_psc_end']),
        minutes: Number(fields['custrecord_psc_minutes']),
      }),
    })),
  );
}
