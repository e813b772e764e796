import type { Client, ClientConfig, Notification } from 'pg';
import type { Heartbeat } from '../store/instances.ts';
import { Connection } from './connection.ts';
import { type BeginSession, transactionPooler } from './session.ts';

/**
 * Keeps this instance among the living ones: its lease, the take-over of others whose lease ran out, the leases of
 * sources, and the calls by which instances wake one another. All times are the database's, so that instances whose
 * clocks differ agree.
 */
export class Keeper {
  private readonly instance: string;
  private readonly shown: string;
  private readonly channel: string;
  private readonly leaseMs: number;
  private readonly connection: Connection;
  private readonly listeners = new Set<() => void>();
  private readonly backOffMs = { first: 100, longest: 5_000 };
  private turn: Promise<unknown> = Promise.resolve();
  private closed = false;
  private retryTimer: NodeJS.Timeout | undefined;
  private listening: Client | undefined;
  /** which process of the database serves the session; only a pooler could change it */
  private servedBy: { client: Client; pid: number } | undefined;
  private calling = false;
  private alone = true;
  /** monotonic; nobody takes over before */
  private holdsUntil = 0;

  constructor(options: {
    instance: string;
    schema: string;
    shown: string;
    leaseMs: number;
    connection: ClientConfig;
    begin: BeginSession;
  }) {
    this.instance = options.instance;
    this.shown = options.shown;
    this.channel = `psconnect_${options.schema}`;
    this.leaseMs = options.leaseMs;
    this.connection = new Connection(options.connection, options.begin, () => this.reconnect(this.backOffMs.first));
  }

  /** False while this instance may have been taken over without knowing it yet (it was frozen, or cut off). */
  get holds(): boolean {
    return performance.now() < this.holdsUntil;
  }

  onWake(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Renews the lease, or takes a new one if it was lost, and makes runs of the dead ready again. */
  heartbeat(now: number): Promise<Heartbeat> {
    return this.inTurn(async (client) => {
      const began = performance.now();
      await client.query('BEGIN');
      const renewed = await client.query(
        `UPDATE instances SET lease_until = clock_timestamp() + $2 * interval '1 millisecond' WHERE id = $1`,
        [this.instance, this.leaseMs],
      );
      const lost = renewed.rowCount === 0;
      if (lost) {
        await client.query(
          `INSERT INTO instances (id, started_at, lease_until) VALUES ($1, clock_timestamp(), clock_timestamp() + $2 * interval '1 millisecond')`,
          [this.instance, this.leaseMs],
        );
        await client.query('SELECT pg_notify($1, $2)', [this.channel, this.instance]); // the others have company from now on
      }
      const takenOver = await this.takeOver(client, now);
      const { rows } = await client.query<{
        pid: number;
        at: number;
        others: number;
        place: number;
        next: number | null;
        suspects: boolean;
      }>(
        `SELECT pg_backend_pid() AS pid, (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS at, count(*) AS others, count(*) FILTER (WHERE id < $1) AS place,
                (extract(epoch FROM min(lease_until) - clock_timestamp()) * 1000)::bigint AS next,
                EXISTS (SELECT 1 FROM runs WHERE status = 'ready' AND crashes >= 2) AS suspects
         FROM instances WHERE id <> $1`,
        [this.instance],
      );
      await client.query('COMMIT');
      this.mustBeServedAsBefore(client, Number(rows[0]?.pid));
      this.holdsUntil = began + this.leaseMs;
      const { at = 0, others = 0, place = 0, next = null, suspects = false } = rows[0] ?? {};
      const alive = Number(others) + 1;
      this.alone = alive === 1;
      // a dead instance is noticed as its lease ends, not a whole beat later
      const beat = this.leaseMs / 3;
      const nextBeatMs = next === null ? beat : Math.max(20, Math.min(beat, Number(next) + 5));
      return { at: Number(at), lost, takenOver, suspects, place: Number(place), alive, nextBeatMs };
    });
  }

  /** The token under which this instance may read the source, or undefined while a living one does. */
  lease(source: string): Promise<number | undefined> {
    return this.inTurn(async (client) => {
      const { rows } = await client.query<{ token: number }>(
        `INSERT INTO source_leases AS l (source, owner, token) SELECT $1, id, 1 FROM instances WHERE id = $2
         ON CONFLICT (source) DO UPDATE SET owner = excluded.owner, token = l.token + CASE WHEN l.owner = excluded.owner THEN 0 ELSE 1 END
         WHERE l.owner IS NULL OR l.owner = excluded.owner
            OR NOT EXISTS (SELECT 1 FROM instances i WHERE i.id = l.owner AND i.lease_until > clock_timestamp())
         RETURNING l.token`,
        [source, this.instance],
      );
      return rows[0] ? Number(rows[0].token) : undefined;
    });
  }

  async unlease(source: string): Promise<void> {
    await this.inTurn((client) =>
      client.query('UPDATE source_leases SET owner = NULL, token = token + 1 WHERE source = $1 AND owner = $2', [source, this.instance]),
    );
    this.callOthers();
  }

  /** Wakes the other instances: there is work that this one may not take. Soon, once for many. */
  callOthers(): void {
    if (this.calling || this.closed || this.alone) return;
    this.calling = true;
    setTimeout(() => {
      this.calling = false;
      this.inTurn((client) => client.query('SELECT pg_notify($1, $2)', [this.channel, this.instance])).catch(() => undefined);
    }, 5).unref();
  }

  /** Ends the lease, so that nobody waits for it. */
  async close(): Promise<void> {
    if (this.closed) return;
    clearTimeout(this.retryTimer);
    const left = this.inTurn(async (client) => {
      await client.query('UPDATE source_leases SET owner = NULL, token = token + 1 WHERE owner = $1', [this.instance]);
      await client.query('DELETE FROM instances WHERE id = $1', [this.instance]);
      await client.query('SELECT pg_notify($1, $2)', [this.channel, this.instance]);
    });
    this.closed = true;
    await left.catch(() => undefined); // the lease runs out by itself
    await this.connection.close();
  }

  /**
   * First the dead leave, then all runs without a living owner are ready again: in two statements, because a claim that
   * was under way holds up the first and must be seen by the second. After a restart of the database everyone has one
   * lease time to report.
   */
  private async takeOver(client: Client, now: number): Promise<number> {
    await client.query(
      `DELETE FROM instances WHERE id <> $1 AND lease_until < clock_timestamp()
         AND pg_postmaster_start_time() < clock_timestamp() - $2 * interval '1 millisecond'`,
      [this.instance, this.leaseMs],
    );
    const { rowCount } = await client.query(
      `UPDATE runs SET status = 'ready', token = token + 1, crashes = crashes + 1, owner = NULL, available_at = $1, updated_at = $1
       WHERE status = 'running' AND NOT EXISTS (SELECT 1 FROM instances i WHERE i.id = runs.owner)`,
      [now],
    );
    return rowCount ?? 0;
  }

  private mustBeServedAsBefore(client: Client, pid: number): void {
    if (this.servedBy?.client === client && this.servedBy.pid !== pid) throw transactionPooler(this.shown);
    this.servedBy = { client, pid };
  }

  /** One at a time: the connection has one transaction. */
  private inTurn<T>(work: (client: Client) => Promise<T>): Promise<T> {
    const mine = this.turn.then(async () => {
      const client = await this.connection.get();
      try {
        await this.listen(client);
        return await work(client);
      } catch (error) {
        this.connection.check(client, error);
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    });
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async listen(client: Client): Promise<void> {
    if (this.listening === client) return;
    client.on('notification', ({ payload }: Notification) => {
      if (payload === this.instance) return;
      this.alone = false;
      for (const listener of this.listeners) listener();
    });
    await client.query(`LISTEN ${this.channel}`);
    this.listening = client;
  }

  /** Comes back by itself with growing pauses, and wakes the engine: calls may have been missed. */
  private reconnect(delayMs: number): void {
    clearTimeout(this.retryTimer);
    if (this.closed) return;
    this.retryTimer = setTimeout(() => {
      this.inTurn((client) => client.query('SELECT 1')).then(
        () => {
          for (const listener of this.listeners) listener();
        },
        () => this.reconnect(Math.min(delayMs * 2, this.backOffMs.longest)),
      );
    }, delayMs);
    this.retryTimer.unref();
  }
}
