import type { Run, RunStore } from '../store/runs.ts';
import { claimedColumns, runOf } from '../sqlite/rows.ts';
import { withOvertakers } from './record-versions.ts';
import type { WriteKind } from './write-kind.ts';

type ClaimInput = Parameters<RunStore['claim']>[0];

/** The most severe first; as in the index `runs_due_by_rank`. */
const rank = `CASE r.severity WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'low' THEN 3 ELSE 2 END`;
const unsuspected = `r.status IN ('ready', 'waiting') AND (r.status = 'ready' OR r.available_at <= $2) AND r.crashes < 2`;

/**
 * The first open run of each key, if none of the key is under way. Two instances may both see a key as free (a run that
 * was stored earlier but committed later, a replay): the unique index `runs_one_of_a_key` lets one of them have it, and
 * the group of the other is done again. The scalar subquery stays a look into one index, whatever the planner thinks.
 */
export const claimRuns: WriteKind<ClaimInput, Run[]> = {
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
      [entries, now, limit, revision, transaction.instance, upTo],
    );
    const runs = rows.map((row): Run => Object.assign(runOf(row), { eventLength: Number(row['length']) }));
    runs.sort((left, right) => left.seq - right.seq);
    return [{ value: await withOvertakers(transaction, runs) }];
  },
};
