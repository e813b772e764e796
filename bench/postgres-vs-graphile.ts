import { Logger, run as runGraphile, runMigrations } from 'graphile-worker';
import pg from 'pg';
import { systemClock } from '../engine/clock.ts';
import { Engine } from '../engine/engine.ts';
import { PostgresStore } from '../engine/postgres/postgres-store.ts';
import { defaultPolicy } from '../engine/retry-policy.ts';
import type { SourceEvent } from '../model/operations.ts';
import { startPostgres } from '../test/engine/embedded-postgres.ts';
import type { FigureResult } from './harness/figure.ts';
import { spreadOf } from './harness/spread.ts';

/**
 * Our shared store beside graphile-worker, a well-kept job queue on PostgreSQL, on the same server, by turns:
 *
 *     node bench/postgres-vs-graphile.ts [runs] [rounds]
 *
 * Both commit to disk (fsync on), drop what they are told twice (event id | job key), run 64 at a time and do nothing in
 * a run. graphile-worker is set up as its page on performance advises: a local queue, jobs completed in batches
 * (https://worker.graphile.org/docs/performance), where that helps. The last line is JSON for `npm run bench`.
 */
const total = Number(process.argv[2] ?? 2_000);
const rounds = Number(process.argv[3] ?? 3);
const concurrency = 64;
const entry = { id: 'in', flow: 'tab', policy: defaultPolicy };
const database = await startPostgres();
const pool = new pg.Pool({ connectionString: database.url, max: concurrency + 2 });
pool.on('error', () => undefined);
const logger = new Logger(() => () => undefined);
await runMigrations({ pgPool: pool, logger });

const perSecond = (count: number, began: number) => Math.round((count * 1_000) / (performance.now() - began));
const events = (count: number, keys: number, from = 0): SourceEvent[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `E${from + index}`,
    source: '/bench',
    type: 'com.psconnect.bench',
    subject: `E${from + index}`,
    time: '2026-11-20T08:00:00Z',
    key: keys > 0 ? `K${(from + index) % keys}` : `E${from + index}`,
    data: { n: index },
  }));

/** Stores `count` events in pages of `size`, `callers` at a time. */
async function accept(count: number, size: number, callers: number, store: (page: SourceEvent[]) => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let next = 0;
  const caller = async () => {
    while (next < count) {
      const from = next;
      next += size;
      await store(events(size, 0, from));
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return perSecond(count, began);
}

let schemas = 0;
async function ours<T>(work: (engine: Engine) => Promise<T>): Promise<T> {
  const schema = `ours_${++schemas}`;
  const store = new PostgresStore({ url: database.url, schema });
  const engine = new Engine({ store, instances: store.instances, clock: systemClock, concurrency });
  engine.register({ ...entry, deliver: () => undefined });
  await engine.open();
  try {
    return await work(engine);
  } finally {
    await engine.close();
    await database.query(`DROP SCHEMA ${schema} CASCADE`);
  }
}

const acceptOurs = (count: number, size: number, callers: number) =>
  ours((engine) => accept(count, size, callers, (page) => engine.accept(entry, page)));

const deliverOurs = (keys: number) =>
  ours(async (engine) => {
    await engine.accept(entry, events(total, keys));
    const began = performance.now();
    let ended = 0;
    await new Promise<void>((resolve) => {
      engine.on('ended', () => {
        if (++ended === total) resolve();
      });
      engine.start();
    });
    return perSecond(total, began);
  });

async function addJobs(page: SourceEvent[], identifier: string, keyed: boolean): Promise<void> {
  const jobs = page.map((payload) => ({ identifier, payload, job_key: payload.id, ...(keyed ? { queue_name: payload.key } : {}) }));
  await pool.query('SELECT graphile_worker.add_jobs(array(SELECT json_populate_recordset(null::graphile_worker.job_spec, $1::json)))', [
    JSON.stringify(jobs),
  ]);
}

const emptyGraphile = () => pool.query('TRUNCATE graphile_worker._private_jobs, graphile_worker._private_job_queues');

async function acceptGraphile(count: number, size: number, callers: number): Promise<number> {
  await emptyGraphile();
  return accept(count, size, callers, (page) => addJobs(page, 'held', false));
}

/** Much faster for jobs without a queue name, much slower for jobs with one: each side is measured at its best. */
const batches = { localQueue: { size: 4 * concurrency }, completeJobBatchDelay: 0 };

async function deliverGraphile(keys: number): Promise<number> {
  await emptyGraphile();
  await addJobs(events(total, keys), 'none', keys > 0);
  let done = 0;
  const began = performance.now();
  let finish: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const runner = await runGraphile({
    pgPool: pool,
    noHandleSignals: true,
    logger,
    preset: { worker: { concurrentJobs: concurrency, ...(keys > 0 ? {} : batches) } },
    taskList: {
      none: () => {
        if (++done === total) finish();
      },
    },
  });
  await all;
  await runner.stop(); // flushes the completions that it holds
  return perSecond(total, began);
}

async function compare(
  name: string,
  what: string,
  measureOurs: () => Promise<number>,
  measurePeer: () => Promise<number>,
): Promise<FigureResult> {
  const pairs: [number, number][] = [];
  for (let round = 0; round < rounds; round++) pairs.push([await measureOurs(), await measurePeer()]);
  return {
    name,
    what,
    unit: 'runs/s',
    ours: spreadOf(pairs.map(([own]) => own)),
    peer: { name: 'graphile-worker', ...spreadOf(pairs.map(([, peer]) => peer)) },
    ratio: spreadOf(pairs.map(([own, peer]) => own / peer)),
    targets: [],
    details: { runs: total, concurrency },
    notes: [],
  };
}

const few = Math.min(total, 500);
const figures = [
  await compare(
    'postgres.accept.one',
    'events stored one after the other',
    () => acceptOurs(few, 1, 1),
    () => acceptGraphile(few, 1, 1),
  ),
  await compare(
    'postgres.accept.64',
    'events stored one each by 64 callers',
    () => acceptOurs(total, 1, 64),
    () => acceptGraphile(total, 1, 64),
  ),
  await compare(
    'postgres.accept.page',
    'events stored in pages of 100',
    () => acceptOurs(total, 100, 1),
    () => acceptGraphile(total, 100, 1),
  ),
  await compare(
    'postgres.deliver',
    'runs delivered and done',
    () => deliverOurs(0),
    () => deliverGraphile(0),
  ),
  await compare(
    'postgres.deliver.keys',
    'runs of 200 keys delivered and done in order',
    () => deliverOurs(200),
    () => deliverGraphile(200),
  ),
];
await pool.end();
await database.remove();
console.log(JSON.stringify(figures));
process.exit(0);
