import { boolean, currency, currencyOf, integerId, inWords, json, number, stamps, string, truth, zero } from '../attributes.ts';
import type { Attribute, Call } from '../resource.ts';
import type { Json, Row } from '../state.ts';
import { amount, centsOf, lockDate, minutesOf } from '../time-value.ts';

const entries = (row: Row, call: Call): Row[] => call.store.where('time_entries', 'workspace_id', row.id);
const optional = (attribute: Attribute): Attribute => ({ ...attribute, optional: true });
const day: Attribute = { type: 'date', blank: true };
const used = (row: Row, call: Call): number => centsOf(entries(row, call));
const price = (row: Row): number | null => (typeof row['price_in_cents'] === 'number' ? row['price_in_cents'] : null);

/** What a project shows. */
export const workspaceAttributes: Record<string, Attribute> = {
  title: string,
  account_id: { type: 'integer', compute: (_row, call) => Number(call.store.state.account.id) },
  archived: boolean,
  description: { type: 'string', blank: true },
  due_date: day,
  effective_due_date: { ...day, compute: (row) => row['due_date'] ?? '' },
  start_date: day,
  budgeted: truth,
  change_orders_enabled: boolean,
  ...stamps,
  consultant_role_name: { type: 'string', default: 'Consultants' },
  client_role_name: { type: 'string', default: 'Clients' },
  percentage_complete: zero,
  access_level: { type: 'string', default: 'open' },
  exclude_archived_stories_percent_complete: boolean,
  can_create_line_items: truth,
  default_rate: { type: 'string', default: '0.00' },
  currency: { type: 'string', compute: currencyOf },
  currency_symbol: currency['currency_symbol'] as Attribute,
  currency_base_unit: currency['currency_base_unit'] as Attribute,
  can_invite: truth,
  has_budget_access: truth,
  tasks_default_non_billable: boolean,
  rate_card_id: integerId,
  workspace_invoice_preference_id: integerId,
  posts_require_privacy_decision: boolean,
  require_time_approvals: truth,
  require_expense_approvals: truth,
  require_notes_on_time_entries: boolean,
  time_trackable: truth,
  has_active_timesheet_submissions: {
    type: 'boolean',
    compute: (row, call) =>
      call.store.where('timesheet_submissions', 'workspace_id', row.id).some((sheet) => sheet['status'] === 'pending'),
  },
  has_active_expense_report_submissions: boolean,
  status: { type: 'json', default: { color: 'green', key: 300, message: 'Active' } },
  permissions: { type: 'json', compute: permissions },
  over_budget: { type: 'boolean', financial: true, compute: (row, call) => price(row) !== null && used(row, call) > (price(row) ?? 0) },
  expenses_in_burn_rate: boolean,
  total_expenses_in_cents: {
    type: 'integer',
    financial: true,
    compute: (row, call) =>
      call.store.where('expenses', 'workspace_id', row.id).reduce((sum, expense) => sum + amount(expense['amount_in_cents']), 0),
  },
  price_in_cents: { type: 'integer', financial: true },
  price: { type: 'string', financial: true, compute: (row, call) => inWords(price(row), currencyOf(row, call)) },
  percent_of_budget_used: {
    type: 'integer',
    financial: true,
    compute: (row, call) => (price(row) ? Math.round((used(row, call) * 100) / (price(row) ?? 1)) : 0),
  },
  budget_used: { type: 'string', financial: true, compute: (row, call) => inWords(used(row, call), currencyOf(row, call)) },
  budget_used_in_cents: { type: 'integer', financial: true, compute: used },
  budget_remaining: {
    type: 'string',
    financial: true,
    compute: (row, call) => (price(row) === null ? null : inWords((price(row) ?? 0) - used(row, call), currencyOf(row, call))),
  },
  target_margin: { ...number, financial: true },
  stories_are_fixed_fee_by_default: boolean,
  external_link: json,
  client_lead_name: optional(string),
  provider_lead_name: optional(string),
  stage: optional({ type: 'string', default: 'project' }),
  revenue_recognition_method_id: optional(string),
  revenue_recognition_method_name: optional(string),
  incoming_email_address: optional(string),
  total_invoiced: optional(string),
  estimated_minutes: optional({
    type: 'integer',
    compute: (row, call) =>
      call.store.where('stories', 'workspace_id', row.id).reduce((sum, story) => sum + amount(story['time_estimate_in_minutes']), 0),
  }),
  total_minutes_approved: optional({
    type: 'integer',
    compute: (row, call) => minutesOf(entries(row, call).filter((entry) => entry['approved'] === true)),
  }),
  billable_minutes: optional({ type: 'integer', compute: (row, call) => minutesOf(entries(row, call), true) }),
  non_billable_minutes: optional({ type: 'integer', compute: (row, call) => minutesOf(entries(row, call), false) }),
  minutes_logged: optional({ type: 'integer', compute: (row, call) => minutesOf(entries(row, call)) }),
  /** the account's lock date, not one of the project's own */
  lock_date: optional({ type: 'date', compute: (_row, call) => lockDate(call.store) }),
};

function permissions(row: Row, call: Call): Json {
  const administrator = call.caller.administrator;
  const participant = (row['participant_ids'] as Json[] | undefined)?.includes(call.caller.userId) ?? false;
  return {
    can_upload_files: true,
    can_private_message: true,
    can_join: !participant,
    is_participant: participant,
    access_level: administrator ? 'admin' : 'edit_time_and_expenses',
    team_lead: row['primary_maven_id'] === call.caller.userId,
    user_is_client: false,
    can_change_price: administrator,
    can_change_story_billable: administrator,
    can_post: true,
    can_edit: administrator,
    restricted: false,
    can_see_financials: administrator,
    is_guest_on_project: false,
  };
}
