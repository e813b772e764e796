import { isCalendarDate } from '../../model/calendar-date.ts';
import { currencyDecimals } from '../../model/currency-decimals.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { ExpenseFact, TellUnreadable, TimeWindow, UnreadableRow } from '../../model/operations.ts';
import type { Money } from '../../model/types.generated.ts';
import { called } from '../../model/record-names.ts';
import { type Related, related, valuesOf } from './records/approved-entries.ts';
import type { CodeDirectory } from './records/code-directory.ts';
import { expenseKey, reportOf, statusOf } from './records/expense.ts';
import { listedRows } from './records/listed-rows.ts';
import { isBaseUnit, moneyOf } from './records/time-entry.ts';
import { type Checks, hasId, oddRow, unreadableRow } from './records/unreadable-row.ts';
import type { KantataApi } from './wire.ts';
import { type Row, text, unexpectedAnswer } from './wire/envelope.ts';

const checks: Checks = {
  id: hasId,
  date: isCalendarDate,
  amount_in_cents: (value) => /^-?\d{1,30}$/.test(String(value)),
  currency_base_unit: isBaseUnit,
  is_billable: (value) => typeof value === 'boolean',
  reimbursable: (value) => value === null || value === undefined || typeof value === 'boolean',
};

/**
 * All approved expenses of a span of days, each once: what is approved is decided as it is when they are told one by one. One of which that cannot be
 * decided is neither approved nor passed over.
 */
export async function* listApprovedExpenses(
  api: KantataApi,
  codes: CodeDirectory,
  window: TimeWindow,
  signal: AbortSignal,
  unreadable: TellUnreadable = refuse,
): AsyncGenerator<ExpenseFact> {
  const params = { date_between: `${window.from}:${window.to}`, include: 'workspace,user,receipt,active_submission,recent_submission' };
  const list = { collection: 'expenses', params, endless: phrase('LIST_WITHOUT_END.kantata-expenses') };
  for await (const { envelope, rows } of listedRows(api, list, signal)) {
    await codes.learn(valuesOf(envelope, 'workspace_id'), [], signal);
    for (const { row, id } of rows) {
      const report = reportOf(envelope, row);
      const status = statusOf(row, report);
      if (status === undefined || status === 'withdrawn') continue;
      const odd = oddExpense(api, row, { status, place: id });
      if (odd) unreadable(odd);
      else yield factOf(api, codes, { row, id, report }, related(envelope, row));
    }
  }
}

function oddExpense(api: KantataApi, row: Row, { status, place }: { status: string; place: string }): UnreadableRow | undefined {
  const at = { place, keyOf: expenseKey };
  const odd = unreadableRow(row, checks, at);
  if (odd) return odd;
  if (status !== 'approved') return oddRow(row, 'submission.status', status, at);
  const { currency } = amountOf(api, row);
  // of what ISO 4217 does not know no sum can be made
  return currencyDecimals(currency) === undefined ? oddRow(row, 'currency', currency || undefined, at) : undefined;
}

/** Kantata states no tax, and knows no legal entity: neither can be compared. An expense that does not say whether it is paid back is. */
function factOf(
  api: KantataApi,
  codes: CodeDirectory,
  { row, id, report }: { row: Row; id: string; report: Row | undefined },
  { workspace, user }: Related,
): ExpenseFact {
  const email = text(user, 'email_address');
  const reportId = text(report, 'id');
  return {
    key: expenseKey(id),
    id,
    day: String(row['date']),
    amount: amountOf(api, row),
    billable: row['is_billable'] === true,
    reimbursable: row['reimbursable'] !== false,
    receipt: text(row, 'receipt_id') !== undefined,
    ...(email ? { person: email.trim().toLowerCase() } : {}),
    projectCode: codes.projectCode(text(row, 'workspace_id'), workspace) ?? `#${text(row, 'workspace_id') ?? ''}`,
    ...(reportId ? { report: reportId } : {}),
  };
}

const amountOf = (api: KantataApi, row: Row): Money => moneyOf(row, 'amount_in_cents', api.settings.currency)!;

function refuse({ id, field }: UnreadableRow): never {
  throw unexpectedAnswer(called.expense(id), field, inWords('ANSWER_UNEXPECTED.field', { field }));
}
