import { type JournalHead, type JournalLine, journalStart, lineHash } from './journal.ts';
import { type JournalFlaw, journalFlaw } from './journal-flaw.ts';

/** A journal as it lies somewhere. */
export interface JournalReading {
  /** all records of where it ends: one, when nobody has touched it */
  heads(): Promise<JournalHead[]>;
  /** in order of `seq`, those that nobody should have put there included */
  lines(after: number, limit: number): Promise<JournalLine[]>;
}

/** Follows the chain from its start to its end, as the head says where that is. */
export class ChainCheck {
  end: JournalHead;
  private previous = journalStart;
  private seq = 0;

  constructor(end: JournalHead) {
    this.end = end;
  }

  next({ hash, ...line }: JournalLine): JournalFlaw | undefined {
    const fits = line.seq === this.seq + 1 && line.previous === this.previous && lineHash(line) === hash;
    if (!fits) return journalFlaw('line', line.seq);
    if (line.seq === this.end.seq && hash !== this.end.hash) return journalFlaw('head', line.seq);
    this.previous = hash;
    this.seq = line.seq;
    return undefined;
  }

  /** After the last line. */
  atEnd(): JournalFlaw | undefined {
    if (this.seq < this.end.seq) return journalFlaw('missing', this.seq + 1);
    if (this.seq > this.end.seq) return journalFlaw('beyond', this.end.seq + 1);
    return this.previous === this.end.hash ? undefined : journalFlaw('head', this.seq);
  }
}

/** The first thing that is wrong with the chain; undefined when it is whole. Lines may be added meanwhile. */
export async function chainFlaw({ heads, lines }: JournalReading): Promise<JournalFlaw | undefined> {
  const head = async () => {
    const found = await heads();
    return found.length === 1 ? (found[0] as JournalHead) : journalFlaw(found.length === 0 ? 'head-missing' : 'head-twice');
  };
  const end = await head();
  if ('kind' in end) return end;
  const check = new ChainCheck(end);
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const page = await lines(after, 1_000);
    for (const line of page) {
      if (line.seq > check.end.seq) {
        const later = await head(); // added since the head was read, by the product; or by somebody else
        if ('kind' in later) return later;
        if (line.seq > later.seq) return journalFlaw('beyond', line.seq);
        check.end = later;
      }
      const flaw = check.next(line);
      if (flaw) return flaw;
    }
    if (page.length < 1_000) return check.atEnd();
    after = page.at(-1)?.seq ?? after;
  }
}
