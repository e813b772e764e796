import { externalReferences, many, one } from '../associations.ts';
import { currency, date, integer, stamps, string } from '../attributes.ts';
import { invalid } from '../errors.ts';
import { dateBetween, oneOf } from '../filters.ts';
import type { Resource } from '../resource.ts';

const TYPES = ['fixed_date', 'upon_completion'];

/** The project's billing schedule. */
export const billingMilestones: Resource = {
  collection: 'billing_milestones',
  singular: 'billing_milestone',
  subjectType: 'BillingMilestone',
  event: 'billing_milestone',
  attributes: {
    title: string,
    date_to_invoice: date,
    amount_in_cents: integer,
    billing_type: { type: 'string', default: 'fixed_date' },
    ...stamps,
    currency: currency['currency'] ?? string,
  },
  associations: {
    workspace: one('workspaces', 'workspace_id'),
    story: one('stories', 'story_id'),
    invoices: many('invoices', 'invoice_ids', (row, store) =>
      store
        .table('invoices')
        .all()
        .filter((invoice) => Array.isArray(invoice['billing_milestone_ids']) && invoice['billing_milestone_ids'].includes(row.id))
        .map((invoice) => invoice.id),
    ),
    ...externalReferences('BillingMilestone'),
  },
  create: ['title', 'date_to_invoice', 'amount_in_cents', 'workspace_id', 'story_id', 'billing_type'],
  update: ['title', 'date_to_invoice', 'amount_in_cents', 'story_id', 'billing_type'],
  required: { title: "Title can't be blank", amount_in_cents: "Amount can't be blank", workspace_id: "Workspace can't be blank" },
  bulk: 100,
  destroy: true,
  filters: { workspace_ids: oneOf('workspace_id'), story_ids: oneOf('story_id'), date_between: dateBetween('date_to_invoice') },
  orders: { created_at: 'created_at' },
  validate: ({ change, errors, call, value }) => {
    const workspace = call.store.find('workspaces', value('workspace_id'));
    if (value('workspace_id') && !workspace) errors.push(invalid('workspace_id', 'Workspace does not exist'));
    else if (workspace?.['archived'] === true) errors.push(invalid('workspace_id', 'The project is archived'));
    const type = value('billing_type') ?? 'fixed_date';
    if (!TYPES.includes(String(type))) errors.push(invalid('billing_type', 'Billing type is not included in the list'));
    if (type === 'upon_completion' && !value('story_id')) errors.push(invalid('story_id', "Story can't be blank"));
    if (type === 'fixed_date' && !value('date_to_invoice')) errors.push(invalid('date_to_invoice', "Date to invoice can't be blank"));
    const story = call.store.find('stories', change['story_id']);
    if (change['story_id'] && story?.['workspace_id'] !== workspace?.id)
      errors.push(invalid('story_id', 'Task must belong to the project'));
  },
  keep: (row, call) => {
    const invoiced = call.store
      .table('invoices')
      .all()
      .some((invoice) => {
        const ids = invoice['billing_milestone_ids'];
        return invoice['status'] !== 'cancelled' && Array.isArray(ids) && ids.includes(row.id);
      });
    return invoiced ? [invalid('base', 'Billing milestone has been invoiced')] : [];
  },
};
