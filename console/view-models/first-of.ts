import type { FailureDetails } from '../answers.ts';

/** The first of a list that was asked for with one entry more, and whether there are others. */
export function firstOf<Row>(rows: readonly Row[], most: number): { shown: Row[]; more: boolean } {
  return { shown: rows.slice(0, most), more: rows.length > most };
}

/** How many things are wrong, those counted that a failure has no room for (`MORE`). */
export function issueCount(issues: NonNullable<FailureDetails['issues']>): number {
  const last = issues.at(-1);
  if (last?.code !== 'MORE') return issues.length;
  const [, left] = last.words?.params?.find(([name]) => name === 'left') ?? [];
  return issues.length - 1 + (typeof left === 'number' ? left : 1);
}
