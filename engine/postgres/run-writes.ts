import type { FailureDetails } from '../../model/failure.ts';
import { claimedColumns, runOf } from '../sqlite/rows.ts';
import type { Run, RunId } from '../store/runs.ts';
import type { Store } from '../store.ts';
import type { WriteKind } from './write-kind.ts';
import { withOvertakers } from './record-versions.ts';

type ClaimInput = Parameters<Store['claim']>[0];
interface Ended {
  run: RunId;
  token: number;
  now: number;
}
type Failed = Ended & Parameters<Store['retry']>[2];
type Parked = Ended & Parameters<Store['park']>[2];

/** The most severe first; as in the index `runs_due_by_rank`. */
const rank = `CASE r.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'low' THEN 3 ELSE 2 END`;
const unsuspected = `r.status IN ('ready', 'waiting') AND (r.status = 'ready' OR r.available_at <= $2) AND r.crashes < 2`;

/**
 * The first open run of each key, if none of the key is under way. Two instances may both see a key as free (a run that
 * was stored earlier but committed later, a replay): the unique index `runs_one_of_a_key` lets one of them have it, and
 * the group of the other is done again. The scalar subquery stays a look into one index, whatever the planner thinks.
 */
export const claimRuns = (instance: string): WriteKind<ClaimInput, Run[]> => ({
  name: 'claim',
  apart: () => '',
  async apply(transaction, [input]) {
    if (!input) return [];
    const { entries, limit, upTo = Number.MAX_SAFE_INTEGER, now, revision } = input;
    const [chosen, order] = input.suspects ? [`r.status = 'ready' AND r.crashes >= 2`, 'r.crashes'] : [unsuspected, rank];
    const rows = await transaction.query(
      `WITH me AS (SELECT id FROM instances WHERE id = $5 FOR KEY SHARE),
       next AS (
         SELECT n.seq, n.length, sum(n.length) OVER (ORDER BY n.rank, n.seq ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
         FROM me, unnest($1::text[]) e (entry) CROSS JOIN LATERAL (
           SELECT r.seq, ${order} AS rank, octet_length(r.event) AS length FROM runs r
           WHERE r.entry = e.entry AND ${chosen}
             AND r.seq = (SELECT h.seq FROM runs h WHERE h.entry = r.entry AND h.key = r.key AND h.status IN ('ready', 'running', 'waiting') ORDER BY h.seq LIMIT 1)
             AND (r.home IS NULL OR r.home = $5 OR NOT EXISTS (SELECT 1 FROM instances i WHERE i.id = r.home))
             AND (SELECT b.seq FROM runs b WHERE b.entry = r.entry AND b.key = r.key AND b.status = 'running') IS NULL
           ORDER BY ${order}, r.seq LIMIT $3 FOR UPDATE OF r SKIP LOCKED
         ) n ORDER BY n.rank, n.seq LIMIT $3
       )
       UPDATE runs r SET status = 'running', token = r.token + 1, attempts = r.attempts + 1, waiting_for = NULL, nudged = false, revision = $4, updated_at = $2, owner = $5
       FROM next WHERE r.seq = next.seq AND (next.before IS NULL OR next.before < $6) RETURNING ${claimedColumns.map((name) => `r.${name}`).join(', ')}, next.length`,
      [entries, now, limit, revision, instance, upTo],
    );
    const runs = rows.map((row): Run => Object.assign(runOf(row), { eventLength: Number(row['length']) }));
    runs.sort((left, right) => left.seq - right.seq);
    return [{ value: await withOvertakers(transaction, runs) }];
  },
});

export const endRuns: WriteKind<Ended, boolean> = {
  name: 'done',
  apart: ({ run }) => run,
  async apply(transaction, inputs) {
    const rows = await transaction.query(
      `UPDATE runs r SET status = 'done', failure = NULL, failure_class = NULL, failed_node = NULL, owner = NULL, updated_at = v.now
       FROM unnest($1::text[], $2::bigint[], $3::bigint[]) v (id, token, now)
       WHERE r.id = v.id AND r.token = v.token AND r.status = 'running' RETURNING r.id`,
      columns(inputs),
    );
    return changed(inputs, rows);
  },
};

export const overtakeRuns: WriteKind<Ended & { failure: FailureDetails }, boolean> = {
  name: 'overtaken',
  apart: ({ run }) => run,
  async apply(transaction, inputs) {
    const rows = await transaction.query(
      `UPDATE runs r SET status = 'cancelled', crashes = 0, failure = v.failure, failure_class = v.class, failed_node = NULL, owner = NULL, updated_at = v.now
       FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[]) v (id, token, now, failure, class)
       WHERE r.id = v.id AND r.token = v.token AND r.status = 'running' RETURNING r.id`,
      [...columns(inputs), inputs.map(({ failure }) => JSON.stringify(failure)), inputs.map(({ failure }) => failure.class)],
    );
    const outcomes = changed(inputs, rows);
    for (const [index, { run, failure, now }] of inputs.entries()) {
      if (outcomes[index]?.value)
        transaction.journal({ actor: 'engine', action: 'run.overtaken', subject: run, detail: { newer: failure.value ?? null } }, now);
    }
    return outcomes;
  },
};

/** Given back undelivered. */
export const releaseRuns: WriteKind<Ended, boolean> = {
  name: 'release',
  apart: ({ run }) => run,
  async apply(transaction, inputs) {
    const rows = await transaction.query(
      `UPDATE runs r SET status = 'ready', token = r.token + 1, attempts = r.attempts - 1, owner = NULL, available_at = v.now, updated_at = v.now
       FROM unnest($1::text[], $2::bigint[], $3::bigint[]) v (id, token, now)
       WHERE r.id = v.id AND r.token = v.token AND r.status = 'running' RETURNING r.id`,
      columns(inputs),
    );
    return changed(inputs, rows);
  },
};

export const retryRuns: WriteKind<Failed, boolean> = {
  name: 'retry',
  apart: ({ run }) => run,
  async apply(transaction, inputs) {
    const rows = await transaction.query(
      `WITH changed AS (
         UPDATE runs r SET status = 'waiting', attempts = r.attempts - v.free, crashes = 0, available_at = v.available_at, failure = v.failure, failure_class = v.class, failed_node = v.node, owner = NULL, updated_at = v.now
         FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::int[]) v (id, token, now, failure, class, node, available_at, free)
         WHERE r.id = v.id AND r.token = v.token AND r.status = 'running'
         RETURNING r.id, r.attempts, r.failed_node, r.failure, r.updated_at)
       INSERT INTO failed_attempts (run, attempt, node, failure, at) SELECT id, attempts, failed_node, failure, updated_at FROM changed RETURNING run AS id`,
      [
        ...columns(inputs),
        inputs.map((input) => JSON.stringify(input.failure)),
        inputs.map((input) => input.failure.class),
        inputs.map((input) => input.node ?? null),
        inputs.map((input) => input.availableAt),
        inputs.map((input) => (input.free ? 1 : 0)),
      ],
    );
    return changed(inputs, rows);
  },
};

export const parkRuns: WriteKind<Parked, boolean> = {
  name: 'park',
  apart: ({ run }) => run,
  async apply(transaction, inputs) {
    const rows = await transaction.query(
      `WITH changed AS (
         UPDATE runs r SET status = 'dead', crashes = 0, failure = v.failure, failure_class = v.class, failed_node = v.node, owner = NULL, updated_at = v.now
         FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[]) v (id, token, now, failure, class, node)
         WHERE r.id = v.id AND r.token = v.token AND r.status = 'running'
         RETURNING r.id, r.attempts, r.failed_node, r.failure, r.updated_at)
       INSERT INTO failed_attempts (run, attempt, node, failure, at) SELECT id, attempts, failed_node, failure, updated_at FROM changed RETURNING run AS id`,
      [
        ...columns(inputs),
        inputs.map((input) => JSON.stringify(input.failure)),
        inputs.map((input) => input.failure.class),
        inputs.map((input) => input.node ?? null),
      ],
    );
    const outcomes = changed(inputs, rows);
    for (const [index, { run, failure, node, now }] of inputs.entries()) {
      if (!outcomes[index]?.value) continue;
      const detail = { class: failure.class, code: failure.code, node: node ?? null };
      transaction.journal({ actor: 'engine', action: 'run.dead', subject: run, detail }, now);
    }
    return outcomes;
  },
};

const columns = (inputs: Ended[]) => [
  inputs.map((input) => input.run),
  inputs.map((input) => input.token),
  inputs.map((input) => input.now),
];

function changed(inputs: Ended[], rows: Record<string, unknown>[]): { value: boolean }[] {
  const ids = new Set(rows.map((row) => row['id']));
  return inputs.map((input) => ({ value: ids.has(input.run) }));
}
