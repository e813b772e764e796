import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { PeriodAsked, PeriodFound } from '../../model/operations.ts';
import { called } from '../../model/record-names.ts';
import { unlessAborted } from '../http/unless-aborted.ts';
import { aboutRecord } from './records/about-record.ts';
import { periodsOfDay } from './records/periods-of-day.ts';
import type { ReferenceData } from './records/reference-data.ts';
import { column, type Row, type SuiteQl, unexpectedAnswer } from './wire/suiteql.ts';

/**
 * The accounting period of a day. NetSuite shows of a period what holds for the whole account; an entity that it does not have is refused. A period of
 * adjustment lies on the days of another, which is the one that is meant.
 */
export async function findPeriod(
  { suiteQl, references }: { suiteQl: SuiteQl; references: ReferenceData },
  { day, legalEntity }: PeriodAsked,
  signal: AbortSignal,
): Promise<PeriodFound> {
  const record = called.accountingPeriod(day);
  await unlessAborted(
    aboutRecord(record, () => references.subsidiary(legalEntity)),
    signal,
  );
  const rows = await periodsOfDay(suiteQl, day, ['closed', 'alllocked', 'aplocked', 'arlocked', 'isadjust'], signal);
  const [period, ...others] = rows.filter((row) => !flag(row, 'isadjust'));
  if (!period) return { key: day, found: false, legalEntity };
  if (others.length > 0) {
    const names = [period, ...others].map((row) => row['periodname'] ?? column(row, 'id')).join(', ');
    const of = { system: 'netsuite', record, field: 'day', value: day, outcome: 'not-made' } as const;
    throw new Failure({ class: 'conflict.duplicate', ...inWords('PERIODS_OVERLAP', { day, names }), ...of });
  }
  const [closed, all] = [flag(period, 'closed'), flag(period, 'alllocked')];
  return {
    ...{ key: day, found: true, legalEntity, id: column(period, 'id'), name: column(period, 'periodname') },
    ...{ start: column(period, 'startday'), end: column(period, 'endday') },
    state: closed ? 'closed' : all ? 'locked' : 'open',
    // what is closed, or locked as a whole, takes nothing of either
    lockedFor: { receivables: closed || all || flag(period, 'arlocked'), payables: closed || all || flag(period, 'aplocked') },
  };
}

/** What is not said is not "no". */
function flag(row: Row, name: string): boolean {
  const value = column(row, name);
  if (value === 'T' || value === 'F') return value === 'T';
  throw unexpectedAnswer(phrase('SUITEQL_ANSWER.unreadable', { id: row['id'] ?? '', field: name }));
}
