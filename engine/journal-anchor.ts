import { AnchorFile, type Anchored, type Anchors } from './anchor-file.ts';
import type { Clock } from './clock.ts';
import type { JournalHead } from './journal.ts';
import { type JournalFlaw, journalFlaw } from './journal-flaw.ts';

/** What an anchor asks of the journal: look-ups, not walks. */
export interface AnchorReading {
  heads(): Promise<JournalHead[]>;
  /** of the line; undefined when there is none */
  hashOf(seq: number): Promise<string | undefined>;
}

/** `journal` is absent when nothing but a line was put down, as in a log. */
export type Seen = Omit<Anchored, 'journal'> & { journal?: string };

/** What the journal contradicts of what was seen of it; undefined when it has all that. */
export async function anchorFlaw(seen: Seen[], { hashOf }: Pick<AnchorReading, 'hashOf'>): Promise<JournalFlaw | undefined> {
  const first = seen.length > 0 ? await hashOf(1) : undefined;
  for (const { journal, seq, hash, at } of seen) {
    const present = await hashOf(seq);
    if (present === hash) continue;
    if (first !== undefined && journal !== undefined && first !== journal) return journalFlaw('other', seq, at);
    return journalFlaw(present === undefined ? 'cut' : 'exchanged', seq, at);
  }
  return undefined;
}

/**
 * A chain proves that no line of it was changed, not that it is the chain that was written: somebody who can write the database can
 * cut its end and set the head back, or build it anew. So what was seen of it is kept elsewhere: the head, at most once a second. A
 * death in between leaves the anchor behind the journal, never before it. While the two contradict each other the anchor is kept as
 * it is, until a person accepts the journal.
 */
export class JournalAnchor {
  private readonly file: AnchorFile;
  private readonly place: string;
  private readonly clock: Clock;
  private readonly reading: AnchorReading;
  private seen: Anchored | undefined;
  private flaw: JournalFlaw | undefined;
  private cancel: (() => void) | undefined;
  private closed = false;
  private turn: Promise<unknown> = Promise.resolve();
  /** why the file could not be written */
  trouble: string | undefined;

  constructor(options: { file: string; place: string; clock: Clock; reading: AnchorReading }) {
    this.file = new AnchorFile(options.file);
    this.place = options.place;
    this.clock = options.clock;
    this.reading = options.reading;
  }

  /** The newest that was seen. */
  get anchored(): Anchored | undefined {
    return this.seen ?? this.file.read()?.[this.place];
  }

  /** The journal has grown: it is anchored soon. */
  grown(): void {
    if (this.closed || this.flaw) return;
    this.cancel ??= this.clock.after(1_000, () => {
      this.cancel = undefined;
      this.renew().catch(() => undefined); // the store does not answer: after the next line
    });
  }

  /** Compares the journal with what was seen of it, and anchors it as it is now when it has all that. */
  renew(): Promise<JournalFlaw | undefined> {
    return this.inTurn(async () => {
      this.flaw = await this.contradiction();
      if (this.flaw) return this.flaw;
      const [head] = await this.reading.heads();
      if (head && head.seq > (this.seen?.seq ?? 0)) await this.save(head);
      return undefined;
    });
  }

  /** A person accepts the journal as it is: what was seen before counts no more. */
  accept(): Promise<void> {
    return this.inTurn(async () => {
      const [head] = await this.reading.heads();
      this.flaw = this.seen = undefined;
      if (head) await this.save(head, { anew: true });
    });
  }

  /** The last one of this process, at once. `end`: as committed, with the hash of the first line; absent when that cannot be told. */
  close(end?: Pick<Anchored, 'journal' | 'seq' | 'hash'>): void {
    this.closed = true;
    this.cancel?.();
    if (!end || this.flaw || end.seq <= (this.seen?.seq ?? 0)) return;
    try {
      const anchors = this.file.read();
      if (anchors) this.file.saveNow({ ...anchors, [this.place]: { ...end, at: this.now() } });
    } catch {
      // it stays behind, as after a death
    }
  }

  /** One at a time; that the file cannot be written says nothing about the journal. */
  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async contradiction(): Promise<JournalFlaw | undefined> {
    const anchors = this.file.read();
    if (!anchors) return journalFlaw('anchor-damaged');
    const first = await this.reading.hashOf(1);
    const known = Object.entries(anchors).filter(([place, { journal }]) => place === this.place || journal === first);
    const seen = [...(this.seen ? [this.seen] : []), ...known.map(([, anchored]) => anchored)];
    return anchorFlaw(seen, this.reading);
  }

  private async save(head: JournalHead, { anew = false } = {}): Promise<void> {
    const journal = await this.reading.hashOf(1);
    const anchored = journal === undefined ? undefined : { journal, seq: head.seq, hash: head.hash, at: this.now() };
    const anchors: Anchors = this.file.read() ?? {};
    // what it was called elsewhere, or what was here before, counts no more
    if (anew) for (const [place, known] of Object.entries(anchors)) if (known.journal === journal) delete anchors[place];
    delete anchors[this.place];
    if (anchored) anchors[this.place] = anchored;
    this.seen = anchored;
    try {
      await this.file.save(anchors);
      this.trouble = undefined;
    } catch (error) {
      this.trouble = `The anchor of the journal cannot be written: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  private now(): string {
    return new Date(this.clock.now()).toISOString();
  }
}
