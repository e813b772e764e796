import type { Issue } from './failure.ts';
import { inWords, phrase } from './failure-words.ts';
import type { Engagement } from './types.generated.ts';

/** Signs that nobody sees, and blanks that are not the blank of the keyboard. */
const unseen = /[\p{Cc}\p{Cf}]|[^\S ]/u;

/**
 * What is wrong with the signs of an engagement's codes. A code that looks like another and is none comes from a copied text; every system would make
 * a record of its own for it, and nobody could see why there are two.
 */
export function codeSigns(engagement: Engagement): Issue[] {
  const { code, account, legalEntity, phases, milestones, staffing } = engagement;
  const codes: [string, string][] = [
    ['code', code],
    ['account.code', account.code],
    ['legalEntity', legalEntity],
    ...phases.flatMap((phase, index): [string, string][] => [
      [`phases[${index}].code`, phase.code],
      [`phases[${index}].legalEntity`, phase.legalEntity],
      ...phase.tasks.map((task, at): [string, string] => [`phases[${index}].tasks[${at}].code`, task.code]),
    ]),
    ...milestones.map((milestone, index): [string, string] => [`milestones[${index}].code`, milestone.code]),
    ...staffing.map((need, index): [string, string] => [`staffing[${index}].code`, need.code]),
  ];
  return signIssues(codes);
}

/** What is wrong with the signs of some codes, by field. */
export const signIssues = (codes: readonly [field: string, code: string][]): Issue[] =>
  codes.flatMap(([field, value]) => issuesOf(field, value));

function issuesOf(field: string, value: string): Issue[] {
  const sign = unseen.exec(value)?.[0];
  const what = sign
    ? phrase('CODE_SIGNS.unseen', { sign: nameOf(sign) })
    : value === value.normalize('NFC')
      ? undefined
      : phrase('CODE_SIGNS.parts');
  if (!what) return [];
  return [
    {
      field,
      value,
      ...inWords('CODE_SIGNS', { field, value, what }),
    },
  ];
}

/** `U+200B` */
const nameOf = (sign: string) => `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
