import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../model/json.ts';

/** One line of the journal: what was done, to what, by whom and why. */
export interface JournalLine {
  seq: number;
  /** RFC 3339 UTC */
  at: string;
  /** `engine`, or the signed-in user */
  actor: string;
  /** `effect.done`, `run.dead`, `run.replayed` … */
  action: string;
  /** run id, or what else it is about */
  subject: string;
  detail: Json;
  /** hash of the line before */
  previous: string;
  hash: string;
}

export const journalStart = '0'.repeat(64);

/** Each line's hash covers the one before, so that no line can be altered, removed or put in between unnoticed. */
export function lineHash(line: Omit<JournalLine, 'hash'>): string {
  return createHash('sha256').update(canonicalJson(line)).digest('hex');
}

/** The first line that does not fit, or undefined when the chain is whole. Lines in order of `seq`. */
export function firstBrokenLine(lines: Iterable<JournalLine>): number | undefined {
  let previous = journalStart;
  let expected = 1;
  for (const { hash, ...line } of lines) {
    if (line.seq !== expected || line.previous !== previous || lineHash(line) !== hash) return line.seq;
    previous = hash;
    expected++;
  }
  return undefined;
}
