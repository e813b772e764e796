import { ExactDecimal } from '../../../model/exact-decimal.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { Failure } from '../../../model/failure.ts';
import { type FailureText, inWords, phrase } from '../../../model/failure-words.ts';
import { type FoundIn, recordDiffers, recordOfAnother, recordPutAside, Comparison } from '../../../model/found-record.ts';
import type { JsonObject } from '../../../model/json.ts';
import { type Money, sumMoney } from '../../../model/money.ts';
import { called, withId } from '../../../model/record-names.ts';
import type { Milestone } from '../../../model/types.generated.ts';
import { billed } from '../erp-project-create/billing-shares.ts';
import { billingScheduleKey, isLineOf, versionIn } from '../records/billing-schedule.ts';
import { isDecimal } from '../erp-project-create/examine-project.ts';
import { sameButForCase } from '../records/id-taken.ts';
import { fieldText, linesOf, referredId, referredName } from '../records/record-field.ts';

/** A billing schedule of ours, as NetSuite has it. */
export interface ScheduleThere {
  id: string;
  /** 0 = as it was made with its project */
  version: number;
  name: string;
  lines: JsonObject[];
}

export const scheduleFound = (project: string, id: string): FoundIn => ({
  system: 'netsuite',
  systemName: 'NetSuite',
  record: called.billingSchedule(billingScheduleKey(project)),
  id,
});

/** What carries the key is used only when it is this project's, bills by milestones, and holds nothing that a person has written into it. */
export function ourSchedule(there: JsonObject, { project, job }: { project: string; job: string }): ScheduleThere {
  const id = referredId(there, 'id') ?? '';
  const found = scheduleFound(project, id);
  const key = billingScheduleKey(project);
  const externalId = fieldText(there, 'externalId');
  if (externalId !== undefined && externalId !== key) throw sameButForCase(called.billingSchedule(key), key, { id, externalId });
  const owner = referredId(there, 'project');
  if (owner !== undefined && owner !== job) {
    const wanted = withId(job, project);
    throw recordOfAnother(found, { field: 'project', there: referredName(there, 'project'), wanted, what: phrase('NETSUITE.of-project') });
  }
  if (there['isInactive'] === true) throw recordPutAside(found, 'isInactive', phrase('NETSUITE.inactive'));
  const type = referredId(there, 'scheduleType');
  if (type !== 'FBM') throw recordDiffers(found, new Comparison(found.record).text('scheduleType', type, 'FBM').differences);
  const name = fieldText(there, 'name');
  const version = versionIn(name, project);
  if (version === undefined) throw byHand(found, 'name', name ?? '');
  const lines = linesOf(there, 'milestone');
  mustBeAsWritten(found, lines);
  return { id, version, name: name ?? '', lines };
}

/** The amount that a line bills, by the words beside its percentage. */
export function amountIn(line: JsonObject): Money | undefined {
  const [, amount, currency] = /: (\d{1,30}(?:\.\d{1,10})?) ([A-Z]{3})$/.exec(fieldText(line, 'comments') ?? '') ?? [];
  return amount && currency ? { amount, currency } : undefined;
}

export const percentIn = (line: JsonObject): string => (fieldText(line, 'milestoneAmount') ?? '').replace(/ ?%$/, '');

function mustBeAsWritten(found: FoundIn, lines: JsonObject[]): void {
  const amounts = lines.map((line) => amountIn(line));
  const odd = amounts.findIndex((amount) => amount === undefined || amount.currency !== amounts[0]?.currency);
  if (odd >= 0) throw byHand(found, `milestone.items[${odd}].comments`, fieldText(lines[odd]!, 'comments') ?? '');
  const known = amounts.flatMap((amount) => amount ?? []);
  const [first] = known;
  if (!first) return;
  const total = sumMoney(known, first.currency);
  for (const [index, line] of lines.entries()) {
    const percent = percentIn(line);
    if (isDecimal(percent) && billed(percent, total).equals(known[index]!.amount)) continue;
    throw byHand(found, `milestone.items[${index}].milestoneAmount`, percent);
  }
}

/** What a person has changed since: who is right, a person says. */
function byHand(found: FoundIn, field: string, value: string): Failure {
  return new Failure({
    class: 'business.rejected',
    ...inWords('SCHEDULE_BY_HAND', { record: found.record, id: found.id, field, there: value || phrase('TEXT_EMPTY') }),
    system: 'netsuite',
    record: found.record,
    field,
    value,
    outcome: 'not-made',
  });
}

export const isReached = (line: JsonObject): boolean => line['milestoneCompleted'] === true;

/**
 * A line that is marked completed can be billed at any moment, and NetSuite does not show on it whether it has been: what it bills, and when, stays as
 * it is, and so does the line.
 */
export function reachedStay(there: ScheduleThere, wanted: readonly Milestone[], record: Words): void {
  for (const line of there.lines.filter(isReached)) {
    const index = wanted.findIndex(({ code }) => isLineOf(line, code));
    const same = wanted[index];
    const about = fieldText(line, 'comments') ?? '';
    const amount = amountIn(line);
    const due = fieldText(line, 'milestoneDate') ?? '';
    const fixed = (field: string, value: string, said: FailureText) =>
      new Failure({ class: 'business.rejected', ...said, system: 'netsuite', record, field, value, outcome: 'not-made' });
    if (!same) throw fixed('lines', about, inWords('MILESTONE_FIXED.gone', { line: about }));
    const value = `${same.amount.amount} ${same.amount.currency}`;
    if (!amount || amount.currency !== same.amount.currency || !new ExactDecimal(amount.amount).equals(same.amount.amount))
      throw fixed(
        `lines[${index}].amount`,
        value,
        inWords('MILESTONE_FIXED', { line: same.code, field: 'amount', there: about, wanted: value }),
      );
    if (due !== same.due)
      throw fixed(
        `lines[${index}].due`,
        same.due,
        inWords('MILESTONE_FIXED', { line: same.code, field: 'due', there: due, wanted: same.due }),
      );
  }
}
