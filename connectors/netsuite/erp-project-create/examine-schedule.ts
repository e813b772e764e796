import { phrase } from '../../../model/failure-words.ts';
import { Comparison, type Difference, type FoundIn, recordPutAside } from '../../../model/found-record.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { Milestone, Money, Project } from '../../../model/types.generated.ts';
import { isLineOf } from '../records/billing-schedule.ts';
import type { Told, Words } from '../../../model/failure-sentence.ts';
import { billed, milestoneShares } from './billing-shares.ts';
import { isDecimal } from './examine-project.ts';
import { fieldText, linesOf } from '../records/record-field.ts';

/**
 * What a billing schedule would not bill as the deal says: each milestone with its day and amount, and no others. A share is right when it bills the
 * amount, with however many decimals a person has written it.
 */
export function examineSchedule(found: FoundIn, there: JsonObject, project: Project): Difference[] {
  if (there['isInactive'] === true) throw recordPutAside(found, 'isInactive', phrase('NETSUITE.inactive'));
  return scheduleDifferences(found.record, there, project);
}

/** The same of one that is the project's own. */
export function scheduleDifferences(record: Told, there: JsonObject, project: Project): Difference[] {
  const { total, shares } = milestoneShares(project.milestones, record);
  const compared = new Comparison(record);
  const left = new Set(linesOf(there, 'milestone'));
  for (const { milestone, percent } of shares) {
    const bills = (line: JsonObject) => fieldText(line, 'milestoneDate') === milestone.due && billsAmount(line, milestone, total);
    const lines = [...left];
    const same =
      lines.find((line) => isLineOf(line, milestone.code) && bills(line)) ??
      lines.find(bills) ??
      lines.find((line) => isLineOf(line, milestone.code));
    if (same) left.delete(same);
    const wanted = phrase('NETSUITE.milestone-line', {
      share: `${milestone.amount.amount} ${milestone.amount.currency}`,
      day: milestone.due,
      percent: `${percent} %`,
    });
    compared.told(`milestone (${milestone.code})`, same && told(same), wanted, same !== undefined && bills(same));
  }
  for (const line of left) compared.told('milestone', told(line), undefined, false);
  return compared.differences;
}

function billsAmount(line: JsonObject, { amount }: Milestone, total: Money): boolean {
  const percent = (fieldText(line, 'milestoneAmount') ?? '').replace(/ ?%$/, '');
  return isDecimal(percent) && billed(percent, total).equals(amount.amount);
}

function told(line: JsonObject): Words {
  const share = `${fieldText(line, 'milestoneAmount') ?? '?'} %`;
  return phrase('NETSUITE.milestone-line', {
    share: fieldText(line, 'comments') ?? share,
    day: fieldText(line, 'milestoneDate') ?? '?',
    percent: share,
  });
}
