import { type CalendarDate, isCalendarDate } from '../../../../model/calendar-date.ts';
import type { Words } from '../../../../model/failure-sentence.ts';
import { inWords, phrase } from '../../../../model/failure-words.ts';
import type { Minutes } from '../../../../model/minutes.ts';
import { isWhole } from '../../../../model/outside-number.ts';
import { called } from '../../../../model/record-names.ts';
import { allProjects } from '../approved-entries.ts';
import { listedRows } from '../listed-rows.ts';
import { timeStatusOf } from '../time-entry.ts';
import type { KantataApi } from '../../wire.ts';
import { type Envelope, type Row, text, unexpectedAnswer } from '../../wire/envelope.ts';
import { unreadable } from './unreadable.ts';

/** Time that a person wrote down. */
export interface TimeWorked {
  workedMinutes: Minutes;
  approvedMinutes: Minutes;
  billableMinutes: Minutes;
  approvedBillableMinutes: Minutes;
  rejectedMinutes: Minutes;
  /** days on which some of it was worked */
  days: Set<CalendarDate>;
}

interface Odd {
  row: Row;
  collection: string;
  field: string;
}

const nothing = (): TimeWorked & { odd?: Odd } => ({
  workedMinutes: 0,
  approvedMinutes: 0,
  billableMinutes: 0,
  approvedBillableMinutes: 0,
  rejectedMinutes: 0,
  days: new Set(),
});

/** A year has 525,600. */
const mostMinutes = 1_000_000;

/** Time of these people, in all projects and whatever their role in them, each entry once. What is deleted is in no list. */
export async function readTime(
  api: KantataApi,
  userIds: readonly string[],
  { from, to }: { from: CalendarDate; to: CalendarDate },
  signal: AbortSignal,
): Promise<(userId: string, record: Words) => TimeWorked> {
  const times = new Map(userIds.map((id) => [id, nothing()]));
  const params = {
    ...allProjects,
    with_user_ids: userIds.join(','),
    date_performed_between: `${from}:${to}`,
    include: 'user,active_submission,recent_submission',
  };
  const list = { collection: 'time_entries', params, endless: phrase('LIST_WITHOUT_END.kantata-time') };
  for await (const { envelope, rows } of listedRows(api, list, signal)) {
    for (const { row, id } of rows) {
      const time = times.get(text(row, 'user_id') ?? '');
      const date = row['date_performed'];
      // it would be nobody's, or of another time: then the answer is not to this question
      if (!time) throw unexpected(id, 'user_id');
      if (isCalendarDate(date) && (date < from || date > to)) throw unexpected(id, 'date_performed');
      time.odd ??= oddIn(row, envelope);
      if (!time.odd) add(time, row, sheetOf(row, envelope));
    }
  }
  return (userId, record) => {
    const { odd, ...time } = times.get(userId) ?? nothing();
    if (odd) throw unreadable(record, odd);
    return time;
  };
}

const unexpected = (id: string, field: string) =>
  unexpectedAnswer(called.timeEntry(id), field, inWords('ANSWER_UNEXPECTED.field', { field }));

const sheetOf = (row: Row, envelope: Envelope) =>
  envelope.row('timesheet_submissions', text(row, 'active_submission_id') ?? text(row, 'recent_submission_id'));

function oddIn(row: Row, envelope: Envelope): Odd | undefined {
  const odd = (field: string): Odd => ({ row, collection: 'time_entries', field });
  if (!isCalendarDate(row['date_performed'])) return odd('date_performed');
  if (!isWhole(row['time_in_minutes'], 0, mostMinutes)) return odd('time_in_minutes');
  if (typeof row['billable'] !== 'boolean') return odd('billable');
  if (typeof row['approved'] !== 'boolean') return odd('approved');
  const sheet = sheetOf(row, envelope);
  const status = timeStatusOf(row, sheet);
  if (status === undefined || ['approved', 'withdrawn', 'submitted'].includes(status)) return undefined;
  return sheet ? { row: sheet, collection: 'timesheet_submissions', field: 'status' } : odd('recent_submission_id');
}

function add(time: TimeWorked, row: Row, sheet: Row | undefined): void {
  const minutes = row['time_in_minutes'] as Minutes;
  const status = timeStatusOf(row, sheet);
  // who takes a timesheet back himself has worked all the same
  if (status === 'withdrawn' && text(sheet, 'status') === 'rejected') {
    time.rejectedMinutes += minutes;
    return;
  }
  const billable = row['billable'] === true ? minutes : 0;
  time.days.add(row['date_performed'] as CalendarDate);
  time.workedMinutes += minutes;
  time.billableMinutes += billable;
  if (status !== 'approved') return;
  time.approvedMinutes += minutes;
  time.approvedBillableMinutes += billable;
}
