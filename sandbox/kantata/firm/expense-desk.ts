import type { ExpenseDesk } from '../../firm/desks.ts';
import type { ExpenseReport, Spent } from '../../firm/month/expense-script.ts';
import type { KantataDesk, KantataObject } from './kantata-desk.ts';
import type { KantataIds } from './ids.ts';
import type { WorkspaceFinder } from './workspace-finder.ts';

/** What consultants and managers do with expenses in Kantata. */
export class KantataExpenseDesk implements ExpenseDesk {
  private readonly kantata: KantataDesk;
  private readonly ids: KantataIds;
  private readonly workspaces: WorkspaceFinder;

  constructor(kantata: KantataDesk, ids: KantataIds, workspaces: WorkspaceFinder) {
    this.kantata = kantata;
    this.ids = ids;
    this.workspaces = workspaces;
  }

  async handIn(report: ExpenseReport, title: string): Promise<boolean> {
    if (await this.submission(title, report.project)) return false;
    const workspace = await this.workspaces.id(report.project);
    const rows: KantataObject[] = [];
    for (const spent of report.spent) rows.push((await this.find(report, spent)) ?? (await this.book(report, spent)));
    await this.kantata.create('expense_report_submissions', {
      expense_report_submission: {
        title,
        workspace_id: workspace,
        user_id: this.ids.user(report.person.code),
        line_item_ids: rows.map(({ id }) => id),
      },
    });
    return true;
  }

  async decide(title: string, project: string, decision: 'approve' | 'reject' | 'cancel'): Promise<boolean> {
    const found = await this.submission(title, project);
    if (!found) throw new Error(`nobody handed in "${title}"`);
    if (found['status'] !== (decision === 'cancel' ? 'approved' : 'pending')) return false;
    await this.kantata.update(`expense_report_submissions/${found.id}/${decision}`);
    return true;
  }

  async correct(report: ExpenseReport, amount: number): Promise<boolean> {
    const [spent] = report.spent;
    const found = spent && (await this.find(report, spent));
    if (!found) throw new Error(`no expense of "${report.title}"`);
    if (found['amount_in_cents'] === amount) return false;
    await this.kantata.update(`expenses/${found.id}`, { expense: { amount_in_cents: amount } });
    return true;
  }

  private async book(report: ExpenseReport, spent: Spent): Promise<KantataObject> {
    const [made] = await this.kantata.create('expenses', {
      expense: {
        workspace_id: await this.workspaces.id(report.project),
        user_id: this.ids.user(report.person.code),
        date: spent.date,
        category: spent.category,
        amount_in_cents: spent.amount,
        billable: spent.billable,
        notes: spent.note,
      },
    });
    return made as KantataObject;
  }

  private async find(report: ExpenseReport, { date, note }: Spent): Promise<KantataObject | undefined> {
    const rows = await this.kantata.list('expenses', {
      workspace_id: await this.workspaces.id(report.project),
      with_user_ids: this.ids.user(report.person.code),
      date_between: `${date}:${date}`,
    });
    return rows.find((row) => row['notes'] === note);
  }

  private async submission(title: string, project: string): Promise<KantataObject | undefined> {
    const rows = await this.kantata.list('expense_report_submissions', { workspace_id: await this.workspaces.id(project) });
    return rows.find((row) => row['title'] === title);
  }
}
