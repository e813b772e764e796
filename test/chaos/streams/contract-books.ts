import { keyOfErpId } from '../../../sandbox/netsuite/firm/erp-ids.ts';
import type { Sandbox } from '../../../sandbox/server.ts';
import type { Deal } from '../../system/deal.ts';

type Row = Record<string, unknown>;

/** What a deal is in ERP and PSA, and what it must be there, as lines that are compared: a phase of which nothing is left is over. */
export interface ContractBooks {
  erp: string[];
  psa: string[];
}

const money = (amount: unknown) => Number(amount).toFixed(2);
const noted = (text: unknown): string => /^Amendment \d+(?=, effective)/m.exec(String(text ?? ''))?.[0] ?? 'as it was signed';

/** @param former what was agreed before, and is over where the deal has it no more */
export function contractAsAgreed(deal: Deal, former: Deal, mark: string | undefined): ContractBooks {
  const over = former.phases.filter(({ code }) => !deal.phases.some((phase) => phase.code === code));
  const pastNeeds = former.needs.filter(({ code }) => !deal.needs.some((need) => need.code === code));
  const pastMilestones = former.milestones.filter(({ code }) => !deal.milestones.some((one) => one.code === code));
  const says = `${deal.start} to ${deal.end}, ${money(deal.amount)}, ${mark ?? 'as it was signed'}`;
  return {
    erp: [
      says,
      ...deal.phases.flatMap(({ code, name, start, end, tasks }) => [
        `${code} ${name} ${start} to ${end}`,
        ...tasks.map((task) => `${code}/${task.code} ${task.name} ${start} to ${end}, ${task.hours} h`),
      ]),
      ...over.flatMap(({ code, tasks }) => [`${code} over`, ...tasks.map((task) => `${code}/${task.code} over`)]),
      ...deal.milestones.map((one) => `bills ${one.code} ${one.name} (${deal.code}/${one.phase}): ${money(one.amount)} EUR on ${one.due}`),
    ].sort(),
    psa: [
      says,
      ...deal.phases.flatMap(({ code, name, start, end, budget, tasks }) => [
        `${code} · ${name} ${start} to ${end}, ${money(budget)}`,
        ...tasks.map((task) => `${code}/${task.code} · ${task.name}, ${task.hours} h`),
      ]),
      ...over.flatMap(({ code, name, tasks }) => [
        `${code} · ${name} over`,
        ...tasks.map((task) => `${code}/${task.code} · ${task.name} over`),
      ]),
      ...deal.milestones.map((one) => `${one.code} · ${one.name} on ${one.due}, ${money(one.amount)}`),
      ...pastMilestones.map((one) => `${one.code} · ${one.name} over`),
      ...deal.needs.map(({ code, start, end, hours }) => `${code} is asked for, ${start} to ${end}, ${hours} h`),
      ...pastNeeds.map(({ code }) => `${code} is asked for no more`),
    ].sort(),
  };
}

/** Records of all deals, looked for once. */
export function contractsHeld({ netsuite, kantata }: Sandbox): (code: string) => ContractBooks {
  const erp = (type: string) =>
    Object.values(netsuite.state.records[type] ?? {}).map(({ externalId = '', ...record }) => ({ ...record, key: keyOfErpId(externalId) }));
  const ofProject = ({ key }: { key: string }) => key.split('/')[0]!;
  const jobs = Map.groupBy(erp('job'), ofProject);
  const tasks = Map.groupBy(erp('projectTask'), ofProject);
  const schedules = Map.groupBy(erp('billingSchedule'), ofProject);
  const rows = (type: string): Row[] => Object.values(kantata.state.rows[type] ?? {});
  const workspaces = Map.groupBy(rows('workspaces'), (row) => String(row['title']).split(' ')[0]!);
  const stories = Map.groupBy(rows('stories'), (row) => String(row['workspace_id']));
  const allocations = Map.groupBy(rows('workspace_allocations'), (row) => String(row['workspace_id']));
  const asked = new Set(rows('resource_requests').flatMap((row) => (row['status'] === 'new' ? String(row['resource_id']) : [])));
  return (code) => {
    const inPsa = workspaces.get(code) ?? [];
    const own = <One>(all: Map<string, One[]>) => inPsa.flatMap((row) => all.get(String(row['id'])) ?? []);
    return {
      erp: [
        ...(jobs.get(code) ?? []).map(
          ({ fields }) =>
            `${String(fields['startDate'])} to ${String(fields['projectedEndDate'])}, ${money(fields['jobPrice'])}, ${noted(fields['comments'])}`,
        ),
        ...(tasks.get(code) ?? []).map(({ key, fields }) => taskSaid(key.slice(code.length + 1), fields)),
        ...(schedules.get(code) ?? []).flatMap(({ lines }) =>
          (lines['milestone'] ?? []).map(({ fields }) => `bills ${String(fields['comments'])} on ${String(fields['milestoneDate'])}`),
        ),
      ].sort(),
      psa: [
        ...inPsa.map((row) => {
          const [, amount] = /^Contract amount: (\S+) EUR$/m.exec(String(row['description'])) ?? [];
          return `${String(row['start_date'])} to ${String(row['due_date'])}, ${money(amount)}, ${noted(row['description'])}`;
        }),
        ...own(stories).map(storySaid),
        ...own(allocations).map((row) => allocationSaid(row, asked)),
      ].sort(),
    };
  };
}

function taskSaid(key: string, fields: Row): string {
  if (fields['status'] === 'COMPLETE') return `${key} over`;
  const hours = fields['estimatedWork'] === undefined ? '' : `, ${Number(fields['estimatedWork'])} h`;
  return `${key} ${String(fields['title'])} ${String(fields['startDate'])} to ${String(fields['finishByDate'])}${hours}`;
}

function storySaid(row: Row): string {
  const title = String(row['title']);
  if (row['archived'] === true) return `${title} over`;
  const budget = money(Number(row['budget_estimate_in_cents']) / 100);
  if (row['story_type'] === 'task') return `${title}, ${Number(row['time_estimate_in_minutes']) / 60} h`;
  if (row['story_type'] === 'milestone') return `${title} on ${String(row['due_date'])}, ${budget}`;
  return `${title} ${String(row['start_date'])} to ${String(row['due_date'])}, ${budget}`;
}

function allocationSaid(row: Row, asked: ReadonlySet<string>): string {
  const [, code] = /^Staffing demand [^/ ]+\/(\S+)/.exec(String(row['notes'])) ?? [];
  const isAsked = asked.has(String(row['workspace_resource_id']));
  if (Number(row['minutes']) === 0 && !isAsked) return `${code} is asked for no more`;
  return `${code} is ${isAsked ? '' : 'not '}asked for, ${String(row['start_date'])} to ${String(row['end_date'])}, ${Number(row['minutes']) / 60} h`;
}
