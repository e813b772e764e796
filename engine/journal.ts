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

/** Follows the chain from its start to its end, as the store says where that is. */
export class ChainCheck {
  private readonly end: { seq: number; hash: string };
  private previous = journalStart;
  private seq = 0;

  constructor(end: { seq: number; hash: string }) {
    this.end = end;
  }

  /** Of the next lines, in order of `seq`, the first that does not fit. */
  firstBroken(lines: Iterable<JournalLine>): number | undefined {
    for (const { hash, ...line } of lines) {
      const fits = line.seq === this.seq + 1 && line.previous === this.previous && lineHash(line) === hash;
      if (!fits || (line.seq === this.end.seq && hash !== this.end.hash)) return line.seq;
      this.previous = hash;
      this.seq = line.seq;
    }
    return undefined;
  }

  /** After the last line: the first that was cut off at the end. */
  firstMissing(): number | undefined {
    return this.seq < this.end.seq ? this.seq + 1 : undefined;
  }
}
