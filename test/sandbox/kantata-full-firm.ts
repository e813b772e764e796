import { ADMINISTRATOR, firm, KantataClient } from './kantata-client.ts';

/** The small firm with at least one row of every collection that the vendor's files describe. */
export async function fullFirm(): Promise<KantataClient> {
  const client = await KantataClient.start({
    ...firm,
    rate_card_sets: [{ id: '75', title: 'Standard' }],
    rate_card_set_versions: [{ id: '76', rate_card_set_id: '75', effective_date: '2026-01-01' }],
    rate_cards: [{ id: '71', currency: 'EUR', rate_card_set_id: '75' }],
    rate_card_versions: [{ id: '72', rate_card_id: '71', rate_card_set_version_id: '76', default_rate: 12000 }],
    rate_card_roles: [{ id: '74', rate_card_version_id: '72', role_id: '31', rate: 15000 }],
    skill_categories: [{ id: '81', name: 'Tech' }],
    skills: [{ id: '82', name: 'SQL', skill_category_id: '81' }],
    expense_categories: [{ id: '61', name: 'Travel' }],
    custom_fields: [{ id: '65', name: 'Entity', value_type: 'string', creator_id: ADMINISTRATOR }],
    holiday_calendars: [{ id: '86', name: 'Hessen' }],
  });
  const reference = (ref: string) => ({ service_name: 'ps-connect', service_model: 'x', service_model_ref: ref });
  const time = { workspace_id: 11, story_id: 41, user_id: 21, date_performed: '2026-11-17', time_in_minutes: 60 };
  const billed = await client.make('time_entries', 'time_entry', { ...time, notes: 'Workshop', external_reference: reference('T1') });
  const open = await client.make('time_entries', 'time_entry', time);
  const sheet = await client.make('timesheet_submissions', 'timesheet_submission', {
    title: 'Week',
    workspace_id: 11,
    line_item_ids: [open.id],
  });
  await client.put(`/timesheet_submissions/${sheet.id}/approve`, { resolution: { description: 'ok' } });
  const expense = { workspace_id: 11, date: '2026-11-16', category: 'Travel', amount_in_cents: 900, user_id: 21, expense_category_id: 61 };
  await client.make('expenses', 'expense', expense);
  await client.make('billing_milestones', 'billing_milestone', {
    workspace_id: 11,
    title: 'M',
    date_to_invoice: '2026-12-01',
    amount_in_cents: 100,
  });
  await client.make('invoices', 'invoice', { time_entry_ids: [billed.id], payment_schedule: 30, external_reference: reference('I1') });
  const project = {
    creator_role: 'maven',
    title: 'Full',
    price: 1000,
    rate_card_id: 71,
    due_date: '2027-01-31',
    primary_workspace_group_id: 51,
  };
  await client.make('workspaces', 'workspace', { ...project, target_margin: 30, custom_fields: [{ custom_field_id: 65, value: 'DE01' }] });
  await client.make('stories', 'story', {
    workspace_id: 11,
    title: 'Sub',
    story_type: 'task',
    parent_id: 41,
    assignee_ids: [21],
    due_date: '2026-12-01',
  });
  const resource = await client.make('workspace_resources', 'workspace_resource', { workspace_id: 11, role_id: 31 });
  const range = { start_date: '2026-12-01', end_date: '2026-12-04', minutes: 960 };
  await client.make('workspace_allocations', 'workspace_allocation', { resource_id: resource.id, ...range });
  await client.make('workspace_resource_skills', 'workspace_resource_skill', {
    workspace_resource_id: resource.id,
    skill_id: 82,
    level: 2,
  });
  await client.make('skill_memberships', 'skill_membership', { user_id: 21, skill_id: 82, level: 3 });
  await client.make('resource_requests', 'resource_request', { resource_id: resource.id, approver_ids: [Number(ADMINISTRATOR)] });
  await client.make('holidays', 'holiday', {
    name: 'New Year',
    start_date: '2027-01-01',
    end_date: '2027-01-01',
    holiday_calendar_ids: [86],
  });
  await client.make('time_off_entries', 'time_off_entry', { user_id: 21, hours: 4, requested_date: '2026-12-24' });
  await client.make('workweek_memberships', 'workweek_membership', { user_id: 21, monday_minutes: 240, start_date: '2026-11-01' });
  return client;
}

/** Parameters without which a list would be refused or leave rows out. */
export const LIST_QUERY: Record<string, string> = {
  external_references: 'subject_type=TimeEntry&',
  custom_field_values: 'subject_type=workspace&',
  workspace_resources: 'include_unnamed=true&',
};
