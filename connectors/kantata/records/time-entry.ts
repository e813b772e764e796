import { createHash } from 'node:crypto';
import { currencyDecimals } from '../../../model/currency-decimals.ts';
import { ExactDecimal } from '../../../model/exact-decimal.ts';
import { canonicalJson, type Json, type JsonObject } from '../../../model/json.ts';
import { exactMoney } from '../../../model/exact-money.ts';
import { priceOfTime } from '../../../model/money.ts';
import { outsideInstant } from '../../../model/outside-number.ts';
import type { SourceEvent } from '../../../model/operations.ts';
import type { Money } from '../../../model/types.generated.ts';
import { type Row, text } from '../wire/envelope.ts';

/** What a time entry's row does not say itself. */
export interface TimeEntryContext {
  user: Row | undefined;
  projectCode: string | undefined;
  taskCode: string | undefined;
  /** currency of entries that name none */
  currency: string | undefined;
}

export const timeEntryKey = (id: string) => `kantata:${id}`;

/** Of the timesheet that an entry is in, or was in last; what is still being worked on is no news. */
const statuses: Readonly<Record<string, string | undefined>> = {
  pending: undefined,
  rejected: 'withdrawn',
  cancelled: 'withdrawn',
  // the sheet is approved, the entry is not: nobody here knows which holds
  approved: 'submitted',
};

/**
 * What has become of an entry: `approved`, `withdrawn`, or `undefined` while nobody has decided. Time may be approved without a timesheet, so what the
 * entry says comes first. What is not documented is told as it is: the contract check names it.
 */
export function timeStatusOf(row: Row, sheet: Row | undefined): string | undefined {
  const { approved } = row;
  if (approved === true) return 'approved';
  if (approved !== false) return `approved: ${String(approved)}`;
  const id = text(row, 'active_submission_id') ?? text(row, 'recent_submission_id');
  if (id === undefined) return undefined;
  const said = text(sheet, 'status');
  if (said === undefined) return `timesheet ${id} not shown`;
  return Object.hasOwn(statuses, said) ? statuses[said] : said;
}

/**
 * A time entry as canonical `time-entry`, version 1. A value that has not the form it should have is passed on as
 * it is, so that the contract check names it and one broken entry does not stop the source.
 * https://developer.kantata.com/ "Time Entries".
 */
export function timeEntryOf(row: Row, status: string, context: TimeEntryContext): JsonObject {
  const id = text(row, 'id') ?? '';
  const minutes = asJson(row['time_in_minutes']);
  const rate = rateOf(row, context.currency);
  const amount = amountOf(minutes, rate);
  const story = text(row, 'story_id');
  const note = text(row, 'notes');
  const email = text(context.user, 'email_address');
  const name = text(context.user, 'full_name');
  const updatedAt = utc(text(row, 'updated_at'));
  const entry: JsonObject = {
    id: timeEntryKey(id),
    source: { system: 'kantata', id },
    resource: { id: text(row, 'user_id') ?? '', ...(email ? { email } : {}), ...(name ? { name } : {}) },
    project: { id: text(row, 'workspace_id') ?? '', ...(context.projectCode ? { code: context.projectCode } : {}) },
    ...(story ? { task: { id: story, ...(context.taskCode ? { code: context.taskCode } : {}) } } : {}),
    workDate: asJson(row['date_performed']),
    minutes,
    billable: asJson(row['billable']),
    ...(rate ? { rate: { ...rate } } : {}),
    ...(amount ? { amount: { ...amount } } : {}),
    ...(note ? { note } : {}),
    status,
    version: versionOf(row, status),
    ...(updatedAt ? { sourceUpdatedAt: updatedAt } : {}),
  };
  return entry;
}

/**
 * The decision about an entry as it stands. Its versions are ordered by Kantata's `updated_at`, so that an entry that is changed and changed back
 * is two events; `updated_at` also moves for what nobody is billed or paid for, which is no news.
 */
export function timeEvent(entry: JsonObject, readAt: Date): SourceEvent {
  const key = String(entry['id']);
  const content = String(entry['version']);
  const at = typeof entry['sourceUpdatedAt'] === 'string' ? entry['sourceUpdatedAt'] : undefined;
  return {
    id: [key, ...(at ? [at] : []), content].join(':'),
    source: '/kantata/time_entries',
    type: entry['status'] === 'withdrawn' ? 'com.psconnect.time.withdrawn' : 'com.psconnect.time.approved',
    subject: key,
    time: at ?? readAt.toISOString(),
    key,
    ...(at ? { version: { record: key, at, content } } : {}),
    data: entry,
  };
}

/** Changes with what is billed or paid; not with technical attributes, invoicing or a renamed user. */
function versionOf(row: Row, status: string): string {
  const content = [
    text(row, 'workspace_id'),
    text(row, 'story_id'),
    text(row, 'user_id'),
    row['date_performed'],
    row['time_in_minutes'],
    row['billable'],
    text(row, 'rate_in_cents') ?? null,
    text(row, 'currency'),
    text(row, 'notes'),
    // approved is what an entry has always been
    ...(status === 'approved' ? [] : [status]),
  ];
  return createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 16);
}

/**
 * `rate_in_cents` counts parts of `currency_base_unit`. A rate of 0 is a rate: the time is free. Only an entry whose rate is null has none. A rate that
 * is no number, or has no currency, is passed on for the contract check to name: left out, the ERP would bill its list price. So is one of which it is
 * not known in what parts it counts.
 */
export const rateOf = (row: Row, fallback: string | undefined): Money | undefined => moneyOf(row, 'rate_in_cents', fallback);

/** The same of any amount. */
export function moneyOf(row: Row, attribute: string, fallback: string | undefined): Money | undefined {
  const cents = row[attribute];
  if (cents === null || cents === undefined) return undefined;
  const currency = text(row, 'currency') ?? fallback ?? '';
  if (!/^-?\d+(\.\d+)?$/.test(String(cents))) return { amount: String(cents), currency };
  const unit = row['currency_base_unit'];
  if (!isBaseUnit(unit)) return { amount: `${String(cents)}/${String(unit)}`, currency };
  const parts = Number(unit ?? 10 ** (currencyDecimals(currency) ?? 2));
  return exactMoney(new ExactDecimal(String(cents)).div(parts), currency);
}

/** Numbers come as text, too; where Kantata does not say, the currency's own decimals count. */
export const isBaseUnit = (unit: unknown): boolean => unit === null || unit === undefined || /^[1-9]\d{0,8}$/.test(String(unit));

/** What the time costs; `undefined` when there is no rate, or one that cannot be counted with. */
export function amountOf(minutes: unknown, rate: Money | undefined): Money | undefined {
  if (!rate || !Number.isInteger(minutes) || currencyDecimals(rate.currency) === undefined) return undefined;
  return /^-?\d+(\.\d+)?$/.test(rate.amount) ? priceOfTime(minutes as number, rate) : undefined;
}

/** `2026-11-20T10:00:00-08:00` → `2026-11-20T18:00:00.000Z`. Without its zone it would be read in that of this machine, so it says nothing. */
export function utc(instant: string | undefined): string | undefined {
  const time = /(?:Z|[+-]\d\d:?\d\d)$/i.test(instant ?? '') ? outsideInstant(instant) : undefined;
  return time === undefined ? undefined : new Date(time).toISOString();
}

function asJson(value: unknown): Json {
  return (value ?? null) as Json;
}
