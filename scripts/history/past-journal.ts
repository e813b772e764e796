import { type JournalHead, type NewJournalLine, nextLine } from '../../engine/journal.ts';
import { dayOf } from '../../engine/store/measurements.ts';
import type { Value } from './history-rows.ts';

type Line = NewJournalLine & { at: number };

/** The journal of a past: what is said of a day is chained when the day is over, since each line stands on the one before. */
export class PastJournal {
  head: JournalHead;
  private readonly open = new Map<string, Line[]>();

  constructor(head: JournalHead) {
    this.head = head;
  }

  add(line: Line): void {
    const day = dayOf(line.at);
    const lines = this.open.get(day);
    if (lines) lines.push(line);
    else this.open.set(day, [line]);
  }

  /** The days before this one, in order, each with its rows. */
  *takeBefore(day: string): Generator<{ day: string; rows: Value[][] }> {
    for (const over of [...this.open.keys()].filter((one) => one < day).sort()) {
      const lines = this.open.get(over)!.sort((one, other) => one.at - other.at);
      this.open.delete(over);
      yield { day: over, rows: lines.map((line) => this.chained(line)) };
    }
  }

  private chained({ at, ...line }: Line): Value[] {
    const { seq, at: told, actor, action, subject, detail, previous, hash } = nextLine(this.head, line, at);
    this.head = { seq, hash };
    return [seq, told, actor, action, subject, JSON.stringify(detail), previous, hash];
  }
}
