import { currencyDecimals } from '../../../model/currency-decimals.ts';
import { exactMoney } from '../../../model/exact-money.ts';
import { phrase } from '../../../model/failure-words.ts';
import { priceOfTime } from '../../../model/money.ts';
import type { TimeFact, UnreadableRow } from '../../../model/operations.ts';
import { column, type Row, unexpectedAnswer } from '../wire/suiteql.ts';
import { keyOfExternalId } from './external-id.ts';
import type { ReferenceData } from './reference-data.ts';
import { minutesOf } from './time-bill.ts';

/** Posted time with what tells whose it is, by id; `more` = further columns. */
export function timeQuery(where: string, after: string, more: readonly string[] = []): string {
  return [
    "SELECT tb.id AS id, tb.externalid AS externalid, TO_CHAR(tb.trandate, 'YYYY-MM-DD') AS day, tb.hours AS hours, tb.isbillable AS isbillable,",
    'tb.rate AS rate, tb.customer AS customer, tb.casetaskevent AS casetaskevent, e.email AS email, t.externalid AS task,',
    ['j.externalid AS project, j.subsidiary AS subsidiary, j.currency AS currency', ...more].join(', '),
    // time that somebody moved to a customer without a project is still time
    'FROM timebill tb LEFT JOIN job j ON tb.customer = j.id LEFT JOIN projecttask t ON tb.casetaskevent = t.id',
    'LEFT JOIN employee e ON tb.employee = e.id',
    `WHERE ${where} AND tb.id > ${BigInt(after)}`,
    'ORDER BY tb.id',
  ].join(' ');
}

/** Ends a reading at a row of which no fact can be made. */
export function unreadableTime({ id, field }: UnreadableRow): never {
  throw unexpectedAnswer(phrase('SUITEQL_ANSWER.unreadable', { id, field }));
}

/** The legal entity is the project's, whose revenue the time is; the currency is the project's, else its subsidiary's. */
export async function timeFact(row: Row, references: ReferenceData): Promise<TimeFact> {
  const minutes = minutesOf(column(row, 'hours'));
  const subsidiary = row['subsidiary'] ? await references.subsidiaryById(row['subsidiary']) : undefined;
  const currencyId = row['currency'] ?? subsidiary?.currencyId;
  const currency = currencyId ? await references.currencyCode(currencyId) : undefined;
  // a rate of which nobody knows the currency is not told; it is not nothing
  const rate = row['rate'] === undefined ? null : currency ? exactMoney(row['rate'], currency) : undefined;
  const person = row['email']?.trim().toLowerCase();
  return {
    key: named(row['externalid'], column(row, 'id'))!,
    id: column(row, 'id'),
    workDate: column(row, 'day'),
    minutes,
    billable: row['isbillable'] === 'T',
    ...(person ? { person } : {}),
    projectCode: named(row['project'], row['customer']),
    taskCode: named(row['task'], row['casetaskevent']),
    ...(rate === undefined ? {} : { rate }),
    amount: rate && currencyDecimals(rate.currency) !== undefined ? priceOfTime(minutes, rate) : null,
    ...(subsidiary ? { legalEntity: subsidiary.code } : {}),
  };
}

/** The firm's code, else the internal id of what has none. */
function named(code: string | undefined, id: string | undefined): string | null {
  return code === undefined ? (id === undefined ? null : `#${id}`) : keyOfExternalId(code);
}
