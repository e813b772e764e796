import type { FailureClass, FailureDetails } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { endOfTime, type Run, type RunId, type RunStore } from '../store/runs.ts';
import { timeOrderedId } from '../time-ordered-id.ts';
import { claimRuns, nextDueOf } from './claim.ts';
import { isNoNews } from './record-versions.ts';
import { addFailedAttempt, rouseRun } from './run-rows.ts';
import { addSought } from './sought-runs.ts';
import { SqliteFile } from './sqlite-file.ts';

/** How runs come in, are delivered, wait and end. */
export abstract class SqliteRuns extends SqliteFile implements RunStore {
  accept({ entry, flow, severity, events, cursor, now }: Parameters<RunStore['accept']>[0]) {
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
        if (!inserted) continue;
        accepted.push(id);
        addSought(this.db, { flow, severity, event, now });
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

  async keptEvents(entry: string, events: Parameters<RunStore['keptEvents']>[1]): Promise<SourceEvent[]> {
    return events.flatMap(({ source, id }) => {
      const row = this.db.get('SELECT event FROM runs WHERE entry = ? AND event_source = ? AND event_id = ?', entry, source, id);
      return row ? [JSON.parse(String(row['event'])) as SourceEvent] : [];
    });
  }

  async cursor(source: string): Promise<Json | undefined> {
    const row = this.db.get('SELECT value FROM cursors WHERE source = ?', source);
    return row ? (JSON.parse(String(row['value'])) as Json) : undefined;
  }

  async backlog(entry: string, most: number): Promise<number> {
    const row = this.db.get(
      `SELECT count(*) AS n FROM (SELECT 1 FROM runs WHERE entry = ? AND status IN ('ready', 'running', 'waiting') LIMIT ?)`,
      ...[entry, most],
    );
    return Number(row?.['n'] ?? 0);
  }

  claim(input: Parameters<RunStore['claim']>[0]): Promise<Run[]> {
    if (input.entries.length === 0 || input.limit <= 0) return Promise.resolve([]);
    return this.db.write(() => claimRuns(this.db, input));
  }

  async nextDue(entries: string[], now: number): Promise<number | undefined> {
    return nextDueOf(this.db, entries, now);
  }

  done(run: RunId, token: number, now: number): Promise<boolean> {
    return this.db.write(
      () =>
        this.db.change(
          `UPDATE runs SET status = ?, failure = NULL, failed_node = NULL, updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
          ...['done', now, run, token],
        ) > 0,
    );
  }

  retry(run: RunId, token: number, failed: Parameters<RunStore['retry']>[2], now: number): Promise<boolean> {
    return this.db.write(() => {
      const changed = this.db.change(
        `UPDATE runs SET status = 'waiting', attempts = attempts - ?, crashes = 0, available_at = ?, failure = ?, failed_node = ?, updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
        ...[failed.free ? 1 : 0, failed.availableAt, JSON.stringify(failed.failure), failed.node ?? null, now, run, token],
      );
      if (changed) addFailedAttempt(this.db, run, failed, now);
      return changed > 0;
    });
  }

  park(run: RunId, token: number, failed: Parameters<RunStore['park']>[2], now: number): Promise<boolean> {
    return this.db.write(() => {
      const changed = this.db.change(
        `UPDATE runs SET status = 'dead', crashes = 0, failure = ?, failed_node = ?, updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
        ...[JSON.stringify(failed.failure), failed.node ?? null, now, run, token],
      );
      if (changed) {
        addFailedAttempt(this.db, run, failed, now);
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
      if (changed) this.append({ actor: 'engine', action: 'run.overtaken', subject: run, detail: { newer: failure.value ?? null } }, now);
      return changed > 0;
    });
  }

  giveUp(run: RunId, token: number, { failure, node }: Parameters<RunStore['giveUp']>[2], now: number): Promise<boolean> {
    return this.db.write(
      () =>
        this.db.change(
          `UPDATE runs SET status = 'cancelled', crashes = 0, failure = ?, failed_node = ?, updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
          ...[JSON.stringify(failure), node ?? null, now, run, token],
        ) > 0,
    );
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

  suspend(run: RunId, token: number, waiting: Parameters<RunStore['suspend']>[2], now: number): Promise<boolean> {
    const { until = endOfTime, ...waitingFor } = waiting;
    return this.db.write(
      () =>
        this.db.change(
          `UPDATE runs SET status = 'waiting', attempts = attempts - 1, crashes = 0, available_at = CASE WHEN nudged = 1 THEN ? ELSE ? END, nudged = 0,
             waiting_for = ?, failure = NULL, failed_node = NULL, updated_at = ? WHERE id = ? AND token = ? AND status = 'running'`,
          ...[now, until, JSON.stringify(waitingFor), now, run, token],
        ) > 0,
    );
  }

  rouse(run: RunId, now: number): Promise<boolean> {
    return this.db.write(() => rouseRun(this.db, run, now));
  }

  hasten(classes: FailureClass[], now: number): Promise<number> {
    return this.db.write(() =>
      this.db.change(
        `UPDATE runs SET available_at = ? WHERE status = 'waiting' AND available_at > ? AND json_extract(failure, '$.class') IN (${marks(classes)})`,
        ...[now, now, ...classes],
      ),
    );
  }
}

const marks = (values: unknown[]) => values.map(() => '?').join(', ');
