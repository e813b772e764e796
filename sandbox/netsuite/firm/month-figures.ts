import { byCurrency, type Figures } from '../../firm/month/figures.ts';
import { decimals, toDecimal } from '../../firm/minor-units.ts';
import { type PhaseSeen, saidOf as contractSaid } from '../../firm/month/amendment-books.ts';
import { dealOf } from '../../firm/month/invoice-books.ts';
import { minutesOf } from '../../firm/month/time-books.ts';
import { saidOf, staffingOf } from '../../firm/month/staffing-books.ts';
import { keyOfErpId } from './erp-ids.ts';
import type { NetSuiteState, Scalar } from '../state.ts';

/** What the ERP holds of the month, counted in its own records. */
export function monthFigures(state: NetSuiteState): Figures {
  return { ...expenses(state), ...invoices(state), ...staffing(state), ...contracts(state), ...time(state) };
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

const CLOSED_TASK = 'COMPLETE';

function contracts({ records }: NetSuiteState): Figures {
  const currencyOf = symbolsOf(records['currency'] ?? {});
  const tasks = Object.values(records['projectTask'] ?? {});
  const figures: Figures = {};
  const amounts = new Map<string, { currency: string; amount: number }>();
  for (const { id, externalId = '', fields } of Object.values(records['job'] ?? {})) {
    const code = keyOfErpId(externalId);
    const comments = String(fields['comments'] ?? '');
    const phases = tasks.flatMap(({ externalId: key = '', fields: task }): PhaseSeen[] => {
      const [, phase, own] = keyOfErpId(key).split('/');
      if (String(task['project']) !== id || !phase || own) return [];
      return [{ code: phase, start: String(task['startDate']), end: String(task['finishByDate']), over: task['status'] === CLOSED_TASK }];
    });
    figures[`contract in the ERP of ${code}`] = contractSaid({
      start: String(fields['startDate']),
      end: String(fields['projectedEndDate']),
      amendment: /^Amendment (\d+),/m.exec(comments)?.[1],
      phases,
    });
    const currency = currencyOf(fields['currency']);
    const amount = fields['jobPrice'] === undefined ? amountSaid(comments, currency) : minor(fields['jobPrice'], currency);
    amounts.set(dealOf(code), { currency, amount: (amounts.get(dealOf(code))?.amount ?? 0) + amount });
  }
  for (const [deal, { currency, amount }] of amounts) figures[`contract amount in the ERP of ${deal}`] = toDecimal(amount, currency);
  return figures;
}

/** A project without a price of its own says in words what the contract is worth. */
function amountSaid(comments: string, currency: string): number {
  const [, amount] = /^Contract amount: (\d+(?:\.\d+)?) /m.exec(comments) ?? [];
  return minor(amount, currency);
}

function time({ records }: NetSuiteState): Figures {
  const currencyOf = symbolsOf(records['currency'] ?? {});
  const entries = Object.values(records['timeBill'] ?? {}).map(({ fields }) => {
    const job = records['job']?.[String(fields['customer'])];
    const [currency, minutes] = [currencyOf(job?.fields['currency']), Number(fields['hours'])];
    const rate = fields['isBillable'] === true ? minor(fields['rate'], currency) : 0;
    return { project: keyOfErpId(job?.externalId ?? ''), minutes, currency, amount: Math.round((rate * minutes) / 60) };
  });
  return { ...byCurrency('time in the ERP', entries), ...minutesOf(entries) };
}
