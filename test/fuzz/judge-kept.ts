import type { FuzzedNodeRed } from './fuzzed-node-red.ts';
import type { Verdict } from './judge-answer.ts';

/** What is wrong with what a house keeps: the journal is not whole, or others may read its files. */
export async function judgeKept(house: FuzzedNodeRed): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const journal = await house.get<{ whole: boolean; message?: string; head: { seq: number } | null }>('/journal/verification');
  if (!journal.whole) verdicts.push(['unclassified', `the journal is not whole: ${journal.message}`]);
  for (const { file, mode } of house.storedModes()) {
    if ((mode & 0o077) !== 0) verdicts.push(['leak', `others may read what is kept in ${file}`]);
  }
  return verdicts;
}
