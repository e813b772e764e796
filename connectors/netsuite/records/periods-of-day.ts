import { dateLiteral, type Row, type SuiteQl } from '../wire/suiteql.ts';

/** Whether a period takes postings: all of them, or those of one ledger. */
export type PeriodFlag = 'closed' | 'alllocked' | 'aplocked' | 'arlocked';

/** The accounting periods of a day, with these flags. Months, and periods of adjustment beside them: quarters and years span them. */
export async function periodsOfDay(
  suiteQl: SuiteQl,
  day: string,
  columns: readonly (PeriodFlag | 'isadjust')[],
  signal?: AbortSignal,
): Promise<Row[]> {
  const date = dateLiteral(day);
  const days = "TO_CHAR(startdate, 'YYYY-MM-DD') AS startday, TO_CHAR(enddate, 'YYYY-MM-DD') AS endday";
  return suiteQl.all(
    `SELECT id, periodname, ${days}, ${columns.join(', ')} FROM accountingperiod WHERE startdate <= ${date} AND enddate >= ${date} AND isquarter = 'F' AND isyear = 'F' ORDER BY id`,
    signal,
  );
}
