import { billingLines } from './billing-lines.ts';
import { signIssues } from './code-signs.ts';
import { ExactDecimal } from './exact-decimal.ts';
import { exactMoney } from './exact-money.ts';
import type { Issue } from './failure.ts';
import { inWords } from './failure-words.ts';
import { foldedName } from './folded-name.ts';
import { equalMoney, isZero, type Money, sumMoney } from './money.ts';
import type { BillingSchedule } from './types.generated.ts';

type Part = 'amount' | 'lines' | 'retainer' | 'cap';

/** What each way of billing needs, and what besides it may have. */
const partsOf: Record<BillingSchedule['type'], { needs: readonly Part[]; may: readonly Part[] }> = {
  milestones: { needs: ['amount', 'lines'], may: [] },
  instalments: { needs: ['amount', 'lines'], may: [] },
  retainer: { needs: ['retainer'], may: ['amount'] },
  'time-and-materials': { needs: [], may: ['cap'] },
};

const allParts: readonly Part[] = ['amount', 'lines', 'retainer', 'cap'];

/** What is commercially wrong with a billing schedule whose shape is right. Each rule names field, value and remedy. */
export function billingScheduleIssues(schedule: BillingSchedule): Issue[] {
  const { project, legalEntity, lines = [] } = schedule;
  const codes: [string, string][] = lines.map(({ code }, index) => [`lines[${index}].code`, code]);
  const signs = signIssues([['project', project], ['legalEntity', legalEntity], ...codes]);
  const issues = [...signs, ...parts(schedule), ...currencies(schedule)];
  // amounts that are not there, or not of one currency, are not added up
  if (issues.length > 0) return issues;
  return [...amountIssues(schedule), ...names(schedule)];
}

function parts(schedule: BillingSchedule): Issue[] {
  const { needs, may } = partsOf[schedule.type];
  const { type } = schedule;
  return allParts.flatMap((part): Issue[] => {
    const given = schedule[part];
    const has = given !== undefined;
    if (needs.includes(part) && (!has || (Array.isArray(given) && given.length === 0)))
      return [{ field: part, ...inWords('SCHEDULE_PART_MISSING', { part, type }) }];
    if (has && !needs.includes(part) && !may.includes(part))
      return [{ field: part, value: type, ...inWords('SCHEDULE_PART_UNUSED', { part, type }) }];
    return [];
  });
}

function currencies({ currency, amount, cap, retainer, lines = [] }: BillingSchedule): Issue[] {
  const all: [string, Money | undefined][] = [
    ['amount', amount],
    ['cap', cap],
    ['retainer.amount', retainer?.amount],
    ...lines.map((line, index): [string, Money | undefined] => [`lines[${index}].amount`, line.amount]),
  ];
  return all.flatMap(([field, one]) =>
    one && one.currency !== currency
      ? [{ field, value: one.currency, ...inWords('SCHEDULE_CURRENCY', { field, other: one.currency, currency }) }]
      : [],
  );
}

function amountIssues(schedule: BillingSchedule): Issue[] {
  const { lines = [], amount, cap, retainer } = schedule;
  const shares = lines.flatMap(({ code, amount: own, percent }, index): Issue[] => {
    const field = `lines[${index}]`;
    if ((own === undefined) === (percent === undefined)) return [{ field, value: code, ...inWords('SCHEDULE_LINE_SHARE', { line: code }) }];
    if ((percent === undefined) !== (lines[0]?.percent === undefined))
      return [{ field, value: code, ...inWords('SCHEDULE_LINE_SHARE.mixed', { line: code }) }];
    return [];
  });
  if (shares.length > 0) return shares;
  const sum = sumIssues(schedule);
  if (sum.length > 0) return sum;
  const zero = (field: string, one: Money | undefined, what: string): Issue[] =>
    one && isZero(one) ? [{ field, value: `${one.amount} ${one.currency}`, ...inWords('SCHEDULE_ZERO', { what }) }] : [];
  return [
    ...(lines.length > 0
      ? billingLines(schedule).flatMap((line, index) => zero(`lines[${index}].amount`, line.amount, line.code))
      : [...zero('amount', amount, 'amount'), ...zero('cap', cap, 'cap'), ...zero('retainer.amount', retainer?.amount, 'retainer')]),
  ];
}

/** Milestones that are not the amount of the contract bill something else than was agreed. */
function sumIssues(schedule: BillingSchedule): Issue[] {
  const { lines = [], amount, retainer, currency } = schedule;
  if (lines.length > 0 && lines.every(({ percent }) => percent !== undefined)) {
    const percent = lines.reduce((sum, line) => sum.plus(line.percent ?? 0), new ExactDecimal(0));
    if (percent.equals(100)) return [];
    return [{ field: 'lines', value: `${percent.toFixed()} %`, ...inWords('SCHEDULE_PERCENT_SUM', { sum: percent.toFixed() }) }];
  }
  const field = retainer ? 'retainer' : 'lines';
  const billed = retainer
    ? retainedIn(retainer)
    : sumMoney(
        lines.flatMap((line) => (line.amount ? [line.amount] : [])),
        currency,
      );
  if (!amount || equalMoney(billed, amount)) return [];
  const sum = `${billed.amount} ${billed.currency}`;
  const difference = new ExactDecimal(amount.amount).minus(billed.amount).toFixed();
  return [{ field, value: sum, ...inWords('SCHEDULE_SUM', { sum, amount: `${amount.amount} ${amount.currency}`, difference }) }];
}

const retainedIn = ({ amount, periods }: NonNullable<BillingSchedule['retainer']>): Money =>
  exactMoney(new ExactDecimal(amount.amount).times(periods), amount.currency);

/** Of two lines of one name nobody could say which of them was reached. */
function names({ lines = [] }: BillingSchedule): Issue[] {
  return lines.flatMap((line, index): Issue[] => {
    const before = lines.slice(0, index);
    const { code, name } = line;
    if (before.some((one) => foldedName(one.code) === foldedName(code)))
      return [{ field: `lines[${index}].code`, value: code, ...inWords('SCHEDULE_CODE_TWICE', { code }) }];
    const same = before.find((one) => foldedName(one.name) === foldedName(name));
    return same
      ? [{ field: `lines[${index}].name`, value: name, ...inWords('SCHEDULE_NAME_TWICE', { name, one: same.code, other: code }) }]
      : [];
  });
}
