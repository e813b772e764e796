import { Failure, type FailureClass, type FailureDetails } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import { withData } from '../../model/storable-event.ts';
import { resolve } from 'node:path';
import { type Clock, systemClock } from '../clock.ts';
import type { JournalHead, JournalLine } from '../journal.ts';
import { JournalAnchor } from '../journal-anchor.ts';
import type { JournalFlaw } from '../journal-flaw.ts';
import { acceptedLine, type JournalState, journalFlawOf, journalStateOf } from '../journal-state.ts';
import { timeOrderedId } from '../time-ordered-id.ts';
import type { Act } from '../store/act.ts';
import type { Effect, SentAgain } from '../store/effects.ts';
import type { OpenFigures, Opened, ReconciliationRecord, Store } from '../store.ts';
import type { Run, RunFilter, RunId, RunStatus, Standing } from '../store/runs.ts';
import { claimRuns, nextDueOf } from './claim.ts';
import { Database } from './database.ts';
import { finishEffect, intendEffect, intendEffectAgain } from './effect-writes.ts';
import { SqliteWaiting, type StoreParts } from './waiting-writes.ts';
import { forgetReconciliations, forgetRuns } from './forget-runs.ts';
import { borrowCredential, endTurns, forgetCredential, returnCredential } from './kept-credentials.ts';
import { appendLine, journalIn, type NewLine, readJournal, theHead } from './journal-chain.ts';
import { readOpenFigures, readStanding } from './open-figures.ts';
import { readRuns } from './read-runs.ts';
import { isNoNews } from './record-versions.ts';
import { effectOf, failedAttemptOf, reconciliationOf, runOf } from './rows.ts';
import { Wiping } from './wiping.ts';

/** The embedded store: one file below the Node-RED user directory, nothing to install. */
export class SqliteStore extends SqliteWaiting implements Store {
  private readonly file: string;
  private readonly anchorAt: { file: string; clock?: Clock } | undefined;
  private anchor: JournalAnchor | undefined;
  private database: Database | undefined;
  private wiping: Wiping | undefined;

  /** `anchor`: a file in which the end of the journal is kept too. */
  constructor(file: string, anchor?: { file: string; clock?: Clock }) {
    super();
    this.file = file;
    this.anchorAt = anchor;
  }

  private get db(): Database {
    if (!this.database) {
      throw new Failure({
        class: 'transient.unavailable',
        code: 'STORE_CLOSED',
        message: 'The store is not open.',
        remedy: 'Restart Node-RED.',
      });
    }
    return this.database;
  }

  protected override parts(): StoreParts {
    return {
      db: this.db,
      append: (line, now) => this.append(line, now),
      mustBeUnderWay: (run, token) => this.mustBeUnderWay(run, token),
      addFailedAttempt: (run, failed, now) => this.addFailedAttempt(run, failed, now),
    };
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

  accept({ entry, flow, severity, events, cursor, now }: Parameters<Store['accept']>[0]) {
    return this.db.write(() => {
      const accepted: RunId[] = [];
      for (const event of events) {
        if (isNoNews(this.db, entry, event)) continue;
        const id = timeOrderedId();
        const { record = null, at = null, content = null } = event.version ?? {};
        const inserted = this.db.change(
          `INSERT INTO runs (id, entry, flow, key, event_source, event_id, subject, event, status, available_at, severity, created_at, updated_at,
             version_record, version_at, version_content)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'ready', ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (entry, event_source, event_id) DO NOTHING`,
          ...[id, entry, flow, event.key, event.source, event.id, event.subject, JSON.stringify(event), now, severity, now, now],
          ...[record, at, content],
        );
        if (inserted) accepted.push(id);
      }
      if (cursor) {
        this.db.change(
          'INSERT INTO cursors (source, value, updated_at) VALUES (?, ?, ?) ON CONFLICT (source) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at',
          ...[cursor.source, JSON.stringify(cursor.value), now],
        );
      }
      return { accepted, duplicates: events.length - accepted.length };
    });
  }

  async cursor(source: string): Promise<Json | undefined> {
    const row = this.db.get('SELECT value FROM cursors WHERE source = ?', source);
    return row ? (JSON.parse(String(row['value'])) as Json) : undefined;
  }

  claim(input: Parameters<Store['claim']>[0]): Promise<Run[]> {
    if (input.entries.length === 0 || input.limit <= 0) return Promise.resolve([]);
    return this.db.write(() => claimRuns(this.db, input));
  }

  async nextDue(entries: string[], now: number): Promise<number | undefined> {
    return nextDueOf(this.db, entries, now);
  }

  done(run: RunId, token: number, now: number): Promise<boolean> {
    return this.db.write(() => this.end(run, token, 'done', now));
  }

  retry(run: RunId, token: number, failed: Parameters<Store['retry']>[2], now: number): Promise<boolean> {
    return this.db.write(() => {
      const changed = this.db.change(
        `UPDATE runs SET status = 'waiting', attempts = attempts - ?, crashes = 0, available_at = ?, failure = ?, failed_node = ?, updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
        ...[failed.free ? 1 : 0, failed.availableAt, JSON.stringify(failed.failure), failed.node ?? null, now, run, token],
      );
      if (changed) this.addFailedAttempt(run, failed, now);
      return changed > 0;
    });
  }

  park(run: RunId, token: number, failed: Parameters<Store['park']>[2], now: number): Promise<boolean> {
    return this.db.write(() => {
      const changed = this.db.change(
        `UPDATE runs SET status = 'dead', crashes = 0, failure = ?, failed_node = ?, updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
        ...[JSON.stringify(failed.failure), failed.node ?? null, now, run, token],
      );
      if (changed) {
        this.addFailedAttempt(run, failed, now);
        const { class: failureClass, code } = failed.failure;
        this.append(
          { actor: 'engine', action: 'run.dead', subject: run, detail: { class: failureClass, code, node: failed.node ?? null } },
          now,
        );
      }
      return changed > 0;
    });
  }

  overtaken(run: RunId, token: number, failure: FailureDetails, now: number): Promise<boolean> {
    return this.db.write(() => {
      const changed = this.db.change(
        `UPDATE runs SET status = 'cancelled', crashes = 0, failure = ?, failed_node = NULL, updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
        ...[JSON.stringify(failure), now, run, token],
      );
      if (changed)
        appendLine(this.db, { actor: 'engine', action: 'run.overtaken', subject: run, detail: { newer: failure.value ?? null } }, now);
      return changed > 0;
    });
  }

  release(run: RunId, token: number, now: number): Promise<boolean> {
    return this.db.write(
      () =>
        this.db.change(
          `UPDATE runs SET status = 'ready', token = token + 1, attempts = attempts - 1, available_at = ?, updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
          ...[now, now, run, token],
        ) > 0,
    );
  }

  intend(effect: Parameters<Store['intend']>[0], token: number, now: number): Promise<Effect | undefined> {
    return this.db.write(() => intendEffect(this.parts(), effect, token, now));
  }

  intendAgain(key: string, run: RunId, token: number, now: number, sent: SentAgain): Promise<void> {
    return this.db.write(() => intendEffectAgain(this.parts(), key, run, token, now, sent));
  }

  finishEffect(key: string, outcome: Parameters<Store['finishEffect']>[1], now: number): Promise<void> {
    return this.db.write(() => finishEffect(this.parts(), key, outcome, now));
  }

  async run(id: RunId): Promise<Run | undefined> {
    const row = this.db.get('SELECT * FROM runs WHERE id = ?', id);
    return row && runOf(row);
  }

  async runs(filter: RunFilter): Promise<Run[]> {
    return readRuns(this.db, filter);
  }

  async counts(): Promise<Record<RunStatus, number>> {
    const counts: Record<RunStatus, number> = { ready: 0, running: 0, waiting: 0, done: 0, dead: 0, cancelled: 0 };
    for (const row of this.db.all('SELECT status, runs FROM tallies')) counts[row['status'] as RunStatus] = Number(row['runs']);
    return counts;
  }

  async standing(): Promise<Standing[]> {
    return readStanding(this.db);
  }

  async openFigures(): Promise<OpenFigures> {
    return readOpenFigures(this.db);
  }

  async effects(run: RunId): Promise<Effect[]> {
    return this.db.all('SELECT * FROM effects WHERE run = ? ORDER BY intended_at, business', run).map(effectOf);
  }

  async effectsInDoubt(limit: number): Promise<Effect[]> {
    return this.db
      .all(`SELECT * FROM effects WHERE status IN ('intended', 'in-doubt') AND status = 'in-doubt' ORDER BY intended_at LIMIT ?`, limit)
      .map(effectOf);
  }

  async failedAttempts(run: RunId) {
    return this.db.all('SELECT * FROM failed_attempts WHERE run = ? ORDER BY at, attempt', run).map(failedAttemptOf);
  }

  replay(run: RunId, { data, at: from = 0, ...act }: Act & { data?: Json; at?: number }, now: number): Promise<boolean> {
    const at = Math.max(from, now);
    return this.db.write(() => {
      const row = this.db.get(`SELECT * FROM runs WHERE id = ? AND status = 'dead' AND compensating IS NULL`, run);
      if (!row) return false;
      const event = data === undefined ? String(row['event']) : JSON.stringify(withData(runOf(row).event, data));
      this.db.change(
        `UPDATE runs SET status = ?, attempts = 0, crashes = 0, event = ?, failure = NULL, failed_node = NULL, available_at = ?, renewed_at = ?, updated_at = ? WHERE id = ?`,
        ...[at > now ? 'waiting' : 'ready', event, at, at, now, run],
      );
      if (data !== undefined) this.db.change('DELETE FROM approvals WHERE run = ?', run);
      this.db.change(
        `UPDATE approvals SET requested_at = ?, expires_at = ? + expires_at - requested_at, escalate_at = ? + escalate_at - requested_at, escalated_at = NULL
         WHERE run = ? AND status = 'open' AND expires_at <= ?`,
        ...[at, at, at, run, now],
      );
      this.append(
        { actor: act.actor, action: 'run.replayed', subject: run, detail: { reason: act.reason ?? null, edited: data !== undefined } },
        now,
      );
      return true;
    });
  }

  discard(run: RunId, act: Act, now: number): Promise<boolean> {
    return this.endByPerson(run, ['dead'], 'run.discarded', act, now);
  }

  cancel(run: RunId, act: Act, now: number): Promise<boolean> {
    return this.endByPerson(run, ['ready', 'waiting', 'running'], 'run.cancelled', act, now);
  }

  note(line: Parameters<Store['note']>[0], now: number): Promise<void> {
    return this.db.write(() => this.append(line, now));
  }

  async journal(filter: Parameters<Store['journal']>[0]): Promise<JournalLine[]> {
    return readJournal(this.db, filter);
  }

  verifyJournal(): Promise<JournalFlaw | undefined> {
    return journalFlawOf(journalIn(this.db), this.anchor);
  }

  journalState(): Promise<JournalState> {
    return journalStateOf(journalIn(this.db), this.anchor);
  }

  async acceptJournal(act: Act, now: number): Promise<boolean> {
    const line = await acceptedLine(journalIn(this.db), this.anchor, act);
    if (!line) return false;
    await this.note(line, now);
    await this.anchor?.accept();
    return true;
  }

  saveReconciliation(record: ReconciliationRecord): Promise<void> {
    return this.db.write(() => {
      this.db.change(
        'INSERT INTO reconciliations (id, at, node, subject, result) VALUES (?, ?, ?, ?, ?)',
        ...[record.id, record.at, record.node, record.subject, JSON.stringify(record.result)],
      );
    });
  }

  async reconciliations(limit: number): Promise<ReconciliationRecord[]> {
    return this.db.all('SELECT * FROM reconciliations ORDER BY at DESC LIMIT ?', limit).map(reconciliationOf);
  }

  async touch(): Promise<void> {
    await this.db.write(() => {
      theHead(this.db);
      this.db.change('UPDATE journal_head SET seq = seq');
    });
  }

  async forget(before: number, limit: number): Promise<number> {
    const { db, wiping } = this;
    const { count, more } = await db.write(() => {
      const runs = forgetRuns(db, before, limit);
      const reconciliations = forgetReconciliations(db, before);
      if (runs.count > 0 || reconciliations) wiping?.owe();
      return runs;
    });
    if (!more) await wiping?.finish();
    return count;
  }

  hasten(classes: FailureClass[], now: number): Promise<number> {
    return this.db.write(() =>
      this.db.change(
        `UPDATE runs SET available_at = ? WHERE status = 'waiting' AND available_at > ? AND json_extract(failure, '$.class') IN (${marks(classes)})`,
        ...[now, now, ...classes],
      ),
    );
  }

  saveRevision(revision: string, flows: Json, now: number): Promise<void> {
    return this.db.write(() => {
      this.db.change(
        'INSERT INTO revisions (revision, flows, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
        revision,
        JSON.stringify(flows),
        now,
      );
    });
  }

  borrowCredential(id: string, holder: string, ms: number, now: number) {
    return this.db.write(() => borrowCredential(this.db, id, holder, ms, now));
  }

  returnCredential(id: string, holder: string, sealed: string | undefined, now: number): Promise<boolean> {
    return this.db.write(() => returnCredential(this.db, id, holder, sealed, now));
  }

  forgetCredential(id: string): Promise<void> {
    return this.db.write(() => forgetCredential(this.db, id));
  }

  private append(line: NewLine, now: number): void {
    appendLine(this.db, line, now);
    this.anchor?.grown();
  }

  private anchored(db: Database): JournalAnchor | undefined {
    if (!this.anchorAt) return undefined;
    const { file, clock = systemClock } = this.anchorAt;
    return new JournalAnchor({ file, place: resolve(this.file), clock, reading: journalIn(db) });
  }

  /** Answers how often the process died under it. */
  private mustBeUnderWay(run: RunId, token: number): number {
    const row = this.db.get(`SELECT crashes FROM runs WHERE id = ? AND token = ? AND status = 'running'`, run, token);
    if (row) return Number(row['crashes']);
    throw new Failure({
      class: 'internal',
      code: 'RUN_TAKEN_OVER',
      message: 'This delivery of the run is over; nothing is written for it any more.',
    });
  }

  private end(run: RunId, token: number, status: RunStatus, now: number): boolean {
    return (
      this.db.change(
        `UPDATE runs SET status = ?, failure = NULL, failed_node = NULL, updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
        ...[status, now, run, token],
      ) > 0
    );
  }

  private endByPerson(run: RunId, from: RunStatus[], action: string, act: Act, now: number): Promise<boolean> {
    return this.db.write(() => {
      const changed = this.db.change(
        `UPDATE runs SET status = 'cancelled', token = token + 1, updated_at = ? WHERE id = ? AND status IN (${marks(from)})`,
        ...[now, run, ...from],
      );
      if (changed) this.append({ actor: act.actor, action, subject: run, detail: { reason: act.reason ?? null } }, now);
      return changed > 0;
    });
  }

  private addFailedAttempt(run: RunId, failed: { failure: unknown; node?: string }, now: number): void {
    this.db.change(
      'INSERT INTO failed_attempts (run, attempt, node, failure, at) SELECT id, attempts, ?, ?, ? FROM runs WHERE id = ?',
      ...[failed.node ?? null, JSON.stringify(failed.failure), now, run],
    );
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

const marks = (values: unknown[]) => values.map(() => '?').join(', ');
