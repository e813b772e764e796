import { addDays, instant } from '../../firm/calendar-date.ts';
import type { Firm } from '../../firm/firm.ts';
import type { KantataIds } from './ids.ts';
import type { KantataRow } from './row.ts';
import type { TimeEntry, TimeSheet } from '../../firm/time-sheets.ts';

/** Time entries, and the submissions that handed them in: approved on the Tuesday after, pending since Friday evening. */
export function timeRows(firm: Firm, ids: KantataIds): Record<string, KantataRow[]> {
  const handedIn = firm.sheets.filter((sheet) => sheet.status !== 'draft');
  return {
    time_entries: firm.sheets.flatMap((sheet) => sheet.entries.map((entry) => entryRow(entry, sheet, firm, ids))),
    timesheet_submissions: handedIn.map((sheet) => submissionRow(sheet, firm, ids)),
  };
}

function submittedAt(sheet: TimeSheet, firm: Firm): string {
  return sheet.status === 'pending' ? instant(addDays(firm.week0, -3), '17:00') : instant(addDays(sheet.week, 4), '17:00');
}

function changedAt(sheet: TimeSheet, firm: Firm): string {
  return sheet.status === 'approved' ? instant(addDays(sheet.week, 8), '10:00') : submittedAt(sheet, firm);
}

function entryRow(entry: TimeEntry, sheet: TimeSheet, firm: Firm, ids: KantataIds): KantataRow {
  const booked = instant(entry.date, '16:45');
  const submission = sheet.status === 'draft' ? null : sheet.id;
  return {
    id: entry.id,
    workspace_id: ids.workspace(entry.project.code),
    story_id: ids.story(entry.task),
    user_id: ids.user(entry.person.code),
    role_id: ids.role(entry.person.role),
    date_performed: entry.date,
    time_in_minutes: entry.minutes,
    billable: entry.billable,
    rate_in_cents: entry.rate,
    currency: entry.project.currency,
    notes: entry.notes,
    approved: sheet.status === 'approved',
    is_invoiced: false,
    taxable: true,
    active_submission_id: submission,
    recent_submission_id: submission,
    created_at: booked,
    updated_at: sheet.status === 'draft' ? booked : changedAt(sheet, firm),
  };
}

function submissionRow(sheet: TimeSheet, firm: Firm, ids: KantataIds): KantataRow {
  return {
    id: sheet.id,
    title: `${sheet.person.firstName} ${sheet.person.lastName}, week of ${sheet.week}`,
    // Kantata's week runs from Sunday to Saturday; nobody here works at the weekend, so both weeks hold the same entries
    start_date: addDays(sheet.week, -1),
    end_date: addDays(sheet.week, 5),
    status: sheet.status,
    user_id: ids.user(sheet.person.code),
    workspace_id: ids.workspace(sheet.project.code),
    currency: sheet.project.currency,
    time_entry_ids: sheet.entries.map((entry) => entry.id),
    created_at: submittedAt(sheet, firm),
    updated_at: changedAt(sheet, firm),
  };
}
