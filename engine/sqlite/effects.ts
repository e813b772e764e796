import type { Json } from '../../model/json.ts';
import type { Act } from '../store/act.ts';
import type { Effect, EffectStatus, EffectStore, SentAgain } from '../store/effects.ts';
import type { RunId } from '../store/runs.ts';
import { effectOf } from './rows.ts';
import { mustBeUnderWay, rouseRun } from './run-rows.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Writes to systems. */
export abstract class SqliteEffects extends SqliteFile implements EffectStore {
  /** Says that a write is about to be sent; answers what is known of it from before. */
  intend(effect: Parameters<EffectStore['intend']>[0], token: number, now: number): Promise<Effect | undefined> {
    return this.db.write(() => {
      const crashes = mustBeUnderWay(this.db, effect.run, token);
      const before = this.db.get('SELECT * FROM effects WHERE key = ?', effect.key);
      if (before) {
        if (sendAnew.has(String(before['status']))) {
          this.db.change(
            `UPDATE effects SET status = 'intended', request = ?, failure = NULL, attempts = attempts + 1, absent_before = 0, intended_at = ?, finished_at = NULL
               WHERE key = ?`,
            ...[JSON.stringify(effect.request), now, effect.key],
          );
        }
        return effectOf(before);
      }
      const { key, run, node, business, title, titleWords, system, settle, request, undo, ofUndo } = effect;
      this.db.change(
        `INSERT INTO effects (key, run, node, business, title, title_words, system, settle, status, request, intended_at, undo, of_undo, place)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'intended', ?, ?, ?, ?, (SELECT count(*) FROM effects WHERE run = ?))`,
        ...[key, run, node, business, title, jsonOrNull(titleWords), system, settle, JSON.stringify(request), now],
        ...[jsonOrNull(undo), ofUndo ? 1 : 0, run],
      );
      if (crashes > 0) this.db.change('UPDATE runs SET crashes = 0 WHERE id = ?', run); // it has come further than before
      return undefined;
    });
  }

  intendAgain(key: string, run: RunId, token: number, now: number, { sentBefore, absent, request }: SentAgain): Promise<void> {
    return this.db.write(() => {
      mustBeUnderWay(this.db, run, token);
      this.db.change(
        `UPDATE effects SET status = 'intended', failure = NULL, attempts = attempts + ?, absent_before = max(absent_before, ?),
           request = ?, intended_at = ?, finished_at = NULL WHERE key = ? AND status <> 'done'`,
        ...[sentBefore ? 1 : 0, absent ? 1 : 0, JSON.stringify(request), now, key],
      );
    });
  }

  /** What is done stays done, and is in the journal once. */
  finishEffect(key: string, outcome: Parameters<EffectStore['finishEffect']>[1], now: number): Promise<void> {
    return this.db.write(() => {
      const { status, result, failure, found, maker } = outcome;
      const changed = this.db.change(
        `UPDATE effects SET status = ?, result = ?, failure = ?, found = ?, maker = ?, finished_at = ? WHERE key = ? AND status NOT IN ('done', 'compensated')`,
        ...[status, jsonOrNull(result), jsonOrNull(failure), found ? 1 : 0, maker ?? null, now, key],
      );
      const row = changed ? this.db.get('SELECT * FROM effects WHERE key = ?', key) : undefined;
      if (!row) return;
      const effect = effectOf(row);
      this.append(
        {
          actor: 'engine',
          action: `effect.${status}`,
          subject: effect.run,
          detail: {
            system: effect.system,
            business: effect.business,
            result: effect.result ?? null,
            ...(effect.found ? { found: true } : {}),
            ...(effect.failure ? { code: effect.failure.code } : {}),
          },
        },
        now,
      );
    });
  }

  settleEffect(key: string, settled: Act & { made: boolean; result?: Json }, now: number): Promise<Effect | undefined> {
    return this.db.write(() => {
      const changed = this.db.change(
        `UPDATE effects SET status = ?, result = ?, failure = NULL, finished_at = ? WHERE key = ? AND status IN ('in-doubt', 'intended')
           AND NOT EXISTS (SELECT 1 FROM runs r WHERE r.id = effects.run AND r.status = 'running')`,
        ...[settled.made ? 'done' : 'not-made', settled.made ? JSON.stringify(settled.result ?? null) : null, now, key],
      );
      if (!changed) return undefined;
      const effect = effectOf(this.db.get('SELECT * FROM effects WHERE key = ?', key) as never);
      const { system, business, run } = effect;
      this.append(
        {
          actor: settled.actor,
          action: 'effect.settled',
          subject: run,
          detail: {
            system,
            business,
            outcome: settled.made ? 'made' : 'not-made',
            result: effect.result ?? null,
            reason: settled.reason ?? null,
          },
        },
        now,
      );
      rouseRun(this.db, run, now);
      this.db.change(
        `UPDATE runs SET status = 'ready', attempts = 0, failure = NULL, failed_node = NULL, available_at = ?, renewed_at = ?, updated_at = ?
         WHERE id = ? AND status = 'dead' AND (json_extract(failure, '$.class') LIKE 'transient.%' OR json_extract(failure, '$.code') = 'UNDO_IN_DOUBT')
           AND NOT EXISTS (SELECT 1 FROM effects e WHERE e.run = runs.id AND e.status IN ('in-doubt', 'intended'))`,
        ...[now, now, now, run],
      );
      return effect;
    });
  }

  async effects(run: RunId): Promise<Effect[]> {
    return this.db.all('SELECT * FROM effects WHERE run = ? ORDER BY intended_at, business', run).map(effectOf);
  }

  async effectsInDoubt(limit: number): Promise<Effect[]> {
    return this.db
      .all(`SELECT * FROM effects WHERE status IN ('intended', 'in-doubt') AND status = 'in-doubt' ORDER BY intended_at LIMIT ?`, limit)
      .map(effectOf);
  }
}

/** Surely not there: a later delivery sends it anew. */
const sendAnew: ReadonlySet<string> = new Set<EffectStatus>(['rejected', 'not-made', 'compensated']);

const jsonOrNull = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
