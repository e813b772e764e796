import { userError } from '../netsuite-error.ts';
import type { Line } from '../state.ts';
import { requireOpenPeriod } from './periods.ts';
import { invalidKey, requireSegmentsOfSubsidiary } from './subsidiaries.ts';
import { takesBookings } from './time.ts';
import { header, precision, product, sum } from './transactions.ts';
import { type Rules, referred, requireField, setDefault, textOf, unusable, type Write } from './write.ts';

/** "Paid In Full" */
const PAID = 'I';

/** The rate that holds on the day; without one NetSuite takes 1 and says nothing. */
function rateOfDay(write: Write, line: Line): number {
  const base = textOf(write.record, 'currency');
  const rates = write.store
    .all('currencyRate')
    .filter(({ fields }) => fields.baseCurrency === base && fields.transactionCurrency === line.fields.currency)
    .filter(({ fields }) => String(fields.effectiveDate) <= String(line.fields.expenseDate))
    .sort((one, other) => String(one.fields.effectiveDate).localeCompare(String(other.fields.effectiveDate)));
  return Number(rates.at(-1)?.fields.exchangeRate ?? 1);
}

function checkLine(write: Write, line: Line, index: number): void {
  const path = `expense.items[${index}]`;
  if (line.fields.category === undefined) throw userError(write.state, 'pleaseEnter', ['Category'], { path });
  if (line.fields.amount === undefined) throw userError(write.state, 'pleaseEnter', ['Amount'], { path });
  const customer = write.store.find(['customer', 'job'], String(line.fields.customer ?? ''))?.record;
  if (!customer) return;
  if (!takesBookings(customer, 'allowExpenses')) throw unusable(write, 'customer', path, customer.id);
  const subsidiary = textOf(write.record, 'subsidiary') ?? '';
  // "Intercompany Time and Expense" is one feature
  if (!write.state.intercompanyTime && textOf(customer, 'subsidiary') !== subsidiary)
    throw invalidKey(write, 'customer', customer.id, subsidiary, `${path}.customer`);
}

export const expenseReportRules: Rules = {
  defaults(write) {
    const { record } = write;
    header(write, 'EXP');
    for (const line of record.lines.expense ?? []) {
      line.fields.expenseDate ??= record.fields.tranDate ?? '';
      line.fields.currency ??= record.fields.currency ?? '';
      line.fields.exchangeRate ??= line.fields.currency === record.fields.currency ? 1 : rateOfDay(write, line);
      if (line.fields.foreignAmount !== undefined)
        line.fields.amount ??= product(line.fields.foreignAmount, line.fields.exchangeRate, precision(write));
    }
    record.fields.amount = sum(record.lines.expense ?? [], 'amount');
    record.fields.total = record.fields.amount;
    setDefault(record, 'approvalStatus', '1');
    setDefault(record, 'status', record.fields.approvalStatus === '3' ? 'F' : 'A');
  },
  check(write) {
    if (write.before?.fields.status === PAID) throw userError(write.state, 'alreadyPaid');
    requireField(write, 'entity', 'Employee');
    if (referred(write, 'entity')?.fields.isInactive === true) throw unusable(write, 'entity');
    const lines = write.record.lines.expense ?? [];
    if (lines.length === 0) throw userError(write.state, 'lineRequired');
    lines.forEach((line, index) => checkLine(write, line, index));
    if (Number(write.record.fields.total) < 0) throw userError(write.state, 'negativeTotal');
    requireSegmentsOfSubsidiary(write);
    requireOpenPeriod(write, 'apLocked');
  },
};
