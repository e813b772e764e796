import type { FailureClass, FailureDetails } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import { endOfTime, type Run, type RunId, type RunStore } from '../store/runs.ts';
import { acceptRuns } from './accept-runs.ts';
import { claimRuns } from './claim.ts';
import { databaseText } from './database-text.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { rouseRun } from './run-rows.ts';
import type { WriteKind } from './write-kind.ts';

/** How runs come in, are delivered, wait and end. */
export abstract class PostgresRuns extends PostgresDatabase implements RunStore {
  async accept(input: Parameters<RunStore['accept']>[0]) {
    const result = await this.write(acceptRuns, input);
    if (result.accepted.length > 0) this.callOthers();
    return result;
  }

  async keptEvents(entry: string, events: Parameters<RunStore['keptEvents']>[1]): Promise<SourceEvent[]> {
    const rows = await this.read(
      `SELECT event FROM runs JOIN unnest($2::text[], $3::text[]) v (source, id) ON event_source = v.source AND event_id = v.id WHERE entry = $1`,
      [entry, events.map(({ source }) => databaseText(source)), events.map(({ id }) => databaseText(id))],
    );
    return rows.map((row) => JSON.parse(String(row['event'])) as SourceEvent);
  }

  async cursor(source: string): Promise<Json | undefined> {
    const [row] = await this.read('SELECT value FROM cursors WHERE source = $1', [source]);
    return row && (JSON.parse(String(row['value'])) as Json);
  }

  async backlog(entry: string, most: number): Promise<number> {
    const [row] = await this.read(
      `SELECT count(*) AS n FROM (SELECT 1 FROM runs WHERE entry = $1 AND status IN ('ready', 'running', 'waiting') LIMIT $2) open`,
      [entry, most],
    );
    return Number(row?.['n'] ?? 0);
  }

  async claim(input: Parameters<RunStore['claim']>[0]): Promise<Run[]> {
    if (input.entries.length === 0 || input.limit <= 0) return [];
    const runs = await this.write(claimRuns, input);
    if (runs.length === input.limit) this.callOthers(); // this instance is full; there may be more
    return runs;
  }

  async nextDue(entries: string[], now: number): Promise<number | undefined> {
    if (entries.length === 0) return undefined;
    const [row] = await this.read(
      `SELECT min(available_at) AS due FROM runs WHERE status = 'waiting' AND available_at > $1 AND entry = ANY($2::text[])`,
      [now, entries],
    );
    return row === undefined || row['due'] === null ? undefined : Number(row['due']);
  }

  async done(run: RunId, token: number, now: number): Promise<boolean> {
    return this.write(endRuns, { run, token, now });
  }

  async retry(run: RunId, token: number, failed: Parameters<RunStore['retry']>[2], now: number): Promise<boolean> {
    return this.write(retryRuns, { run, token, now, ...failed });
  }

  async park(run: RunId, token: number, failed: Parameters<RunStore['park']>[2], now: number): Promise<boolean> {
    return this.write(parkRuns, { run, token, now, ...failed });
  }

  async overtaken(run: RunId, token: number, failure: FailureDetails, now: number): Promise<boolean> {
    return this.write(overtakeRuns, { run, token, failure, now });
  }

  async giveUp(run: RunId, token: number, { failure, node }: Parameters<RunStore['giveUp']>[2], now: number): Promise<boolean> {
    return this.do(async (transaction) => {
      const rows = await transaction.query(
        `UPDATE runs SET status = 'cancelled', crashes = 0, failure = $3, failure_class = $4, failed_node = $5, owner = NULL, updated_at = $6
         WHERE id = $1 AND token = $2 AND status = 'running' RETURNING id`,
        [run, token, databaseText(JSON.stringify(failure)), failure.class, node ?? null, now],
      );
      return rows.length > 0;
    });
  }

  async release(run: RunId, token: number, now: number): Promise<boolean> {
    const released = await this.write(releaseRuns, { run, token, now });
    if (released) this.callOthers();
    return released;
  }

  suspend(run: RunId, token: number, waiting: Parameters<RunStore['suspend']>[2], now: number): Promise<boolean> {
    const { until = endOfTime, ...waitingFor } = waiting;
    return this.do(async (transaction) => {
      const rows = await transaction.query(
        `UPDATE runs SET status = 'waiting', attempts = attempts - 1, crashes = 0, available_at = CASE WHEN nudged THEN $3::bigint ELSE $4::bigint END, nudged = false,
           waiting_for = $5, failure = NULL, failure_class = NULL, failed_node = NULL, owner = NULL, updated_at = $3
         WHERE id = $1 AND token = $2 AND status = 'running' RETURNING id`,
        [run, token, now, until, databaseText(JSON.stringify(waitingFor))],
      );
      return rows.length > 0;
    });
  }

  rouse(run: RunId, now: number): Promise<boolean> {
    return this.called((transaction) => rouseRun(transaction, run, now));
  }

  hasten(classes: FailureClass[], now: number): Promise<number> {
    return this.called(async (transaction) => {
      const rows = await transaction.query(
        `UPDATE runs SET available_at = $1 WHERE status = 'waiting' AND available_at > $1 AND failure_class = ANY($2::text[]) RETURNING id`,
        [now, classes],
      );
      return rows.length;
    });
  }
}

interface Ended {
  run: RunId;
  token: number;
  now: number;
}
type Failed = Ended & Parameters<RunStore['retry']>[2];
type Parked = Ended & Parameters<RunStore['park']>[2];

const endRuns: WriteKind<Ended, boolean> = {
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

const overtakeRuns: WriteKind<Ended & { failure: FailureDetails }, boolean> = {
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
const releaseRuns: WriteKind<Ended, boolean> = {
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

const retryRuns: WriteKind<Failed, boolean> = {
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

const parkRuns: WriteKind<Parked, boolean> = {
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
