import { amendmentLine, type AmendmentMark, isAmendmentLine } from '../../../model/amendment-mark.ts';
import type { JsonObject } from '../../../model/json.ts';
import { jsonNumber } from '../../../model/json-number.ts';
import type { Money, Project } from '../../../model/types.generated.ts';
import { type Aspect, aspect, textAspect } from '../../kit/change-plan.ts';
import { isLineOfDeal, sameNumber } from '../erp-project-create/examine-project.ts';
import { commentsOf, contractAmount, hasBillingSchedule, jobTexts, priceOf } from '../erp-project-create/project-bodies.ts';
import { fieldText } from '../records/record-field.ts';

export const amountLabel = 'Contract amount: ';

/** What an amendment says of the project's own record. Its comments are set as a whole, since persons write there, too. */
export function jobAspects(there: JsonObject, project: Project, mark: AmendmentMark): Aspect[] {
  const { companyName } = jobTexts(project);
  const price = hasBillingSchedule(project) ? priceOf(project) : undefined;
  const holds = fieldText(there, 'jobPrice');
  return [
    textAspect('companyName', fieldText(there, 'companyName'), companyName),
    textAspect('startDate', fieldText(there, 'startDate'), project.start),
    textAspect('projectedEndDate', fieldText(there, 'projectedEndDate'), project.end),
    ...(price === undefined
      ? []
      : [
          aspect('jobPrice', {
            there: holds,
            wanted: price,
            differs: !sameNumber(holds ?? '', price),
            was: holds === undefined ? null : jsonNumber(holds, 'jobPrice'),
            set: jsonNumber(price, 'amount'),
          }),
        ]),
    ...commentAspects(fieldText(there, 'comments') ?? '', project, mark),
  ];
}

/** Of the comments: the amount, where the project has no price to say it, and lines that say something else of the deal. */
function commentAspects(there: string, project: Project, mark: AmendmentMark): Aspect[] {
  const lines = there.split('\n').map((line) => line.trim());
  const wanted = commentsOf(project)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('CRM id '));
  const isAmount = (line: string) => line.startsWith(amountLabel);
  const isOver = (line: string) => (isAmount(line) || isLineOfDeal(line)) && !wanted.includes(line);
  const [over, lacking] = [lines.filter(isOver), wanted.filter((line) => !lines.includes(line))];
  const kept = there.split('\n').filter((line) => !isOver(line.trim()) && !isAmendmentLine(line));
  const set = [...kept, ...lacking, amendmentLine(mark)].join('\n').trim();
  const sets = { comments: { was: there || null, set } };
  const said = lines.find(isAmount)?.slice(amountLabel.length);
  const amount = contractAmount(project);
  const others = (list: string[]) => list.filter((line) => !isAmount(line)).join('\n') || undefined;
  return [
    { field: 'comments (Contract amount)', there: said, wanted: amount, differs: said !== amount, sets },
    { field: 'comments', there: others(over), wanted: others(lacking), differs: others(over) !== others(lacking), sets },
  ];
}

/** The comments alone: which amendment it is stands there whatever else has changed. */
export const markOnly = (aspects: readonly Aspect[]) => aspects.find(({ field }) => field === 'comments')?.sets ?? {};

/** The amount that is asked for, where it is another than is there: a project that does not say what it is worth may be billed, too. */
export function amountThatChanges(aspects: readonly Aspect[], { currency }: Project): { field: string; wanted: Money } | undefined {
  for (const { field, wanted, differs } of aspects) {
    if (!differs || !(field === 'jobPrice' || field === 'comments (Contract amount)') || typeof wanted !== 'string') continue;
    const [amount, said] = wanted.split(' ') as [string, string | undefined];
    return { field, wanted: { amount, currency: said ?? currency } };
  }
  return undefined;
}
