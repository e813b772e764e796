import { Comparison, type FoundIn, recordDiffers, recordPutAside } from '../../model/found-record.ts';
import type { JsonObject } from '../../model/json.ts';
import type { Project } from '../../model/types.generated.ts';
import { sameNumber } from './examine-project.ts';
import { billingScheduleBody } from './project-bodies.ts';
import { fieldText, linesOf } from './record-field.ts';

/** Refuses a billing schedule that would not bill the milestones of the deal: each with its day and amount, and no others. */
export function examineSchedule(found: FoundIn, there: JsonObject, project: Project): void {
  if (there['isInactive'] === true) throw recordPutAside(found, 'isInactive', 'inactive');
  const compared = new Comparison(found.record);
  const left = new Set(linesOf(there, 'milestone'));
  const wanted = linesOf(billingScheduleBody(project), 'milestone');
  for (const [index, line] of wanted.entries()) {
    const { code } = project.milestones[index]!; // a line for each milestone
    const same = [...left].find((candidate) => sameLine(candidate, line)) ?? [...left].find((candidate) => isOf(candidate, code));
    if (same) left.delete(same);
    compared.told(`milestone ${code}`, same && told(same), told(line), same !== undefined && sameLine(same, line));
  }
  for (const line of left) compared.told('milestone', told(line), undefined, false);
  if (compared.differences.length > 0) throw recordDiffers(found, compared.differences);
}

/** A milestone that was billed meanwhile, or renamed, is the same: its day and its share count. */
function sameLine(there: JsonObject, wanted: JsonObject): boolean {
  return (
    fieldText(there, 'milestoneDate') === fieldText(wanted, 'milestoneDate') &&
    sameNumber(fieldText(there, 'milestoneAmount') ?? '', fieldText(wanted, 'milestoneAmount') ?? '') &&
    amountOf(there) === amountOf(wanted)
  );
}

/** The exact amount stands in words beside the percentage: `M1 Signed: 33333.33 EUR`. */
const amountOf = (line: JsonObject) => /: (-?\d+(?:\.\d+)? [A-Z]{3})$/.exec(fieldText(line, 'comments') ?? '')?.[1];
const isOf = (line: JsonObject, code: string) => (fieldText(line, 'comments') ?? '').startsWith(`${code} `);

function told(line: JsonObject): string {
  const share = `${fieldText(line, 'milestoneAmount') ?? '?'} %`;
  return `${fieldText(line, 'comments') ?? share}, due ${fieldText(line, 'milestoneDate') ?? '?'} (${share})`;
}
