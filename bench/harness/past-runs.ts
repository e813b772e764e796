import { createHash } from 'node:crypto';
import { closeSync, cpSync, existsSync, fsyncSync, mkdtempSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { SqliteStore as OwnStore } from '../../engine/sqlite/sqlite-store.ts';
import { scratch } from './scratch.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Makes the schema: the product of this checkout, or of another one that it is compared with. */
async function storeOf(product: string): Promise<{ schema: string; SqliteStore: typeof OwnStore }> {
  const { migrations } = (await import(join(product, 'engine/sqlite/migrations.ts'))) as { migrations: readonly string[] };
  const { SqliteStore } = (await import(join(product, 'engine/sqlite/sqlite-store.ts'))) as { SqliteStore: typeof OwnStore };
  // names the schema and this file's rows, so that a store made for another one is not taken
  const schema = createHash('sha256').update(migrations.join()).update('5').digest('hex').slice(0, 8);
  return { schema, SqliteStore };
}

/** A store that looks as if `count` runs had been through it, each done with one effect. Made once and kept. */
export async function storeWithPast(count: number, product = root): Promise<string> {
  return made(product, `past-${count}`, (database) => {
    database.exec(runsSql({ count, status: 'done', entry: 'effect1' }));
    database.exec(`
      INSERT INTO effects (key, run, node, business, title, system, settle, status, request, result, intended_at, finished_at)
        SELECT substr(id, 1, 8) || substr(id, 10, 4) || substr(hex(randomblob(16)), 1, 32), id, 'effect1', 'entry ' || subject, 'Entry ' || subject, 'bench', 'repeat', 'done',
               '{"id":"' || subject || '","node":"effect1"}', '{"id":"' || seq || '"}', created_at, updated_at FROM runs;
      INSERT INTO journal (seq, at, actor, action, subject, detail, previous, hash)
        SELECT seq, '2026-11-01T08:00:00.000Z', 'engine', 'effect.done', id,
               '{"system":"bench","business":"entry ' || subject || '","result":{"id":"' || seq || '"}}',
               hex(randomblob(32)), hex(randomblob(32)) FROM runs;
      UPDATE journal_head SET (seq, hash) = (SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1);`);
  });
}

/** A store as a crash leaves it: `count` runs accepted and not yet through, 64 of them under way, all of one source. */
export async function storeWithPending(count: number, entry: string): Promise<string> {
  return made(root, `pending-${count}-${entry}`, (database) => {
    database.exec(runsSql({ count, status: 'ready', entry }));
    database.exec(`UPDATE runs SET status = 'running', token = 1, attempts = 1 WHERE seq <= 64`);
  });
}

/** The made store is kept for the next time; Node-RED works on a copy. It is on the disk before the measuring begins: the first fsync would wait for it. */
export function copyOf(store: string): string {
  const copy = join(mkdtempSync(join(scratch(), 'history-')), 'store.sqlite');
  cpSync(store, copy);
  const file = openSync(copy, 'r+');
  fsyncSync(file);
  closeSync(file);
  return copy;
}

async function made(product: string, name: string, fill: (database: DatabaseSync) => void): Promise<string> {
  const { schema, SqliteStore } = await storeOf(product);
  const file = join(scratch(), `${name}-${schema}.sqlite`);
  if (existsSync(file)) return file;
  const draft = `${file}.${process.pid}`;
  const store = new SqliteStore(draft);
  await store.open(Date.now()); // the product makes its own schema
  await store.close();
  const database = new DatabaseSync(draft);
  try {
    database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN');
    fill(database);
    database.exec('COMMIT; PRAGMA journal_mode = WAL');
  } finally {
    database.close();
  }
  for (const rest of ['-wal', '-shm']) rmSync(draft + rest, { force: true });
  renameSync(draft, file);
  return file;
}

function runsSql({ count, status, entry }: { count: number; status: 'done' | 'ready'; entry: string }): string {
  const now = Date.now() - 86_400_000; // yesterday: within the time that runs are kept
  return `
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO runs (id, entry, flow, key, event_source, event_id, subject, event, status, attempts, token, available_at, revision, severity, created_at, updated_at)
      SELECT ${runIdSql(`${now} + i / 100`)}, '${entry}', 'tab', 'PAST-' || i, '/bench', 'PAST-' || i, 'PAST-' || i,
             '{"id":"PAST-' || i || '","source":"/bench","type":"com.psconnect.time.approved","subject":"PAST-' || i ||
             '","time":"2026-11-01T08:00:00Z","key":"PAST-' || i || '","data":{"id":"PAST-' || i ||
             '","person":"P-1042","project":"ENG-0001","workDate":"2026-10-30","minutes":450,"billable":true,"currency":"GBP"}}',
             '${status}', ${status === 'done' ? '1, 1' : '0, 0'}, ${now}, '000000000000', 'normal', ${now} + i / 100, ${now} + i / 100 FROM n`;
}

/** As the product makes ids (engine/time-ordered-id.ts). */
function runIdSql(at: string): string {
  const time = (from: number, length: number) => `substr(printf('%012x', ${at}), ${from}, ${length})`;
  const random = (bytes: number, length: number) => `substr(lower(hex(randomblob(${bytes}))), 1, ${length})`;
  return `${time(1, 8)} || '-' || ${time(9, 4)} || '-7' || ${random(2, 3)} || '-8' || ${random(2, 3)} || '-' || ${random(6, 12)}`;
}
