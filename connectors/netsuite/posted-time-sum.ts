import { exactMoney, exactSum } from '../../model/exact-money.ts';
import { phrase } from '../../model/failure-words.ts';
import type { Money } from '../../model/money.ts';
import type { PostedTimeSum, TimeFact, TimeOfProjectAsked } from '../../model/operations.ts';
import { unreadableRow } from './posted-time-list/unreadable-row.ts';
import { timeFact, timeQuery, unreadableTime } from './records/posted-time-facts.ts';
import { projectAsked } from './records/project-there.ts';
import type { ReferenceData } from './records/reference-data.ts';
import { rowsById } from './wire/rows-by-id.ts';
import { literal, type SuiteQl, unexpectedAnswer } from './wire/suiteql.ts';
import type { NetSuiteApi } from './wire.ts';

/** Approval statuses of NetSuite: open, pending approval, approved, rejected. An account without approvals shows none. */
const statuses = ['1', '2', '3', '4', undefined];

/**
 * All actual time on a project, page after page: planned and allocated time are kept in the same table. What was rejected is no time of the project, and is
 * told beside it.
 */
export async function sumPostedTime(
  parts: { api: NetSuiteApi; suiteQl: SuiteQl; references: ReferenceData },
  asked: TimeOfProjectAsked,
  signal: AbortSignal,
): Promise<PostedTimeSum> {
  const { project: key, legalEntity } = asked;
  const project = await projectAsked(parts, asked, signal);
  if (!project) return { key, found: false, legalEntity };
  const [all, rejected] = [new Sum(), new Sum()];
  const days = new Map<string, Sum>();
  let approved = 0;
  const where = `tb.customer = ${literal(project.id)} AND tb.timetype = 'A'`;
  const query = (after: string) => timeQuery(where, after, ['tb.approvalstatus AS approvalstatus']);
  for await (const page of rowsById(parts.suiteQl, query, signal)) {
    for (const { row, place } of page) {
      const odd = unreadableRow(row, place, true);
      if (odd) unreadableTime(odd);
      const status = row['approvalstatus'];
      if (!statuses.includes(status))
        throw unexpectedAnswer(phrase('SUITEQL_ANSWER.unreadable', { id: row['id'] ?? place, field: 'approvalStatus' }));
      const fact = await timeFact(row, parts.references);
      if (status === '4') {
        rejected.add(fact);
        continue;
      }
      all.add(fact);
      if (status === undefined || status === '3') approved += fact.minutes;
      const day = days.get(fact.workDate) ?? new Sum();
      day.add(fact);
      days.set(fact.workDate, day);
    }
  }
  const inOrder = [...days].sort(([one], [other]) => (one < other ? -1 : 1));
  const [first, last] = [inOrder[0]?.[0], inOrder.at(-1)?.[0]];
  return {
    ...{ key, found: true, legalEntity, ...all.told(), approvedMinutes: approved, rejectedMinutes: rejected.told().minutes },
    ...(first === undefined || last === undefined ? {} : { firstDay: first, lastDay: last }),
    ...(asked.byDay ? { days: inOrder.map(([day, sum]) => ({ day, ...sum.told() })) } : {}),
  };
}

/** Minutes, and what the billable ones are worth: of each currency by itself. Time without a price is not worth nothing. */
class Sum {
  private entries = 0;
  private minutes = 0;
  private billable = 0;
  private unpriced = 0;
  private readonly amounts = new Map<string, Money>();

  add({ minutes, billable, amount }: TimeFact): void {
    this.entries++;
    this.minutes += minutes;
    if (!billable) return;
    this.billable += minutes;
    if (!amount) this.unpriced += minutes;
    else this.amounts.set(amount.currency, exactSum(this.amounts.get(amount.currency) ?? exactMoney(0, amount.currency), amount));
  }

  told() {
    const amounts = [...this.amounts.values()].sort((one, other) => (one.currency < other.currency ? -1 : 1));
    const { entries, minutes, billable, unpriced } = this;
    return { entries, minutes, billableMinutes: billable, unpricedMinutes: unpriced, amounts };
  }
}
