import { createHash } from 'node:crypto';
import { canonicalJson, type Json, type JsonObject } from '../../../model/json.ts';
import type { SourceEvent } from '../../../model/operations.ts';
import { type Envelope, type Row, text } from '../wire/envelope.ts';
import { moneyOf, utc } from './time-entry.ts';

/** What an expense's row does not say itself. */
export interface ExpenseContext {
  user: Row | undefined;
  /** the report that it is in, or was in last */
  report: Row | undefined;
  projectCode: string | undefined;
  taskCode: string | undefined;
  /** currency of expenses that name none */
  currency: string | undefined;
}

/** Kantata counts each kind of record by itself: expense 77 is not time entry 77. */
export const expenseKey = (id: string) => `kantata:expense-${id}`;

/** Of the report that an expense is in; what is still being worked on is no news. */
const statuses: Readonly<Record<string, string | undefined>> = {
  approved: 'approved',
  rejected: 'withdrawn',
  cancelled: 'withdrawn',
  pending: undefined,
};

/** The report that an expense is in, or was in last. */
export function reportOf(envelope: Envelope, row: Row): Row | undefined {
  return envelope.row('expense_report_submissions', text(row, 'active_submission_id') ?? text(row, 'recent_submission_id'));
}

/**
 * What has become of an expense: `approved`, `withdrawn`, or `undefined` while nobody has decided. One whose report does not come along, or says what is
 * not documented, is told as it is: the contract check names it.
 */
export function statusOf(row: Row, report: Row | undefined): string | undefined {
  const id = text(row, 'active_submission_id') ?? text(row, 'recent_submission_id');
  if (id === undefined) return undefined;
  const said = text(report, 'status');
  if (said === undefined) return `report ${id} not shown`;
  return Object.hasOwn(statuses, said) ? statuses[said] : said;
}

/**
 * An expense as canonical `expense`, version 1. A value that has not the form it should have is passed on as it is, so that the contract check names it
 * and one broken expense does not stop the source. https://developer.kantata.com/ "Expenses", "Expense Report Submissions".
 */
export function expenseOf(row: Row, status: string, context: ExpenseContext): JsonObject {
  const id = text(row, 'id') ?? '';
  const { report, user, projectCode, taskCode } = context;
  const optional = (name: string, value: string | undefined): JsonObject => (value ? { [name]: value } : {});
  const story = text(row, 'story_id');
  const receipt = text(row, 'receipt_id');
  const reportId = text(report, 'id');
  const by = text(report, 'current_resolution_creator_id');
  const at = utc(text(report, 'current_resolution_created_at_date'));
  const amount = moneyOf(row, 'amount_in_cents', context.currency);
  return {
    id: expenseKey(id),
    source: { system: 'kantata', id },
    resource: {
      id: text(row, 'user_id') ?? '',
      ...optional('email', text(user, 'email_address')),
      ...optional('name', text(user, 'full_name')),
    },
    ...(reportId ? { report: { id: reportId } } : {}),
    project: { id: text(row, 'workspace_id') ?? '', ...optional('code', projectCode) },
    ...(story ? { task: { id: story, ...optional('code', taskCode) } } : {}),
    day: asJson(row['date']),
    category: asJson(row['category']),
    amount: amount ? { ...amount } : null,
    ...(receipt ? { receipt: { id: receipt } } : {}),
    billable: asJson(row['is_billable']),
    ...(row['reimbursable'] === null || row['reimbursable'] === undefined ? {} : { reimbursable: asJson(row['reimbursable']) }),
    ...optional('note', text(row, 'notes')),
    status,
    ...(status === 'approved' && (by || at) ? { approval: { ...optional('by', by), ...optional('at', at) } } : {}),
    version: versionOf(row, status, reportId),
    ...optional('sourceUpdatedAt', utc(text(row, 'updated_at'))),
  };
}

/** The decision as it stands, in the order of Kantata's `updated_at`. */
export function expenseEvent(expense: JsonObject, readAt: Date): SourceEvent {
  const key = String(expense['id']);
  const content = String(expense['version']);
  const at = typeof expense['sourceUpdatedAt'] === 'string' ? expense['sourceUpdatedAt'] : undefined;
  return {
    id: [key, ...(at ? [at] : []), content].join(':'),
    source: '/kantata/expenses',
    type: expense['status'] === 'withdrawn' ? 'com.psconnect.expense.withdrawn' : 'com.psconnect.expense.approved',
    subject: key,
    time: at ?? readAt.toISOString(),
    key,
    ...(at ? { version: { record: key, at, content } } : {}),
    data: expense,
  };
}

/** Changes with what is paid back, billed or decided; not with technical attributes, invoicing or a renamed user. */
function versionOf(row: Row, status: string, report: string | undefined): string {
  const plain = ['date', 'amount_in_cents', 'currency_base_unit', 'is_billable', 'reimbursable'].map((name) => row[name] ?? null);
  const texts = ['workspace_id', 'story_id', 'user_id', 'category', 'currency', 'receipt_id', 'notes'].map(
    (name) => text(row, name) ?? null,
  );
  return createHash('sha256')
    .update(canonicalJson([...plain, ...texts, status, report ?? null]))
    .digest('hex')
    .slice(0, 16);
}

function asJson(value: unknown): Json {
  return (value ?? null) as Json;
}
