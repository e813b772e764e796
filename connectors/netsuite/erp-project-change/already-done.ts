import { ExactDecimal } from '../../../model/exact-decimal.ts';
import { exactMoney } from '../../../model/exact-money.ts';
import type { Told, Words } from '../../../model/failure-sentence.ts';
import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords, phrase } from '../../../model/failure-words.ts';
import { clockHours } from '../../../model/minutes.ts';
import type { Money } from '../../../model/types.generated.ts';
import { isDecimal } from '../erp-project-create/examine-project.ts';
import { minutesOf } from '../records/time-bill.ts';
import { column, type SuiteQl, unexpectedAnswer } from '../wire/suiteql.ts';

/** What has happened in the books already stops an amendment that would deny it. */
export function stopped(record: Told, field: string, value: string, said: FailureText): Failure {
  return new Failure({ class: 'business.rejected', ...said, system: 'netsuite', record, field, value, outcome: 'not-made' });
}

/** Net of tax, credits taken off; lines of a sale are negative in NetSuite's books. */
export async function mustNotBeBelowBilled(
  suiteQl: SuiteQl,
  { record, job, field, wanted }: { record: Words; job: string; field: string; wanted: Money },
  signal: AbortSignal,
): Promise<void> {
  const query = (condition: string) =>
    `SELECT tl.foreignamount AS amount FROM transaction t INNER JOIN transactionline tl ON tl.transaction = t.id WHERE ${condition} AND t.type IN ('CustInvc', 'CustCred') AND t.voided = 'F' AND tl.mainline = 'F' AND tl.taxline = 'F' ORDER BY t.id`;
  const rows = await suiteQl.whereIn('t.entity', [job], query, signal);
  const billed = rows
    .map((row) => column(row, 'amount'))
    .reduce((sum, amount) => sum.minus(isDecimal(amount) ? amount : unreadable()), new ExactDecimal(0));
  if (billed.lessThanOrEqualTo(wanted.amount)) return;
  const amount = `${exactMoney(billed, wanted.currency).amount} ${wanted.currency}`;
  const lower = `${wanted.amount} ${wanted.currency}`;
  throw stopped(record, field, amount, inWords('BELOW_BILLED', { record, billed: amount, wanted: lower, systemName: 'NetSuite' }));
}

/** Phases and tasks that are taken out must have no time. */
export async function mustHaveNoTime(
  suiteQl: SuiteQl,
  tasks: readonly { id: string; record: Words }[],
  signal: AbortSignal,
): Promise<void> {
  if (tasks.length === 0) return;
  const query = (condition: string) => `SELECT id, casetaskevent, hours FROM timebill WHERE ${condition} ORDER BY id`;
  const rows = await suiteQl.whereIn(
    'casetaskevent',
    tasks.map(({ id }) => id),
    query,
    signal,
  );
  const posted = tasks.find(({ id }) => rows.some((row) => row['casetaskevent'] === id));
  if (!posted) return;
  const minutes = rows.filter((row) => row['casetaskevent'] === posted.id).reduce((sum, row) => sum + minutesOf(column(row, 'hours')), 0);
  const hours = clockHours(minutes);
  throw stopped(posted.record, 'hours', hours, inWords('TIME_POSTED', { record: posted.record, hours, systemName: 'NetSuite' }));
}

function unreadable(): never {
  throw unexpectedAnswer(phrase('SUITEQL_ANSWER.amount'));
}
