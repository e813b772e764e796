import { weekOf } from '../account-time.ts';
import { centsOf } from '../time-value.ts';
import { submissionsOf } from './submissions.ts';
import { timeEntries } from './time-entries.ts';

/** One week of one person in one project. */
export const timesheetSubmissions = submissionsOf({
  name: 'timesheet',
  subjectType: 'TimesheetSubmission',
  called: { submission: 'time', line: 'Time entry', lines: 'Time entries' },
  lines: timeEntries,
  idsIn: 'time_entry_ids',
  dateIn: 'date_performed',
  total: centsOf,
  span: weekOf,
});
