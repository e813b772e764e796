import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import { effectOf, runOf } from '../sqlite/rows.ts';
import type { Act } from '../store/act.ts';
import type { Effect, EffectStore, SentAgain } from '../store/effects.ts';
import type { RunId } from '../store/runs.ts';
import { databaseText } from './database-text.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { mustBeUnderWay, rouseRun, runTakenOver } from './run-rows.ts';
import type { Outcome, Transaction, WriteKind } from './write-kind.ts';

/** Writes to systems. */
export abstract class PostgresEffects extends PostgresDatabase implements EffectStore {
  async intend(effect: Parameters<EffectStore['intend']>[0], token: number, now: number): Promise<Effect | undefined> {
    const before = await this.write(intendEffects, { effect, token, now });
    this.mustHold();
    return before;
  }

  async intendAgain(key: string, run: RunId, token: number, now: number, { sentBefore, absent, request }: SentAgain): Promise<void> {
    await this.do(async (transaction) => {
      await mustBeUnderWay(transaction, run, token);
      await transaction.query(
        `UPDATE effects SET status = 'intended', failure = NULL, attempts = attempts + $4::int, absent_before = absent_before OR $5::boolean,
           request = $6, intended_at = $2, finished_at = NULL, owner = $3
         WHERE key = $1 AND status <> 'done'`,
        [key, now, transaction.instance, sentBefore ? 1 : 0, absent, JSON.stringify(request)],
      );
    });
    this.mustHold();
  }

  /** The intent is committed, but before the answer came the lease ran out (this process was stopped): another may be sending. */
  private mustHold(): void {
    if (this.holds) return;
    throw new Failure({ class: 'transient.unavailable', ...inWords('LEASE_RAN_OUT') });
  }

  async finishEffect(key: string, outcome: Parameters<EffectStore['finishEffect']>[1], now: number): Promise<void> {
    return this.write(finishEffects, { key, outcome, now });
  }

  settleEffect(key: string, settled: Act & { made: boolean; result?: Json }, now: number): Promise<Effect | undefined> {
    return this.called(async (transaction) => {
      const [found] = await transaction.query(
        `SELECT r.* FROM runs r JOIN effects e ON e.run = r.id
         WHERE e.key = $1 AND e.status IN ('in-doubt', 'intended') AND r.status <> 'running' FOR UPDATE OF r`,
        [key],
      );
      if (!found) return undefined;
      const run = runOf(found);
      const [row] = await transaction.query(
        `UPDATE effects SET status = $2, result = $3, failure = NULL, finished_at = $4 WHERE key = $1 RETURNING *`,
        [key, settled.made ? 'done' : 'not-made', settled.made ? databaseText(JSON.stringify(settled.result ?? null)) : null, now],
      );
      const effect = effectOf(row as never);
      transaction.journal(
        {
          actor: settled.actor,
          action: 'effect.settled',
          subject: run.id,
          detail: {
            system: effect.system,
            business: effect.business,
            outcome: settled.made ? 'made' : 'not-made',
            result: effect.result ?? null,
            reason: settled.reason ?? null,
          },
        },
        now,
      );
      await rouseRun(transaction, run.id, now);
      const stoppedByDoubt = run.failure?.class.startsWith('transient.') || run.failure?.code === 'UNDO_IN_DOUBT';
      if (run.status === 'dead' && stoppedByDoubt) {
        await transaction.query(
          `UPDATE runs SET status = 'ready', attempts = 0, failure = NULL, failure_class = NULL, failed_node = NULL, available_at = $2, renewed_at = $2, updated_at = $2
           WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM effects e WHERE e.run = $1 AND e.status IN ('in-doubt', 'intended'))`,
          [run.id, now],
        );
      }
      return effect;
    });
  }

  async effects(run: RunId): Promise<Effect[]> {
    return (await this.read('SELECT * FROM effects WHERE run = $1 ORDER BY intended_at, business', [run])).map(effectOf);
  }

  async effectsInDoubt(limit: number): Promise<Effect[]> {
    return (await this.read(`SELECT * FROM effects WHERE status = 'in-doubt' ORDER BY intended_at LIMIT $1`, [limit])).map(effectOf);
  }
}

type Intent = { effect: Parameters<EffectStore['intend']>[0]; token: number; now: number };
type Finish = { key: string; outcome: Parameters<EffectStore['finishEffect']>[1]; now: number };

/**
 * Commits intents. The rows of the runs stay locked until then, so that no take-over comes between the check of the token
 * and the intent: of two instances only the one that has the run may send.
 */
const intendEffects: WriteKind<Intent, Effect | undefined> = {
  name: 'intend',
  apart: ({ effect }) => effect.key,
  async apply(transaction, inputs) {
    const effects = inputs.map((input) => input.effect);
    const rows = await transaction.query(
      `WITH asked AS (
         SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $12::text[], $13::boolean[], $14::text[])
           v (run, token, key, node, business, title, system, settle, request, now, undo, of_undo, title_words)),
       live AS (
         SELECT r.id, r.token, r.crashes FROM runs r
         WHERE (r.id, r.token) IN (SELECT run, token FROM asked) AND r.status = 'running' FOR NO KEY UPDATE),
       made AS (
         INSERT INTO effects (key, run, node, business, title, title_words, system, settle, status, request, intended_at, owner, undo, of_undo, place)
         SELECT a.key, a.run, a.node, a.business, a.title, a.title_words, a.system, a.settle, 'intended', a.request, a.now, $11, a.undo, a.of_undo, (SELECT count(*) FROM effects e WHERE e.run = a.run)
         FROM asked a JOIN live l ON l.id = a.run AND l.token = a.token
         ON CONFLICT (key) DO NOTHING RETURNING key)
       SELECT a.key, a.run, l.crashes, made.key IS NOT NULL AS made FROM asked a JOIN live l ON l.id = a.run AND l.token = a.token LEFT JOIN made ON made.key = a.key`,
      [
        effects.map((effect) => effect.run),
        inputs.map((input) => input.token),
        effects.map((effect) => effect.key),
        effects.map((effect) => effect.node),
        effects.map((effect) => databaseText(effect.business)),
        effects.map((effect) => databaseText(effect.title)),
        effects.map((effect) => effect.system),
        effects.map((effect) => effect.settle),
        effects.map((effect) => JSON.stringify(effect.request)),
        inputs.map((input) => input.now),
        transaction.instance,
        effects.map((effect) => jsonOrNull(effect.undo)),
        effects.map((effect) => effect.ofUndo ?? false),
        effects.map((effect) => jsonOrNull(effect.titleWords)),
      ],
    );
    const made = new Map(rows.map((row) => [String(row['key']), Boolean(row['made'])]));
    // these have come further than before the process died under them
    const further = rows.filter((row) => row['made'] && Number(row['crashes']) > 0).map((row) => row['run']);
    if (further.length > 0) await transaction.query('UPDATE runs SET crashes = 0 WHERE id = ANY($1::text[])', [further]);
    const known = inputs.filter(({ effect }) => made.get(effect.key) === false);
    const before = known.length > 0 ? await intendKnown(transaction, known) : new Map<string, Effect>();
    return inputs.map(({ effect }): Outcome<Effect | undefined> => {
      if (!made.has(effect.key)) return { refused: runTakenOver() };
      return { value: before.get(effect.key) };
    });
  },
};

/** Effects that an earlier delivery intended: answers them as they stood, and intends anew those that surely were not made. */
async function intendKnown(transaction: Transaction, inputs: Intent[]): Promise<Map<string, Effect>> {
  const keys = inputs.map(({ effect }) => effect.key);
  const rows = await transaction.query('SELECT * FROM effects WHERE key = ANY($1::text[]) FOR UPDATE', [keys]);
  await transaction.query(
    `UPDATE effects e SET
       owner = $4,
       status = CASE WHEN e.status IN ('rejected', 'not-made', 'compensated') THEN 'intended' ELSE e.status END,
       request = CASE WHEN e.status IN ('rejected', 'not-made', 'compensated') THEN v.request ELSE e.request END,
       failure = CASE WHEN e.status IN ('rejected', 'not-made', 'compensated') THEN NULL ELSE e.failure END,
       attempts = CASE WHEN e.status IN ('rejected', 'not-made', 'compensated') THEN e.attempts + 1 ELSE e.attempts END,
       absent_before = e.absent_before AND e.status NOT IN ('rejected', 'not-made', 'compensated'),
       intended_at = CASE WHEN e.status IN ('rejected', 'not-made', 'compensated') THEN v.now ELSE e.intended_at END,
       finished_at = CASE WHEN e.status IN ('rejected', 'not-made', 'compensated') THEN NULL ELSE e.finished_at END
     FROM unnest($1::text[], $2::text[], $3::bigint[]) v (key, request, now) WHERE e.key = v.key AND e.status <> 'done'`,
    [keys, inputs.map(({ effect }) => JSON.stringify(effect.request)), inputs.map(({ now }) => now), transaction.instance],
  );
  return new Map(rows.map((row) => [String(row['key']), effectOf(row)]));
}

/**
 * What became of writes. That one was made is recorded whoever says it: it happened. That one failed counts only from
 * the instance that intended it last: another may be sending it again.
 */
const finishEffects: WriteKind<Finish, void> = {
  name: 'finish',
  apart: ({ key }) => key,
  async apply(transaction, inputs) {
    const rows = await transaction.query(
      `UPDATE effects e SET status = v.status, result = v.result, failure = v.failure, found = v.found, maker = v.maker, finished_at = v.now
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::bigint[], $8::text[]) v (key, status, result, failure, found, now, maker)
       WHERE e.key = v.key AND e.status NOT IN ('done', 'compensated') AND (v.status = 'done' OR e.owner = $7) RETURNING e.*`,
      [
        inputs.map((input) => input.key),
        inputs.map((input) => input.outcome.status),
        inputs.map((input) => jsonOrNull(input.outcome.result)),
        inputs.map((input) => jsonOrNull(input.outcome.failure)),
        inputs.map((input) => (input.outcome.found ? 1 : 0)),
        inputs.map((input) => input.now),
        transaction.instance,
        inputs.map((input) => input.outcome.maker ?? null),
      ],
    );
    const finished = new Map(rows.map((row) => [String(row['key']), effectOf(row)]));
    for (const { key, now } of inputs) {
      const effect = finished.get(key);
      if (effect)
        transaction.journal({ actor: 'engine', action: `effect.${effect.status}`, subject: effect.run, detail: detailOf(effect) }, now);
    }
    return inputs.map(() => ({ value: undefined }));
  },
};

function detailOf(effect: Effect) {
  return {
    system: effect.system,
    business: effect.business,
    result: effect.result ?? null,
    ...(effect.found ? { found: true } : {}),
    ...(effect.failure ? { code: effect.failure.code } : {}),
  };
}

const jsonOrNull = (value: unknown) => (value === undefined ? null : JSON.stringify(value));
