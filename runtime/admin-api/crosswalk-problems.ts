import type { CrosswalkProblem } from '../../engine/store/crosswalk.ts';
import type { CrosswalkEntry } from '../../model/crosswalk-entry.ts';
import { ownershipTable } from '../../model/ownership-table.ts';
import { type FailureText, inWords, phrase, wordsOf } from '../../model/failure-words.ts';

/** Why a change is not made, in words that name the entry with which it does not go together. */
export function problemWords({ why, row }: CrosswalkProblem): FailureText {
  if (!row) return inWords('CROSSWALK_KEPT.unknown');
  const [entry, who, at] = [called(row), row.actor, new Date(row.at).toISOString()];
  switch (why) {
    case 'gone':
      return inWords('CROSSWALK_KEPT.gone', { entry, who, at });
    case 'moved-on':
      return inWords('CROSSWALK_KEPT.moved-on', { entry, who, at });
    case 'twice':
      return inWords('CROSSWALK_KEPT.twice', { entry });
    case 'other-words':
      return inWords('CROSSWALK_KEPT.other-words', { entry });
    case 'overlap':
      return inWords('CROSSWALK_KEPT.overlap', { entry });
    case 'alike':
      return inWords('CROSSWALK_KEPT.alike', { entry });
  }
}

/** An entry as a person knows it. */
const called = ({ table, from, value, to, target, validFrom: first = '…', validTo: last = '…' }: CrosswalkEntry) =>
  table === ownershipTable
    ? phrase('OWNERSHIP_ENTRY', { object: from, field: value, owner: target, to, first, last })
    : phrase('CROSSWALK_ENTRY', { table, from, value, to, target, first, last });

/** One that names the line. */
export const inLine = (line: number, said: FailureText): FailureText => inWords('CROSSWALK_LINE', { line, said: wordsOf(said) });
