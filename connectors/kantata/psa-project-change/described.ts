import { amendmentLine, type AmendmentMark, isAmendmentLine } from '../../../model/amendment-mark.ts';
import type { Project } from '../../../model/types.generated.ts';
import { type Aspect } from '../../kit/change-plan.ts';
import { projectDescription } from '../records/titles.ts';

/** Lines of a description that say something of the deal, by what each begins with. */
const labels = ['Billing:', 'Contract amount:', 'Client PO:'] as const;

/** What an amendment says of a project's description, which is set as a whole: persons write there, too. One that is not this connector's says nothing of the deal. */
export function descriptionAspects(there: string, project: Project, mark: AmendmentMark): Aspect[] {
  const wanted = projectDescription(project);
  const lines = there.split('\n').filter((line) => !isAmendmentLine(line));
  const isOurs = lineOf(there, 'Engagement') !== undefined;
  const set = isOurs
    ? withMark(
        labels.reduce((text, label) => withLine(text, label, lineOf(wanted, label)), lines),
        mark,
      )
    : [...lines, amendmentLine(mark)];
  const sets = { description: { was: there || null, set: set.join('\n').trim() } };
  const aspects = labels.map((label): Aspect => {
    const [holds, shall] = isOurs ? [lineOf(there, label), lineOf(wanted, label)] : [];
    return { field: `description (${label.slice(0, -1)})`, there: holds, wanted: shall, differs: holds !== shall, sets };
  });
  return [...aspects, { field: 'description', there: undefined, wanted: undefined, differs: false, sets }];
}

/** The description alone: which amendment it is stands there whatever else has changed. */
export const markOnly = (aspects: readonly Aspect[]) => aspects.find(({ field }) => field === 'description')?.sets ?? {};

/** What follows a label at the beginning of a line. */
export function lineOf(text: string, label: string): string | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${label} `));
  return line?.slice(label.length).trim();
}

/** The text with this line as it shall be, where it stands or behind the first. */
export function withLine(lines: readonly string[], label: string, wanted: string | undefined): string[] {
  const at = lines.findIndex((line) => line.startsWith(`${label} `));
  const line = wanted === undefined ? [] : [`${label} ${wanted}`];
  return at < 0 ? lines.toSpliced(1, 0, ...line) : lines.toSpliced(at, 1, ...line);
}

const withMark = (lines: readonly string[], mark: AmendmentMark) => lines.toSpliced(1, 0, amendmentLine(mark));
