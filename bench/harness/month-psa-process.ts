import { kantata } from '../../sandbox/kantata/definition.ts';
import { Simulator } from '../../sandbox/simulator.ts';
import { entities, monthExpenses, monthTime, type MonthRow, people, projects } from './month-rows.ts';

/** A Kantata simulator in a process of its own, with the people and projects of the month and all that was approved in it. */
const [entries = 0, expenses = 0] = process.argv.slice(2).map(Number);
const sim = await new Simulator(kantata, { port: 0 }).start();
const named = (subject_type: string, subject_id: string, service_model: string, service_model_ref: string) => ({
  ...{ subject_type, subject_id, service_name: 'ps-connect', service_model, service_model_ref },
});
const common = ({ id, person, project, currency, updatedAt }: MonthRow) => ({
  ...{ id, workspace_id: project.id, user_id: person.id, currency, approved: true, created_at: updatedAt, updated_at: updatedAt },
});
kantata.load(sim, {
  users: people.map(({ id, email }) => ({ id, full_name: `Person ${id}`, email_address: email })),
  workspaces: projects.map(({ id, code, entity }) => ({ id, title: `${code} · Project`, currency: entities[entity]!.currency.code })),
  stories: projects.map(({ id, story }) => ({ id: story, workspace_id: id, title: 'Work', story_type: 'task' })),
  external_references: projects.flatMap(({ id, code, story, taskCode }) => [
    named('Workspace', id, 'project', code),
    named('Story', story, 'task', taskCode),
  ]),
});
for (const row of monthTime(entries)) {
  const { project, day, minutes, minor } = row;
  const entry = { story_id: project.story, date_performed: day, time_in_minutes: minutes, rate_in_cents: minor, billable: true };
  kantata.load(sim, { time_entries: [{ ...common(row), ...entry }] });
}
for (const row of monthExpenses(expenses)) {
  const { id, day, minor, category, project, person } = row;
  const report = String(Number(id) + 1_000_000);
  const expense = { date: day, category, amount_in_cents: minor, is_billable: true, is_invoiced: false };
  kantata.load(sim, {
    expense_report_submissions: [
      { id: report, workspace_id: project.id, user_id: person.id, title: 'Expenses', status: 'approved', expense_ids: [id] },
    ],
    expenses: [{ ...common(row), ...expense, active_submission_id: report, recent_submission_id: report }],
  });
}
process.on('disconnect', () => process.exit());
process.send!({ url: sim.url, ...kantata.credentials(sim) });
