import type { KantataDesk, KantataObject } from './kantata-desk.ts';
import type { KantataIds } from './ids.ts';
import type { TimeDesk } from '../../firm/desks.ts';
import type { BookedTime, TimeSheet } from '../../firm/time-sheets.ts';

/** What consultants and managers do with time in Kantata. */
export class KantataTimeDesk implements TimeDesk {
  private readonly kantata: KantataDesk;
  private readonly ids: KantataIds;

  constructor(kantata: KantataDesk, ids: KantataIds) {
    this.kantata = kantata;
    this.ids = ids;
  }

  async book(entries: BookedTime[]): Promise<boolean> {
    const missing: BookedTime[] = [];
    for (const entry of entries) if (!(await this.find(entry))) missing.push(entry);
    if (missing.length === 0) return false;
    await this.kantata.create('time_entries', {
      time_entries: missing.map((entry) => ({
        workspace_id: this.ids.workspace(entry.project.code),
        story_id: this.ids.story(entry.task),
        user_id: this.ids.user(entry.person.code),
        role_id: this.ids.role(entry.person.role),
        date_performed: entry.date,
        time_in_minutes: entry.minutes,
        billable: entry.billable,
        rate_in_cents: entry.rate,
        notes: entry.notes,
      })),
    });
    return true;
  }

  async correct(entryId: string, minutes: number): Promise<boolean> {
    const [entry] = await this.kantata.list('time_entries', { only: entryId });
    if (!entry || entry['time_in_minutes'] === minutes) return false;
    await this.kantata.update(`time_entries/${entryId}`, { time_entry: { time_in_minutes: minutes } });
    return true;
  }

  async takeBack(sheet: TimeSheet): Promise<boolean> {
    const [submission] = await this.kantata.list('timesheet_submissions', { only: sheet.id });
    if (submission?.['status'] !== 'approved') return false;
    await this.kantata.update(`timesheet_submissions/${sheet.id}/cancel`);
    return true;
  }

  async move(entryId: string, to: BookedTime): Promise<boolean> {
    const [entry] = await this.kantata.list('time_entries', { only: entryId, include: 'story' });
    const [workspace, story] = [this.ids.workspace(to.project.code), this.ids.story(to.task)];
    if (!entry || String(entry['story_id']) === story) return false;
    await this.kantata.update(`time_entries/${entryId}`, {
      time_entry: { workspace_id: workspace, story_id: story, billable: to.billable, rate_in_cents: to.rate },
    });
    return true;
  }

  /** Hands in one person's time on one project, unless it is in a submission already. */
  async handIn(entries: BookedTime[], title: string): Promise<boolean> {
    const [first] = entries;
    if (!first) return false;
    const rows: KantataObject[] = [];
    for (const entry of entries) {
      const row = await this.find(entry);
      if (!row) throw new Error(`not booked: ${entry.task} on ${entry.date}`);
      rows.push(row);
    }
    if (rows.some((row) => row['approved'] === true || row['active_submission_id'])) return false;
    await this.kantata.create('timesheet_submissions', {
      timesheet_submission: {
        title,
        workspace_id: this.ids.workspace(first.project.code),
        user_id: this.ids.user(first.person.code),
        line_item_ids: rows.map((row) => row.id),
      },
    });
    return true;
  }

  async approveSheets(sheets: TimeSheet[]): Promise<boolean> {
    let changed = false;
    for (const sheet of sheets) changed = (await this.decide(sheet.id, 'approve')) || changed;
    return changed;
  }

  async sendBack(sheet: TimeSheet, reason: string): Promise<boolean> {
    return this.decide(sheet.id, 'reject', reason);
  }

  /** Approves the submission that was made on the day: its id is only known to the PSA. */
  async approveTitled(title: string, of: BookedTime): Promise<boolean> {
    const submissions = await this.kantata.list('timesheet_submissions', { workspace_id: this.ids.workspace(of.project.code) });
    const found = submissions.find((row) => row['title'] === title);
    if (!found) throw new Error(`nobody handed in "${title}"`);
    return this.decide(found.id, 'approve');
  }

  private async decide(id: string, decision: 'approve' | 'reject', reason?: string): Promise<boolean> {
    const [submission] = await this.kantata.list('timesheet_submissions', { only: id });
    if (submission?.['status'] !== 'pending') return false;
    await this.kantata.update(`timesheet_submissions/${id}/${decision}`, reason ? { resolution: { description: reason } } : {});
    return true;
  }

  private async find(entry: BookedTime): Promise<KantataObject | undefined> {
    const rows = await this.kantata.list('time_entries', {
      workspace_id: this.ids.workspace(entry.project.code),
      with_user_ids: this.ids.user(entry.person.code),
      date_performed_between: `${entry.date}:${entry.date}`,
      include: 'story,active_submission',
    });
    return rows.find((row) => String(row['story_id']) === this.ids.story(entry.task) && row['notes'] === entry.notes);
  }
}
