import { codeSigns } from './code-signs.ts';
import { ExactDecimal } from './exact-decimal.ts';
import type { Issue } from './failure.ts';
import { inWords, phrase } from './failure-words.ts';
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
      field: 'contract.end',
      value: contract.end,
      ...inWords('CONTRACT_PERIOD', { end: contract.end, start: contract.start }),
    },
  ];
}

function phases(engagement: Engagement): Issue[] {
  const issues: Issue[] = [];
  duplicates(engagement.phases.map((phase) => phase.code)).forEach((code) => {
    issues.push({
      field: 'phases',
      value: code,
      ...inWords('PHASE_CODE_TWICE', { code }),
    });
  });
  engagement.phases.forEach((phase, index) => {
    if (phase.start > phase.end) {
      issues.push({
        field: `phases[${index}].end`,
        value: phase.end,
        ...inWords('PHASE_PERIOD', { phase: phase.code, end: phase.end, start: phase.start }),
      });
    }
    if (phase.start < engagement.contract.start || phase.end > engagement.contract.end) {
      issues.push({
        field: `phases[${index}]`,
        value: `${phase.start} – ${phase.end}`,
        ...inWords('PHASE_OUTSIDE_CONTRACT', {
          phase: phase.code,
          start: phase.start,
          end: phase.end,
          from: engagement.contract.start,
          to: engagement.contract.end,
        }),
      });
    }
    duplicates(phase.tasks.map((task) => task.code)).forEach((code) => {
      issues.push({
        field: `phases[${index}].tasks`,
        value: code,
        ...inWords('TASK_CODE_TWICE', { code, phase: phase.code }),
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
      field,
      value: currency,
      ...inWords('CURRENCY_MIXED', { field, currency, contract: engagement.currency }),
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
        field: 'phases',
        value: used.join(', '),
        ...inWords('ENTITY_CURRENCY_MIXED', { entity, currencies: { join: 'LIST_AND', parts: used } }),
      });
    }
  }
  return issues;
}

function milestones(engagement: Engagement): Issue[] {
  const issues: Issue[] = [];
  duplicates(engagement.milestones.map((milestone) => milestone.code)).forEach((code) => {
    issues.push({
      field: 'milestones',
      value: code,
      ...inWords('MILESTONE_CODE_TWICE', { code }),
    });
  });
  engagement.milestones.forEach((milestone, index) => {
    if (milestone.phase && !engagement.phases.some((phase) => phase.code === milestone.phase)) {
      issues.push({
        field: `milestones[${index}].phase`,
        value: milestone.phase,
        ...inWords('MILESTONE_PHASE_UNKNOWN', { milestone: milestone.code, phase: milestone.phase }),
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
      field: 'milestones',
      value: `${sum.amount} ${sum.currency}`,
      ...inWords('MILESTONE_SUM', {
        sum: `${sum.amount} ${sum.currency}`,
        amount: `${engagement.amount.amount} ${engagement.amount.currency}`,
        difference,
      }),
    },
  ];
}

const inUnits = ({ rate, unit }: RateCardLine) => phrase('RATE_PER_UNIT', { rate: `${rate.amount} ${rate.currency}`, unit });

/** Of two lines for one role and region the first would count, and nobody would see that another rate was agreed, too. */
function rates({ rateCard }: Engagement): Issue[] {
  return rateCard.flatMap((line, index) => {
    const first = rateCard.find(({ role, region }) => sameName(role, line.role) && sameName(region, line.region)) ?? line;
    if (equalMoney(first.rate, line.rate) && first.unit === line.unit) return [];
    return [
      {
        field: `rateCard[${index}].rate`,
        value: `${line.rate.amount} ${line.rate.currency} per ${line.unit}`,
        ...(line.region
          ? inWords('RATE_TWICE.region', { role: line.role, region: line.region, first: inUnits(first), second: inUnits(line) })
          : inWords('RATE_TWICE', { role: line.role, first: inUnits(first), second: inUnits(line) })),
      },
    ];
  });
}

function staffing(engagement: Engagement): Issue[] {
  const issues: Issue[] = [];
  duplicates(engagement.staffing.map((need) => need.code)).forEach((code) => {
    issues.push({
      field: 'staffing',
      value: code,
      ...inWords('STAFFING_CODE_TWICE', { code }),
    });
  });
  engagement.staffing.forEach((need, index) => {
    if (need.start > need.end) {
      issues.push({
        field: `staffing[${index}].end`,
        value: need.end,
        ...inWords('STAFFING_PERIOD', { need: need.code, end: need.end, start: need.start }),
      });
    }
    if (need.phase && !engagement.phases.some((phase) => phase.code === need.phase)) {
      issues.push({
        field: `staffing[${index}].phase`,
        value: need.phase,
        ...inWords('STAFFING_PHASE_UNKNOWN', { need: need.code, phase: need.phase }),
      });
    }
    if (!rateOf(engagement.rateCard, need.role, need.region)) {
      issues.push({
        field: `staffing[${index}].role`,
        value: need.role,
        ...(need.region
          ? inWords('ROLE_WITHOUT_RATE.region', { role: need.role, region: need.region })
          : inWords('ROLE_WITHOUT_RATE', { role: need.role })),
      });
    }
  });
  return issues;
}

function duplicates(codes: string[]): string[] {
  return [...new Set(codes.filter((code, index) => codes.indexOf(code) !== index))];
}
