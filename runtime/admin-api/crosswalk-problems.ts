import type { CrosswalkProblem, CrosswalkRow } from '../../engine/store/crosswalk.ts';
import type { CrosswalkEntry } from '../../model/crosswalk-entry.ts';
import type { Param } from '../../model/failure-sentence.ts';
import { type FailureText, inWords, phrase, wordsOf } from '../../model/failure-words.ts';

/** Why a change is not made, in words that name the entry with which it does not go together. */
export function problemWords({ why, row, other }: CrosswalkProblem, lineOf: (change: number) => number): FailureText {
  const entry = row ? called(row) : phrase('CROSSWALK_ENTRY.unknown');
  const who = row?.actor ?? '';
  const at = new Date(row?.at ?? 0).toISOString();
  if (why === 'gone') return row ? inWords('CROSSWALK_KEPT.gone', { entry, who, at }) : inWords('CROSSWALK_KEPT.unknown');
  if (why === 'other-words') return inWords('CROSSWALK_KEPT.other-words', { entry });
  if (other !== undefined) {
    const line = lineOf(other);
    if (why === 'moved-on') return inWords('CROSSWALK_KEPT.twice', { line });
    return why === 'overlap'
      ? inWords('CROSSWALK_KEPT.overlap-line', { line, entry })
      : inWords('CROSSWALK_KEPT.alike-line', { line, entry });
  }
  if (why === 'moved-on') return inWords('CROSSWALK_KEPT.moved-on', { entry, who, at });
  return why === 'overlap' ? inWords('CROSSWALK_KEPT.overlap', { entry }) : inWords('CROSSWALK_KEPT.alike', { entry });
}

/** An entry as a person knows it. */
function called({ table, from, value, to, target, validFrom, validTo }: CrosswalkEntry | CrosswalkRow): Param {
  const first: Param = validFrom ?? phrase('CROSSWALK_ENTRY.always');
  const last: Param = validTo ?? phrase('CROSSWALK_ENTRY.open');
  return phrase('CROSSWALK_ENTRY', { table, from, value, to, target, first, last });
}

/** One that names the line. */
export const inLine = (line: number, said: FailureText): FailureText => inWords('CROSSWALK_LINE', { line, said: wordsOf(said) });
