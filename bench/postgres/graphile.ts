import { Logger, run as runGraphile, runMigrations } from 'graphile-worker';
import pg from 'pg';
import type { SourceEvent } from '../../model/operations.ts';
import { type Keys, eventsOf } from './events.ts';

/** `default`: as it is installed, one job fetched and completed at a time; `tuned`: as its page on performance advises. */
export type Setting = 'default' | 'tuned';

const silent = new Logger(() => () => undefined);

/** graphile-worker, a well-kept job queue on PostgreSQL, on the same server (https://worker.graphile.org). */
export class Graphile {
  private readonly pool: pg.Pool;
  private readonly concurrency: number;

  private constructor(pool: pg.Pool, concurrency: number) {
    this.pool = pool;
    this.concurrency = concurrency;
  }

  static async create(url: string, concurrency: number): Promise<Graphile> {
    const pool = new pg.Pool({ connectionString: url, max: concurrency + 2 });
    const ignore = () => undefined;
    pool.on('error', ignore);
    pool.on('connect', (client) => client.on('error', ignore));
    await runMigrations({ pgPool: pool, logger: silent });
    return new Graphile(pool, concurrency);
  }

  async accept(work: (store: (page: SourceEvent[]) => Promise<unknown>) => Promise<number>): Promise<number> {
    await this.empty();
    return work((page) => this.add(page, 'held', false));
  }

  /** Milliseconds for so many jobs that do nothing, added before; jobs of one key in one named queue. */
  async deliver(count: number, keys: Keys, setting: Setting, named: boolean): Promise<{ ms: number }> {
    await this.empty();
    for (let from = 0; from < count; from += 1_000) await this.add(eventsOf(Math.min(1_000, count - from), keys, from), 'none', named);
    let done = 0;
    let finish: () => void = () => undefined;
    const all = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const began = performance.now();
    // https://worker.graphile.org/docs/performance
    const advised = setting === 'tuned' ? { localQueue: { size: 4 * this.concurrency }, completeJobBatchDelay: 0 } : {};
    const runner = await runGraphile({
      pgPool: this.pool,
      noHandleSignals: true,
      logger: silent,
      preset: { worker: { concurrentJobs: this.concurrency, ...advised } },
      taskList: {
        none: () => {
          if (++done === count) finish();
        },
      },
    });
    await all;
    await runner.stop(); // writes the completions that it holds
    return { ms: performance.now() - began };
  }

  end(): Promise<void> {
    return this.pool.end();
  }

  private async add(page: SourceEvent[], identifier: string, named: boolean): Promise<void> {
    const jobs = page.map((payload) => ({ identifier, payload, job_key: payload.id, ...(named ? { queue_name: payload.key } : {}) }));
    await this.pool.query(
      'SELECT graphile_worker.add_jobs(array(SELECT json_populate_recordset(null::graphile_worker.job_spec, $1::json)))',
      [JSON.stringify(jobs)],
    );
  }

  private empty(): Promise<unknown> {
    return this.pool.query('TRUNCATE graphile_worker._private_jobs, graphile_worker._private_job_queues');
  }
}
