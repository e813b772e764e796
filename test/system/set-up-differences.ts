import { Decimal } from 'decimal.js';
import type { StoredRecord } from '../../sandbox/netsuite/state.ts';
import { type Books, keyOf, type Row, storedReference } from './books.ts';
import type { Deal } from './deal.ts';

/** One legal entity's share of a deal, worked out from the deal alone. */
interface Share {
  code: string;
  entity: string;
  main: boolean;
  currency: string;
  phases: Deal['phases'];
  milestones: Deal['milestones'];
}

function sharesOf(deal: Deal): Share[] {
  const signs = deal.legalEntity ?? '';
  const entityOf = (phase: Deal['phases'][number]) => phase.legalEntity ?? signs;
  return [...new Set([signs, ...deal.phases.map(entityOf)])].map((entity) => {
    const main = entity === signs;
    const phases = deal.phases.filter((phase) => entityOf(phase) === entity);
    const own = phases.map((phase) => phase.code);
    return {
      code: main ? deal.code : `${deal.code}-${entity}`,
      entity,
      main,
      currency: main ? deal.currency : (phases[0]?.currency ?? deal.currency),
      phases,
      milestones: deal.milestones.filter((milestone) => (milestone.phase ? own.includes(milestone.phase) : main)),
    };
  });
}

/** Everything in ERP and PSA that differs from what the deal says, field by field; empty = the engagement arrived complete. */
export function setUpDifferences(deal: Deal, books: Books): string[] {
  const differences: string[] = [];
  const compare = (what: string, found: Record<string, unknown>, wanted: Record<string, unknown>) => {
    for (const [field, value] of Object.entries(wanted)) {
      if (JSON.stringify(found[field]) !== JSON.stringify(value)) {
        differences.push(`${what}.${field}: ${JSON.stringify(found[field])} instead of ${JSON.stringify(value)}`);
      }
    }
  };
  for (const share of sharesOf(deal)) {
    erpDifferences(deal, share, books, compare);
    psaDifferences(deal, share, books, compare);
  }
  demandDifferences(deal, books, compare);
  const shares = sharesOf(deal);
  const sum = (count: (share: Share) => number) => shares.reduce((total, share) => total + count(share), 0);
  const tasks = sum(({ phases }) => phases.reduce((count, phase) => count + 1 + phase.tasks.length, 0));
  const heads = deal.needs.reduce((count, need) => count + need.heads, 0);
  compare(deal.code, books.countsOf(deal.code), {
    projects: shares.length,
    tasks,
    workspaces: shares.length,
    stories: tasks + deal.milestones.length,
    resources: heads,
    requests: heads,
  });
  return differences;
}

type Compare = (what: string, found: Record<string, unknown>, wanted: Record<string, unknown>) => void;

function erpDifferences(deal: Deal, share: Share, books: Books, compare: Compare): void {
  const subsidiary = books.erpBy('subsidiary', share.entity).id;
  const currency = books.erpBy('currency', share.currency).id;
  const customer = books.erpBy('customer', `${deal.account.code}@${share.entity}`);
  compare(`customer ${customer.externalId}`, customer.fields, { companyName: deal.account.name, subsidiary, currency });
  const job = books.erpBy('job', share.code);
  const first = share.phases.map((phase) => phase.start).sort()[0];
  const last = share.phases
    .map((phase) => phase.end)
    .sort()
    .at(-1);
  const milestoned = deal.billing !== 'Time and Materials' && share.milestones.length > 0;
  compare(`job ${share.code}`, job.fields, {
    companyName: share.main ? deal.name : `${deal.name} (${share.entity})`,
    entityId: share.code,
    parent: customer.id,
    subsidiary,
    currency,
    startDate: share.main ? deal.start : first,
    projectedEndDate: share.main ? deal.end : last,
    jobBillingType: deal.billing === 'Time and Materials' ? 'TM' : milestoned ? 'FBM' : 'FBI',
  });
  for (const phase of share.phases) {
    const code = keyOf(share.code, phase.code);
    const parent = books.erpBy('projectTask', code);
    compare(`task ${code}`, parent.fields, { title: phase.name, project: job.id, startDate: phase.start, finishByDate: phase.end });
    for (const task of phase.tasks) {
      compare(`task ${code}/${task.code}`, books.erpBy('projectTask', keyOf(share.code, phase.code, task.code)).fields, {
        title: task.name,
        project: job.id,
        parent: parent.id,
        estimatedWork: task.hours,
        nonBillableTask: !task.billable,
      });
    }
  }
  if (milestoned) scheduleDifferences(share, books, job, compare);
}

/** Each line's percentage of the total must give back the milestone's amount to the last minor unit. */
function scheduleDifferences(share: Share, books: Books, job: StoredRecord, compare: Compare): void {
  const key = keyOf(share.code, 'BILLING');
  const schedule = books.erpBy('billingSchedule', key);
  compare(`job ${share.code}`, job.fields, { billingSchedule: schedule.id });
  const total = share.milestones.reduce((sum, milestone) => sum.plus(milestone.amount), new Decimal(0));
  const lines = schedule.lines['milestone'] ?? [];
  const percent = lines.reduce((sum, line) => sum.plus(Number(line.fields['milestoneAmount'])), new Decimal(0));
  compare(`schedule ${key}`, { lines: lines.length, percent: percent.toString() }, { lines: share.milestones.length, percent: '100' });
  share.milestones.forEach((milestone, index) => {
    const fields = lines[index]?.fields ?? {};
    const billed = total.times(Number(fields['milestoneAmount'])).div(100).toDecimalPlaces(decimalsOf(milestone.amount));
    const found = { date: fields['milestoneDate'], amount: billed.toNumber() };
    compare(`schedule ${key} ${milestone.code}`, found, { date: milestone.due, amount: milestone.amount });
  });
}

const decimalsOf = (amount: number) => new Decimal(amount).decimalPlaces();

/** parts of a currency's unit as Kantata counts them (ISO 4217) */
const unitsOf: Record<string, number> = { JPY: 1, KWD: 1000 };
const minor = (amount: number, currency: string) => new Decimal(amount).times(unitsOf[currency] ?? 100).toNumber();

function psaDifferences(deal: Deal, share: Share, books: Books, compare: Compare): void {
  const workspace = books.psaBy('workspaces', 'Workspace', 'project', share.code);
  const first = share.phases.map((phase) => phase.start).sort()[0];
  const last = share.phases
    .map((phase) => phase.end)
    .sort()
    .at(-1);
  compare(`workspace ${share.code}`, workspace, {
    title: `${share.code} · ${share.main ? deal.name : `${deal.name} (${share.entity})`}`,
    currency: share.currency,
    start_date: share.main ? deal.start : first,
    due_date: share.main ? deal.end : last,
  });
  const story = (model: string, ref: string): Row => books.psaBy('stories', 'Story', model, ref);
  for (const phase of share.phases) {
    const code = keyOf(share.code, phase.code);
    const parent = story('task', code);
    compare(`story ${code}`, parent, {
      title: `${keyOf(phase.code)} · ${phase.name}`,
      story_type: 'deliverable',
      workspace_id: workspace.id,
      start_date: phase.start,
      due_date: phase.end,
      ...(phase.budget === null ? {} : { budget_estimate_in_cents: minor(phase.budget, phase.currency ?? deal.currency) }),
    });
    for (const task of phase.tasks) {
      compare(`story ${code}/${task.code}`, story('task', keyOf(share.code, phase.code, task.code)), {
        title: `${keyOf(phase.code, task.code)} · ${task.name}`,
        parent_id: parent.id,
        billable: task.billable,
        time_estimate_in_minutes: Math.round(task.hours * 60),
      });
    }
  }
  for (const milestone of share.milestones) {
    compare(`milestone ${milestone.code}`, story('milestone', keyOf(share.code, milestone.code)), {
      title: `${milestone.code} · ${milestone.name}`,
      story_type: 'milestone',
      due_date: milestone.due,
      ...(share.currency === deal.currency ? { budget_estimate_in_cents: minor(milestone.amount, deal.currency) } : {}),
    });
  }
}

function demandDifferences(deal: Deal, books: Books, compare: Compare): void {
  for (const need of deal.needs) {
    const phase = deal.phases.find(({ code }) => code === need.phase);
    const share = sharesOf(deal).find(({ phases, main }) => (phase ? phases.includes(phase) : main)) as Share;
    const code = `${keyOf(share.code)}/${keyOf(need.code).replaceAll('#', '%23')}`;
    const workspace = books.psaBy('workspaces', 'Workspace', 'project', share.code).id;
    const heads = books
      .psa('external_references')
      .filter((row) => row['service_model'] === 'staffing' && String(row['service_model_ref']).startsWith(storedReference(code)))
      .map((row) => books.psa('workspace_resources').find(({ id }) => id === String(row['subject_id'])) as Row)
      .filter((row) => row['workspace_id'] === workspace);
    const ids = heads.map(({ id }) => id);
    const allocations = books.psa('workspace_allocations').filter((row) => ids.includes(String(row['workspace_resource_id'])));
    const roles = books.psa('roles');
    const skills = books.psa('workspace_resource_skills').filter((row) => ids.includes(String(row['workspace_resource_id'])));
    const nameOf = (skill: Row) => books.psa('skills').find(({ id }) => id === String(skill['skill_id']))?.['name'];
    compare(
      `demand ${code}`,
      {
        heads: heads.length,
        roles: [...new Set(heads.map((row) => roles.find(({ id }) => id === row['role_id'])?.['name']))],
        minutes: allocations.reduce((sum, row) => sum + Number(row['minutes'] ?? 0), 0),
        dates: [...new Set(allocations.map((row) => `${row['start_date']} ${row['end_date']}`))],
        skills: skills.map(nameOf).sort(),
      },
      {
        heads: need.heads,
        roles: [need.role],
        minutes: need.hours * 60,
        dates: [`${need.start} ${need.end}`],
        skills: Array.from({ length: need.heads }, () => need.skills ?? [])
          .flat()
          .sort(),
      },
    );
  }
}
