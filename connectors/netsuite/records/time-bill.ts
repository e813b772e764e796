import { Decimal } from 'decimal.js';
import { phrase } from '../../../model/failure-words.ts';
import type { JsonObject } from '../../../model/json.ts';
import { jsonNumber } from '../../../model/json-number.ts';
import { clockHours } from '../../../model/clock-hours.ts';
import type { Minutes } from '../../../model/minutes.ts';
import { outsideNumber } from '../../../model/outside-number.ts';
import type { Money } from '../../../model/money.ts';
import type { TimeEntry } from '../../../model/types.generated.ts';
import { externalIdOf, keyOfExternalId } from './external-id.ts';
import { column, type Row, unexpectedAnswer } from '../wire/suiteql.ts';

/** Internal ids of what a time entry refers to. */
export interface TimeReferences {
  employee: string;
  job: string;
  task?: string;
  item: string;
  /** the employee's: NetSuite keeps time in the subsidiary that employs, and takes it to the project's by Intercompany Time */
  subsidiary?: string;
  approvalStatus?: string;
}

/** A posted time entry as SuiteQL shows it. */
export interface PostedTimeBill {
  id: string;
  /** the entry's id */
  key: string;
  /** given by an earlier version, which took the entry's id as it was */
  older: boolean;
  row: Row;
}

export const timeBillColumns =
  "id, externalid, employee, customer, casetaskevent, item, hours, TO_CHAR(trandate, 'YYYY-MM-DD') AS day, memo, isbillable, rate";

export function postedTimeBill(row: Row): PostedTimeBill {
  const externalId = column(row, 'externalid');
  const key = keyOfExternalId(externalId);
  return { id: column(row, 'id'), key, older: externalId !== externalIdOf(key), row };
}

/**
 * The body of a `timeBill`. The day is a plain date: an instant would be cut in the user's time zone and may move to the day before.
 * Field names: SuiteTalk schema transactions.employees, TimeBill; `customer` holds the project.
 */
export function timeBillBody(entry: TimeEntry, found: TimeReferences): JsonObject {
  return {
    externalId: externalIdOf(entry.id),
    employee: { id: found.employee },
    customer: { id: found.job },
    // null clears what an earlier version of the entry said
    caseTaskEvent: found.task ? { id: found.task } : null,
    item: { id: found.item },
    ...(found.subsidiary ? { subsidiary: { id: found.subsidiary } } : {}),
    tranDate: entry.workDate,
    hours: clockHours(entry.minutes),
    isBillable: entry.billable,
    // 0 is free time. Without a rate, null takes away that of an earlier version, and NetSuite puts its own list price there
    rate: entry.rate ? jsonNumber(entry.rate.amount, 'rate') : null,
    memo: entry.note?.trim() || null,
    ...(found.approvalStatus ? { approvalStatus: { id: found.approvalStatus } } : {}),
  };
}

/** Does NetSuite have the entry with this very content? Fields that NetSuite fills or people change there (approval) are not compared. */
export function sameContent(entry: TimeEntry, found: TimeReferences, { row }: PostedTimeBill): boolean {
  return (
    row['employee'] === found.employee &&
    row['customer'] === found.job &&
    row['casetaskevent'] === found.task &&
    row['item'] === found.item &&
    row['day'] === entry.workDate &&
    (row['isbillable'] === 'T') === entry.billable &&
    plainText(row['memo']) === plainText(entry.note) &&
    minutesOf(column(row, 'hours')) === entry.minutes &&
    sameRate(entry.rate, row['rate'])
  );
}

const mostHours = 1_000_000;

/**
 * Zero and none are two things. Whether a rate that is there without one in the entry is NetSuite's list price or that of an earlier version cannot
 * be told, so it is sent again: harmless.
 */
function sameRate(rate: Money | undefined, stored: string | undefined): boolean {
  return rate === undefined || stored === undefined ? rate === stored : new Decimal(stored).equals(rate.amount);
}

/** Line ends and blanks at the ends are NetSuite's to change. */
const plainText = (text: string | undefined) => (text ?? '').replace(/\r\n?/g, '\n').trim();

/**
 * Minutes of the hours that SuiteQL shows. They come as decimals of limited length (`0.33` for 20 minutes), so the nearest minute is meant;
 * two decimals are at most 0.3 minutes off.
 */
export function minutesOf(hours: string): Minutes {
  const minutes = minutesIn(hours);
  if (minutes === undefined) throw unexpectedAnswer(phrase('SUITEQL_ANSWER.hours'));
  return minutes;
}

/** The same; `undefined` for what is no number of hours. */
export function minutesIn(hours: string): Minutes | undefined {
  const text = hours.trim();
  const clock = /^(-?)(\d{1,9}):([0-5]\d)$/.exec(text);
  if (clock) return (clock[1] ? -1 : 1) * (Number(clock[2]) * 60 + Number(clock[3]));
  if (outsideNumber(text, { least: -mostHours, most: mostHours }) === undefined) return undefined;
  return new Decimal(text).times(60).toDecimalPlaces(0, Decimal.ROUND_HALF_UP).toNumber();
}
