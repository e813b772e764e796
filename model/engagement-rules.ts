import { codeSigns } from './code-signs.ts';
import { ExactDecimal } from './exact-decimal.ts';
import type { Issue } from './failure.ts';
import { foldedName } from './folded-name.ts';
import { equalMoney, sumMoney } from './money.ts';
import type { Engagement, RateCardLine } from './types.generated.ts';

/**
 * The rate that a role has in a region: the region's own line first, then the line for every region. Names are equal as people take them: a need in
 * `benelux` has the rate of `Benelux`, not the general one.
 */
export function rateOf(rateCard: RateCardLine[], role: string, region?: string): RateCardLine | undefined {
  const lines = rateCard.filter((line) => sameName(line.role, role));
  return lines.find((line) => line.region && sameName(line.region, region)) ?? lines.find((line) => !line.region);
}

const sameName = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined ? one === other : foldedName(one) === foldedName(other);

/** What is commercially wrong with an engagement whose shape is right. Each rule names field, value and remedy. */
export function engagementIssues(engagement: Engagement): Issue[] {
  return [
    ...codeSigns(engagement),
    ...contractPeriod(engagement),
    ...phases(engagement),
    ...currencies(engagement),
    ...milestones(engagement),
    ...rates(engagement),
    ...staffing(engagement),
  ];
}

function contractPeriod({ contract }: Engagement): Issue[] {
  if (contract.start <= contract.end) return [];
  return [
    {
      code: 'CONTRACT_PERIOD',
      field: 'contract.end',
      value: contract.end,
      message: `The contract ends (${contract.end}) before it starts (${contract.start}).`,
      remedy: 'Correct the contract dates of the opportunity.',
    },
  ];
}

function phases(engagement: Engagement): Issue[] {
  const issues: Issue[] = [];
  duplicates(engagement.phases.map((phase) => phase.code)).forEach((code) => {
    issues.push({
      code: 'PHASE_CODE_TWICE',
      field: 'phases',
      value: code,
      message: `Phase code ${code} is used twice.`,
      remedy: 'Give each phase its own code.',
    });
  });
  engagement.phases.forEach((phase, index) => {
    if (phase.start > phase.end) {
      issues.push({
        code: 'PHASE_PERIOD',
        field: `phases[${index}].end`,
        value: phase.end,
        message: `Phase ${phase.code} ends (${phase.end}) before it starts (${phase.start}).`,
        remedy: 'Correct the dates of the phase.',
      });
    }
    if (phase.start < engagement.contract.start || phase.end > engagement.contract.end) {
      issues.push({
        code: 'PHASE_OUTSIDE_CONTRACT',
        field: `phases[${index}]`,
        value: `${phase.start} – ${phase.end}`,
        message: `Phase ${phase.code} (${phase.start} – ${phase.end}) lies outside the contract (${engagement.contract.start} – ${engagement.contract.end}).`,
        remedy: 'Move the phase or extend the contract.',
      });
    }
    duplicates(phase.tasks.map((task) => task.code)).forEach((code) => {
      issues.push({
        code: 'TASK_CODE_TWICE',
        field: `phases[${index}].tasks`,
        value: code,
        message: `Task code ${code} is used twice in phase ${phase.code}.`,
        remedy: 'Give each task of the phase its own code.',
      });
    });
  });
  return issues;
}

/** One currency for the money of the contract; a delivering entity may plan in one other currency of its own. */
function currencies(engagement: Engagement): Issue[] {
  const issues: Issue[] = [];
  const foreign = (field: string, currency: string) =>
    issues.push({
      code: 'CURRENCY_MIXED',
      field,
      value: currency,
      message: `${field} is in ${currency}, the contract in ${engagement.currency}.`,
      remedy: 'State the contract in one currency.',
    });
  if (engagement.amount.currency !== engagement.currency) foreign('amount', engagement.amount.currency);
  engagement.milestones.forEach((milestone, index) => {
    if (milestone.amount.currency !== engagement.currency) foreign(`milestones[${index}].amount`, milestone.amount.currency);
  });
  const byEntity = Map.groupBy(
    engagement.phases.filter((phase) => phase.budget),
    (phase) => phase.legalEntity,
  );
  for (const [entity, phases] of byEntity) {
    const used = [...new Set(phases.map((phase) => phase.budget!.currency))];
    if (used.length > 1) {
      issues.push({
        code: 'ENTITY_CURRENCY_MIXED',
        field: 'phases',
        value: used.join(', '),
        message: `The phases of legal entity ${entity} are budgeted in ${used.join(' and ')}.`,
        remedy: 'Budget all phases of one legal entity in one currency.',
      });
    }
  }
  return issues;
}

function milestones(engagement: Engagement): Issue[] {
  const issues: Issue[] = [];
  duplicates(engagement.milestones.map((milestone) => milestone.code)).forEach((code) => {
    issues.push({
      code: 'MILESTONE_CODE_TWICE',
      field: 'milestones',
      value: code,
      message: `Milestone code ${code} is used twice.`,
      remedy: 'Give each milestone its own code.',
    });
  });
  engagement.milestones.forEach((milestone, index) => {
    if (milestone.phase && !engagement.phases.some((phase) => phase.code === milestone.phase)) {
      issues.push({
        code: 'MILESTONE_PHASE_UNKNOWN',
        field: `milestones[${index}].phase`,
        value: milestone.phase,
        message: `Milestone ${milestone.code} belongs to phase ${milestone.phase}, which the engagement does not have.`,
        remedy: 'Correct the phase code of the milestone.',
      });
    }
  });
  if (issues.length > 0 || engagement.billing.type !== 'fixed-price') return issues;
  if (engagement.milestones.some((milestone) => milestone.amount.currency !== engagement.currency)) return issues;
  const sum = sumMoney(
    engagement.milestones.map((milestone) => milestone.amount),
    engagement.currency,
  );
  if (equalMoney(sum, engagement.amount)) return issues;
  const difference = new ExactDecimal(engagement.amount.amount).minus(sum.amount).toFixed();
  return [
    {
      code: 'MILESTONE_SUM',
      field: 'milestones',
      value: `${sum.amount} ${sum.currency}`,
      message: `The milestones add up to ${sum.amount} ${sum.currency}, the amount of the deal is ${engagement.amount.amount} ${engagement.amount.currency} (difference ${difference}).`,
      remedy: 'Correct the milestone amounts or the amount of the opportunity until both are equal.',
    },
  ];
}

/** Of two lines for one role and region the first would count, and nobody would see that another rate was agreed, too. */
function rates({ rateCard }: Engagement): Issue[] {
  return rateCard.flatMap((line, index) => {
    const first = rateCard.find(({ role, region }) => sameName(role, line.role) && sameName(region, line.region)) ?? line;
    if (equalMoney(first.rate, line.rate) && first.unit === line.unit) return [];
    const said = ({ rate, unit }: RateCardLine) => `${rate.amount} ${rate.currency} per ${unit}`;
    return [
      {
        code: 'RATE_TWICE',
        field: `rateCard[${index}].rate`,
        value: said(line),
        message: `The rate card has two rates for ${line.role}${line.region ? ` in ${line.region}` : ''}: ${said(first)} and ${said(line)}.`,
        remedy: 'Leave one of the two lines on the rate card of the opportunity.',
      },
    ];
  });
}

function staffing(engagement: Engagement): Issue[] {
  const issues: Issue[] = [];
  duplicates(engagement.staffing.map((need) => need.code)).forEach((code) => {
    issues.push({
      code: 'STAFFING_CODE_TWICE',
      field: 'staffing',
      value: code,
      message: `Staffing need ${code} is listed twice.`,
      remedy: 'Give each staffing need its own code.',
    });
  });
  engagement.staffing.forEach((need, index) => {
    if (need.start > need.end) {
      issues.push({
        code: 'STAFFING_PERIOD',
        field: `staffing[${index}].end`,
        value: need.end,
        message: `Staffing need ${need.code} ends (${need.end}) before it starts (${need.start}).`,
        remedy: 'Correct the dates of the staffing need.',
      });
    }
    if (need.phase && !engagement.phases.some((phase) => phase.code === need.phase)) {
      issues.push({
        code: 'STAFFING_PHASE_UNKNOWN',
        field: `staffing[${index}].phase`,
        value: need.phase,
        message: `Staffing need ${need.code} belongs to phase ${need.phase}, which the engagement does not have.`,
        remedy: 'Correct the phase code of the staffing need.',
      });
    }
    if (!rateOf(engagement.rateCard, need.role, need.region)) {
      issues.push({
        code: 'ROLE_WITHOUT_RATE',
        field: `staffing[${index}].role`,
        value: need.role,
        message: `Role ${need.role}${need.region ? ` in ${need.region}` : ''} has no rate on the rate card.`,
        remedy: `Add ${need.role} to the rate card of the opportunity, or correct the role.`,
      });
    }
  });
  return issues;
}

function duplicates(codes: string[]): string[] {
  return [...new Set(codes.filter((code, index) => codes.indexOf(code) !== index))];
}
