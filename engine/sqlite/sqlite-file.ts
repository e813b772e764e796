import { resolve } from 'node:path';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { JournalHead } from '../journal.ts';
import { JournalAnchor } from '../journal-anchor.ts';
import type { Opened, StoreLife } from '../store/life.ts';
import { Database } from './database.ts';
import { appendLine, journalIn, type NewLine, theHead } from './journal-chain.ts';
import { Wiping } from './wiping.ts';

/** The store's file from opening to closing, on which its areas stand. */
export class SqliteFile implements StoreLife {
  private readonly file: string;
  private readonly anchorAt: { file: string; clock?: Clock } | undefined;
  protected anchor: JournalAnchor | undefined;
  private database: Database | undefined;
  protected wiping: Wiping | undefined;

  /** `anchor`: a file in which the end of the journal is kept too. */
  constructor(file: string, anchor?: { file: string; clock?: Clock }) {
    this.file = file;
    this.anchorAt = anchor;
  }

  protected get db(): Database {
    if (!this.database) throw new Failure({ class: 'transient.unavailable', ...inWords('STORE_CLOSED') });
    return this.database;
  }

  async open(now: number): Promise<Opened> {
    this.database = new Database(this.file);
    this.wiping = new Wiping(this.database);
    void this.wiping.finish().catch(() => undefined); // owed still, and told when it is asked for
    const recovered = await this.db.write(() => {
      endTurns(this.db);
      return this.db.change(
        `UPDATE runs SET status = 'ready', token = token + 1, crashes = crashes + 1, available_at = ?, updated_at = ? WHERE status = 'running'`,
        now,
        now,
      );
    });
    this.anchor = this.anchored(this.database);
    await this.anchor?.renew(); // what it contradicts is told with the journal's state
    const suspect = this.db.get(`SELECT 1 FROM runs WHERE status = 'ready' AND head = 1 AND crashes >= 2 LIMIT 1`);
    const { remarks } = this.database;
    return { recovered, suspects: suspect !== undefined, ...(remarks.length > 0 ? { remarks } : {}) };
  }

  async close(): Promise<void> {
    this.wiping?.close();
    this.database?.flush();
    if (this.database) this.anchor?.close(committedEnd(this.database));
    this.database?.close();
    this.database = undefined;
  }

  async touch(): Promise<void> {
    await this.db.write(() => {
      theHead(this.db);
      this.db.change('UPDATE journal_head SET seq = seq');
    });
  }

  /** Only inside a write. */
  protected append(line: NewLine, now: number): void {
    appendLine(this.db, line, now);
    this.anchor?.grown();
  }

  private anchored(db: Database): JournalAnchor | undefined {
    if (!this.anchorAt) return undefined;
    const { file, clock = systemClock } = this.anchorAt;
    return new JournalAnchor({ file, place: resolve(this.file), clock, reading: journalIn(db) });
  }
}

/** Undefined when there is none, or somebody has tampered with it: nothing is anchored then. */
function committedEnd(db: Database): (JournalHead & { journal: string }) | undefined {
  try {
    const first = db.get('SELECT hash FROM journal WHERE seq = 1');
    return first && { ...theHead(db), journal: String(first['hash']) };
  } catch {
    return undefined;
  }
}

/** Whoever had a turn is gone with the process. */
function endTurns(db: Database): void {
  db.change('UPDATE kept_credentials SET holder = NULL, held_until = NULL WHERE holder IS NOT NULL');
}
