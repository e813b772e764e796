import type { Effect, EffectStatus, SentAgain } from '../store/effects.ts';
import type { RunId } from '../store/runs.ts';
import type { Store } from '../store.ts';
import type { StoreParts } from './waiting-writes.ts';
import { effectOf } from './rows.ts';

/** Says that a write is about to be sent; answers what is known of it from before. */
export function intendEffect(
  { db, mustBeUnderWay }: StoreParts,
  effect: Parameters<Store['intend']>[0],
  token: number,
  now: number,
): Effect | undefined {
  const crashes = mustBeUnderWay(effect.run, token);
  const before = db.get('SELECT * FROM effects WHERE key = ?', effect.key);
  if (before) {
    if (sendAnew.has(String(before['status']))) {
      db.change(
        `UPDATE effects SET status = 'intended', request = ?, failure = NULL, attempts = attempts + 1, absent_before = 0, intended_at = ?, finished_at = NULL
           WHERE key = ?`,
        ...[JSON.stringify(effect.request), now, effect.key],
      );
    }
    return effectOf(before);
  }
  const { key, run, node, business, title, system, settle, request, undo, ofUndo } = effect;
  db.change(
    `INSERT INTO effects (key, run, node, business, title, system, settle, status, request, intended_at, undo, of_undo, place)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'intended', ?, ?, ?, ?, (SELECT count(*) FROM effects WHERE run = ?))`,
    ...[key, run, node, business, title, system, settle, JSON.stringify(request), now, jsonOrNull(undo), ofUndo ? 1 : 0, run],
  );
  if (crashes > 0) db.change('UPDATE runs SET crashes = 0 WHERE id = ?', run); // it has come further than before
  return undefined;
}

export function intendEffectAgain(
  { db, mustBeUnderWay }: StoreParts,
  key: string,
  run: RunId,
  token: number,
  now: number,
  { sentBefore, absent }: SentAgain,
): void {
  mustBeUnderWay(run, token);
  db.change(
    `UPDATE effects SET status = 'intended', failure = NULL, attempts = attempts + ?, absent_before = max(absent_before, ?),
       intended_at = ?, finished_at = NULL WHERE key = ? AND status <> 'done'`,
    ...[sentBefore ? 1 : 0, absent ? 1 : 0, now, key],
  );
}

/** What is done stays done, and is in the journal once. */
export function finishEffect({ db, append }: StoreParts, key: string, outcome: Parameters<Store['finishEffect']>[1], now: number): void {
  const { status, result, failure, found, maker } = outcome;
  const changed = db.change(
    `UPDATE effects SET status = ?, result = ?, failure = ?, found = ?, maker = ?, finished_at = ? WHERE key = ? AND status NOT IN ('done', 'compensated')`,
    ...[status, jsonOrNull(result), jsonOrNull(failure), found ? 1 : 0, maker ?? null, now, key],
  );
  const row = changed ? db.get('SELECT * FROM effects WHERE key = ?', key) : undefined;
  if (!row) return;
  const effect = effectOf(row);
  append(
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
}

/** Surely not there: a later delivery sends it anew. */
const sendAnew: ReadonlySet<string> = new Set<EffectStatus>(['rejected', 'not-made', 'compensated']);

const jsonOrNull = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
