import account from './schemas/account.v1.schema.json' with { type: 'json' };
import billingSchedule from './schemas/billing-schedule.v1.schema.json' with { type: 'json' };
import assignment from './schemas/assignment.v1.schema.json' with { type: 'json' };
import availability from './schemas/availability.v1.schema.json' with { type: 'json' };
import amendment from './schemas/amendment.v1.schema.json' with { type: 'json' };
import engagement from './schemas/engagement.v1.schema.json' with { type: 'json' };
import milestone from './schemas/milestone.v1.schema.json' with { type: 'json' };
import expense from './schemas/expense.v1.schema.json' with { type: 'json' };
import invoice from './schemas/invoice.v1.schema.json' with { type: 'json' };
import project from './schemas/project.v1.schema.json' with { type: 'json' };
import projectFinances from './schemas/project-finances.v1.schema.json' with { type: 'json' };
import rateCard from './schemas/rate-card.v1.schema.json' with { type: 'json' };
import resource from './schemas/resource.v1.schema.json' with { type: 'json' };
import staffingDemand from './schemas/staffing-demand.v1.schema.json' with { type: 'json' };
import timeEntry from './schemas/time-entry.v1.schema.json' with { type: 'json' };
import utilization from './schemas/utilization.v1.schema.json' with { type: 'json' };

/** The canonical contracts, version 1, by name. */
export const schemas = {
  account,
  amendment,
  engagement,
  project,
  'staffing-demand': staffingDemand,
  resource,
  'time-entry': timeEntry,
  'billing-schedule': billingSchedule,
  milestone,
  expense,
  invoice,
  assignment,
  availability,
  utilization,
  'project-finances': projectFinances,
  'rate-card': rateCard,
};
