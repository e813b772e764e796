import { addDays, type CalendarDate } from './calendar-date.ts';
import type { Issue } from './failure.ts';
import { inWords, phrase } from './failure-words.ts';
import { foldedName } from './folded-name.ts';
import { equalMoney } from './money.ts';
import type { DatedRate, Engagement, RateCard } from './types.generated.ts';

/** Who or what a rate is for. */
export interface RateFor {
  role: string;
  grade?: string | undefined;
  region?: string | undefined;
}

const same = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined ? one === other : foldedName(one) === foldedName(other);

/** The last day that a calendar date can name: a rate without an end has it. */
const open: CalendarDate = '9999-12-31';
const untilOf = ({ validUntil = open }: DatedRate) => validUntil;

/**
 * The rate that a card says for a day: the region's own line before that of every region, and the grade's own before that of every grade. Nothing for a
 * day that no line holds on: the nearest rate is another one. A rate of 0 is a rate.
 */
export function rateOn({ lines }: RateCard, { role, grade, region }: RateFor, day: CalendarDate): DatedRate | undefined {
  const held = lines.filter((line) => same(line.role, role) && line.validFrom <= day && day <= untilOf(line));
  for (const [ofRegion, ofGrade] of [
    [region, grade],
    [region, undefined],
    [undefined, grade],
    [undefined, undefined],
  ]) {
    const found = held.find((line) => same(line.region, ofRegion) && same(line.grade, ofGrade));
    if (found) return found;
  }
  return undefined;
}

/** What is wrong with a rate card whose values are right: another currency, days in the wrong order, days with two rates or, between two, with none. */
export function rateCardIssues({ currency, lines }: RateCard): Issue[] {
  if (lines.length === 0) return [{ field: 'lines', ...inWords('RATE_CARD_EMPTY') }];
  const issues: Issue[] = [];
  const spans = new Map<string, { line: DatedRate; index: number }[]>();
  for (const [index, line] of lines.entries()) {
    const { rate, role, grade, region, validFrom, validUntil } = line;
    if (rate.currency !== currency)
      issues.push({
        field: `lines[${index}].rate`,
        value: rate.currency,
        ...inWords('RATE_CARD_CURRENCY', { role, currency: rate.currency, card: currency }),
      });
    if (validUntil !== undefined && validUntil < validFrom) {
      issues.push({
        field: `lines[${index}].validUntil`,
        value: validUntil,
        ...inWords('RATE_CARD_SPAN', { role, from: validFrom, to: validUntil }),
      });
      continue;
    }
    const key = JSON.stringify([role, grade, region].map((part) => (part === undefined ? null : foldedName(part))));
    spans.set(key, [...(spans.get(key) ?? []), { line, index }]);
  }
  for (const group of spans.values()) {
    const sorted = group.toSorted((a, b) => (a.line.validFrom < b.line.validFrom ? -1 : 1));
    for (const [place, { line, index }] of sorted.entries()) {
      const before = sorted[place - 1]?.line;
      if (!before) continue;
      const until = untilOf(before);
      const at = { field: `lines[${index}].validFrom`, value: line.validFrom };
      if (line.validFrom <= until) issues.push({ ...at, ...inWords('RATE_CARD_OVERLAP', { role: line.role, day: line.validFrom }) });
      else if (line.validFrom !== addDays(until, 1))
        issues.push({ ...at, ...inWords('RATE_CARD_GAP', { role: line.role, from: addDays(until, 1), to: addDays(line.validFrom, -1) }) });
    }
  }
  return issues;
}

const inUnits = ({ rate, unit }: Pick<DatedRate, 'rate' | 'unit'>) =>
  phrase('RATE_PER_UNIT', { rate: `${rate.amount} ${rate.currency}`, unit });

/** Which agreed rates of an engagement are not those of the card on a day, and whether the card holds for it at all. */
export function ratesOffCard(engagement: Engagement, card: RateCard, day: CalendarDate): Issue[] {
  const { legalEntity, account, code } = engagement;
  for (const [field, [of, here]] of Object.entries({
    legalEntity: [card.legalEntity, legalEntity],
    account: [card.account, account.code],
    engagement: [card.engagement, code],
  }))
    if (of !== undefined && of !== here)
      return [{ field: `rateCard.${field}`, value: of, ...inWords('RATE_CARD_OTHER', { card: card.code, of, here: here ?? '' }) }];
  return engagement.rateCard.flatMap((agreed, index): Issue[] => {
    const { role } = agreed;
    const due = rateOn(card, agreed, day);
    const at = { field: `rateCard[${index}].rate`, value: `${agreed.rate.amount} ${agreed.rate.currency} per ${agreed.unit}` };
    if (!due) return [{ ...at, ...inWords('RATE_OFF_CARD.none', { role, card: card.code, day }) }];
    // an hour's price and a day's are not compared: how long a day is, the card does not say
    if (due.unit === agreed.unit && equalMoney(due.rate, agreed.rate)) return [];
    return [{ ...at, ...inWords('RATE_OFF_CARD', { role, card: card.code, day, due: inUnits(due), agreed: inUnits(agreed) }) }];
  });
}
