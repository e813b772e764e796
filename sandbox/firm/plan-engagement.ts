import { addDays, type CalendarDate } from './calendar-date.ts';
import { clientAccount } from './client-accounts.ts';
import type { Deal } from './deals.ts';
import { type Engagement, hourly, type Milestone, type Phase, type RateLine, rateFor, type StaffingNeed } from './engagement.ts';
import { legalEntity } from './legal-entities.ts';
import { decimals, type MinorUnits, splitByWeight } from './minor-units.ts';
import type { Person } from './people.ts';
import { phaseTemplate } from './phase-templates.ts';
import type { Random } from './random.ts';
import { hourlyRate, ROLES, role } from './roles.ts';
import { SPOIL } from './spoil-deal.ts';

export interface PlanContext {
  code: string;
  /** Monday of the business day's week */
  week0: CalendarDate;
  people: readonly Person[];
  random: Random;
}

/** Turns one row of the deal table into a full engagement that keeps the firm's rules, then spoils it if the row says so. */
export function planEngagement(deal: Deal, context: PlanContext): Engagement {
  const { random, week0 } = context;
  const account = clientAccount(deal.account);
  const currency = account.currency;
  const rates = agreeRates(deal, currency);
  const base: Engagement = {
    code: context.code,
    name: `${account.name} – ${deal.name}`,
    account: deal.account,
    standing: deal.standing,
    stage: deal.stage,
    closeDate: closeDate(deal, context),
    legalEntity: deal.entity,
    currency,
    billing: deal.billing,
    amount: 0,
    contractStart: deal.phases.length === 0 ? null : addDays(week0, 7 * Math.min(...deal.phases.map(([, , from]) => from))),
    contractEnd:
      deal.phases.length === 0 ? null : addDays(week0, 7 * Math.max(...deal.phases.map(([, , from, weeks]) => from + weeks)) - 1),
    paymentTerms: account.paymentTerms,
    poNumber: deal.stage === 'Closed Won' ? `PO-${random.between(100_000, 999_999)}` : null,
    deliveryManager: deliveryManager(deal, context),
    assumptions: `Client provides access and decisions within five working days. Scope: ${deal.name.toLowerCase()}.`,
    phases: [],
    milestones: [],
    needs: [],
    rates,
  };
  const needs = deal.phases.flatMap((row, index) => staffPhase(row, index, context));
  needs.forEach((need, index) => {
    need.code = `N${index + 1}`;
  });
  const worth = deal.phases.map((_row, index) => priceOf(needs, index, { ...base, rates }));
  const amount = deal.phases.length === 0 ? estimate(currency, random) : agreeAmount(deal, worth, currency, random);
  const budgets = deal.phases.length === 0 ? [] : splitByWeight(amount, worth);
  const phases = deal.phases.map((row, index) => layOutPhase(row, index, budgets[index] as MinorUnits, needs, week0));
  // those of running work are filled: nobody is asked for them any more
  const full = { ...base, amount, phases, needs: deal.standing === 'running' ? [] : needs };
  const planned = { ...full, milestones: billingPlan(full) };
  return deal.defect ? SPOIL[deal.defect](planned) : planned;
}

function closeDate(deal: Deal, { week0, random }: PlanContext): CalendarDate {
  const first = Math.min(...deal.phases.map(([, , from]) => from), 12);
  if (deal.standing === 'running') return addDays(week0, 7 * first - random.between(10, 24));
  if (deal.standing === 'broken' || deal.stage === 'Closed Lost') return addDays(week0, -random.between(2, 5));
  return addDays(week0, 7 * Math.max(1, first) - random.between(1, 6));
}

function deliveryManager(deal: Deal, { people, random }: PlanContext): string {
  return random.pick(people.filter((person) => person.legalEntity === deal.entity && person.role === 'Engagement Manager')).email;
}

function agreeRates(deal: Deal, currency: string): RateLine[] {
  const home = legalEntity(deal.entity).region;
  const abroad = [...new Set(deal.phases.map(([, entity]) => legalEntity(entity).region))].filter((region) => region !== home);
  const line = (roleName: string, region: string, only: string | null): RateLine => {
    const rate = hourlyRate(roleName, region, currency);
    return { role: roleName, region: only, rate: deal.dayRates ? rate * 8 : rate, unit: deal.dayRates ? 'Day' : 'Hour' };
  };
  if (deal.phases.length === 0) return [];
  return ROLES.flatMap(({ name }) => [line(name, home, null), ...abroad.map((region) => line(name, region, region))]);
}

function staffPhase([template, entity, from, weeks]: Deal['phases'][number], index: number, context: PlanContext): StaffingNeed[] {
  return phaseTemplate(template).staff.map((staff) => ({
    code: '',
    phase: `P${index + 1}`,
    role: staff.role,
    skills: context.random.shuffled(role(staff.role).skills).slice(0, 2).sort(),
    region: legalEntity(entity).region,
    start: addDays(context.week0, 7 * from),
    end: addDays(context.week0, 7 * (from + weeks) - 3),
    effortMinutes: staff.hoursPerWeek * weeks * 60,
    headcount: staff.headcount,
  }));
}

function priceOf(needs: StaffingNeed[], index: number, deal: Engagement): MinorUnits {
  return needs
    .filter((need) => need.phase === `P${index + 1}`)
    .reduce((sum, need) => sum + (need.effortMinutes / 60) * hourly(rateFor(deal, need.role, need.region) as RateLine), 0);
}

function agreeAmount(deal: Deal, worth: MinorUnits[], currency: string, random: Random): MinorUnits {
  const effort = worth.reduce((sum, part) => sum + part, 0);
  if (deal.billing !== 'Fixed Price') return effort;
  const odd = decimals(currency) === 0 ? random.between(1, 9) * 1000 : random.between(1, 9_999);
  return Math.floor((effort * (100 + (deal.markup ?? 0))) / 100) + odd;
}

/** early deals carry a guess, in round thousands */
function estimate(currency: string, random: Random): MinorUnits {
  return random.between(40, 400) * 1000 * (decimals(currency) === 0 ? 160 : 100);
}

function layOutPhase(
  [template, entity, from, weeks]: Deal['phases'][number],
  index: number,
  budget: MinorUnits,
  needs: StaffingNeed[],
  week0: CalendarDate,
): Phase {
  const { name, tasks } = phaseTemplate(template);
  const { country } = legalEntity(entity);
  const minutes = needs.filter((need) => need.phase === `P${index + 1}`).reduce((sum, need) => sum + need.effortMinutes, 0);
  const shares = splitByWeight(
    minutes / 15,
    tasks.map((task) => task.weight),
  );
  return {
    code: `P${index + 1}`,
    name: template === 'rollout' ? `${name} ${country}` : name,
    sequence: index + 1,
    start: addDays(week0, 7 * from),
    end: addDays(week0, 7 * (from + weeks) - 3),
    country,
    legalEntity: entity,
    budget,
    tasks: tasks.map((task, at) => ({
      code: `T${at + 1}`,
      name: task.name,
      sequence: at + 1,
      plannedMinutes: (shares[at] as number) * 15,
      billable: task.billable,
    })),
  };
}

/** Fixed price: a fifth on signing, the rest at the end of the phases. Retainer: equal parts every four weeks. Otherwise none. */
function billingPlan(deal: Engagement): Milestone[] {
  const first = deal.phases[0];
  if (!first || !deal.contractStart || !deal.contractEnd || deal.billing === 'Time and Materials') return [];
  const rows =
    deal.billing === 'Fixed Price'
      ? [
          { name: 'Contract signed', phase: first.code, due: deal.contractStart, weight: deal.amount / 4 },
          ...deal.phases.map((phase) => ({ name: `${phase.name} accepted`, phase: phase.code, due: phase.end, weight: phase.budget })),
        ]
      : retainerDates(deal.contractStart, deal.contractEnd).map((due, index) => ({
          name: `Retainer ${index + 1}`,
          phase: first.code,
          due,
          weight: 1,
        }));
  const amounts = splitByWeight(
    deal.amount,
    rows.map((row) => Math.floor(row.weight)),
  );
  return rows.map(({ name, phase, due }, index) => ({ code: `M${index + 1}`, name, phase, due, amount: amounts[index] as MinorUnits }));
}

function retainerDates(start: CalendarDate, end: CalendarDate): CalendarDate[] {
  const dates: CalendarDate[] = [];
  for (let due = addDays(start, 27); due <= end; due = addDays(due, 28)) dates.push(due);
  return dates;
}
