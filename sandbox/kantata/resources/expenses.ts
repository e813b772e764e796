import { externalReferences, one } from '../associations.ts';
import { boolean, currency, date, datetime, integer, json, stamps, string, truth } from '../attributes.ts';
import { type ErrorItem, invalid } from '../errors.ts';
import { dateBetween, equals, flag, oneOf, onlyIf } from '../filters.ts';
import type { Resource } from '../resource.ts';
import type { Row } from '../state.ts';

export const expenseCategories: Resource = {
  collection: 'expense_categories',
  singular: 'expense_category',
  subjectType: 'ExpenseCategory',
  attributes: { name: string, deleted_at: datetime },
  associations: {},
  create: ['name'],
  update: ['name'],
  required: { name: "Name can't be blank" },
  destroy: true,
  orders: { name: 'name' },
  defaultOrder: 'name:asc',
};

/** Files; of a receipt only its id is of interest here. */
export const attachments: Resource = {
  collection: 'attachments',
  singular: 'attachment',
  subjectType: 'Attachment',
  attributes: { filename: string, ...stamps },
  associations: {},
};

/** Mavenlink gem, `expenses.update_attributes` */
const writable = ['date', 'category', 'amount_in_cents', 'notes', 'user_id', 'story_id', 'expense_category_id', 'receipt_id'];

export const expenses: Resource = {
  collection: 'expenses',
  singular: 'expense',
  subjectType: 'Expense',
  event: 'expense',
  attributes: {
    date,
    notes: string,
    category: string,
    amount_in_cents: integer,
    ...currency,
    user_can_edit: { type: 'boolean', compute: (row) => invoiced(row).length === 0 },
    is_invoiced: boolean,
    is_billable: truth,
    approved: { ...boolean, optional: true },
    taxable: boolean,
    reimbursable: truth,
    ...stamps,
    foreign_exchange_amount: { ...json, default: {} },
  },
  associations: {
    story: one('stories', 'story_id', 'captured'),
    workspace: one('workspaces', 'workspace_id', 'captured'),
    user: one('users', 'user_id', 'captured'),
    expense_category: one('expense_categories', 'expense_category_id'),
    role: one('roles', 'role_id'),
    receipt: one('attachments', 'receipt_id'),
    active_submission: one('expense_report_submissions', 'active_submission_id', 'captured'),
    recent_submission: one('expense_report_submissions', 'recent_submission_id', 'captured'),
    ...externalReferences('Expense'),
  },
  create: [...writable, 'workspace_id', 'reimbursable'],
  update: writable,
  required: {
    workspace_id: "Workspace can't be blank",
    date: "Date can't be blank",
    category: "Category can't be blank",
    amount_in_cents: "Amount in cents can't be blank",
  },
  destroy: true,
  ownWrites: true,
  filters: {
    workspace_id: equals('workspace_id'),
    workspace_ids: oneOf('workspace_id'),
    billable: flag('is_billable'),
    approved: flag('approved'),
    invoiced: onlyIf((row) => row['is_invoiced'] === true),
    uninvoiced: onlyIf((row) => row['is_invoiced'] !== true),
    date_between: dateBetween('date'),
    with_user_ids: oneOf('user_id'),
  },
  orders: { created_at: 'created_at', updated_at: 'updated_at', date: 'date' },
  defaultOrder: 'date:desc',
  prepare: ({ change, received, existing, call }) => {
    // written as `billable`, read as `is_billable`
    if (received['billable'] !== undefined) change['is_billable'] = received['billable'] === true || received['billable'] === 'true';
    if (!call.caller.administrator) delete change['user_id'];
    const category = call.store.find('expense_categories', change['expense_category_id']);
    if (category && !change['category']) change['category'] = String(category['name']);
    if (existing) return;
    change['user_id'] ??= call.caller.userId;
    change['is_invoiced'] = false;
  },
  validate: ({ change, existing, errors, call, value }) => {
    if (existing && Object.keys(change).length > 0) errors.push(...frozen(existing));
    const workspace = call.store.find('workspaces', value('workspace_id'));
    if (value('workspace_id') && (!workspace || !call.caller.sees(workspace.id)))
      errors.push(invalid('workspace_id', 'Workspace does not exist'));
    else if (workspace?.['archived'] === true) errors.push(invalid('workspace_id', 'The project is archived'));
    const story = call.store.find('stories', change['story_id']);
    if (change['story_id'] && story?.['workspace_id'] !== workspace?.id)
      errors.push(invalid('story_id', 'Task must belong to the project'));
    if (change['user_id'] && !call.store.find('users', change['user_id'])) errors.push(invalid('user_id', 'User does not exist'));
  },
  keep: frozen,
};

function invoiced(row: Row): ErrorItem[] {
  return row['is_invoiced'] === true ? [invalid('is_invoiced', 'Expense has been invoiced')] : [];
}

/** Why an expense may not be changed any more: what is approved is taken back first. */
function frozen(row: Row): ErrorItem[] {
  return [...invoiced(row), ...(row['approved'] === true ? [invalid('approved', 'Expense has been approved')] : [])];
}
