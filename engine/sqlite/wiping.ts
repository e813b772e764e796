import { setTimeout } from 'node:timers/promises';
import type { Database } from './database.ts';

/** 4 MB: a few milliseconds in which the store does nothing else. */
const partPages = 1_024;

/**
 * Erased is gone. That something was erased is written down with the erasure itself, and crossed out when the whole file
 * has been gone through: a process that dies in between owes it to the next. A small file is done at once, a big one part by
 * part between other work.
 */
export class Wiping {
  private readonly db: Database;
  private underWay: Promise<void> | undefined;
  private closed = false;

  constructor(db: Database) {
    this.db = db;
  }

  /** Only inside a write. */
  owe(): void {
    this.db.change(`INSERT INTO upkeep (task, times) VALUES ('wipe', 1) ON CONFLICT (task) DO UPDATE SET times = times + 1`);
  }

  /** Resolves when nothing is owed, or the store is closed. */
  finish(): Promise<void> {
    this.underWay ??= this.wipe().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  close(): void {
    this.closed = true;
  }

  private async wipe(): Promise<void> {
    for (let owed = this.owed(); owed !== undefined; owed = this.owed()) {
      for (let from: number | undefined = 1; from !== undefined;) {
        const began = performance.now();
        from = this.db.wipe(from, partPages);
        if (from !== undefined) await setTimeout(4 * (performance.now() - began)); // the others' turn
        if (this.closed) return;
      }
      const done = owed; // what was erased meanwhile is owed still
      await this.db.write(() => this.db.change(`DELETE FROM upkeep WHERE task = 'wipe' AND times = ?`, done));
      if (this.closed) return;
    }
  }

  private owed(): number | undefined {
    const row = this.db.get(`SELECT times FROM upkeep WHERE task = 'wipe'`);
    return row && Number(row['times']);
  }
}
