import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import type * as SqliteModuleTypes from 'node:sqlite';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Failure } from '../../model/failure.ts';
import { storeRefusal } from '../store-refusal.ts';
import { migrations } from './migrations.ts';
import { keepForOwner } from './owner-only.ts';
import { UnusedBytes } from './unused-bytes.ts';

type SqliteModule = typeof SqliteModuleTypes;
type SqlValue = null | number | string;
export type Row = Record<string, SqlValue>;

/**
 * The embedded database: one file, one owner. The file is locked for as long as it is open, so that two Node-REDs
 * cannot run the same runs; the lock goes with the process, however it ends.
 *
 * Writes are committed in groups: all that is asked for within one turn of the event loop shares one transaction and
 * one fsync. A write's promise resolves only after that commit, and only when the file is still the one of its name: a file
 * that was deleted is written like any other until it is closed, and then all of it is gone.
 */
export class Database {
  private readonly db: DatabaseSync;
  private readonly file: string;
  private readonly inode: number | undefined;
  private readonly statements = new Map<string, StatementSync>();
  private queue: { work: () => unknown; resolve: (value: unknown) => void; reject: (error: unknown) => void }[] = [];
  private scheduled = false;
  private broken: Failure | undefined;
  /** The file beside SQLite's own handle, kept until that is closed: closing one would give up the lock (https://www.sqlite.org/howtocorrupt.html, 2.2). */
  private bytes: number | undefined;
  /** what is wrong with the rights on the file, in words */
  readonly remarks: string[];

  constructor(file: string) {
    this.file = file;
    try {
      this.remarks = file === ':memory:' ? [] : keepForOwner(file);
      this.db = new (sqlite().DatabaseSync)(file);
    } catch (error) {
      throw storeFailure(error, file);
    }
    try {
      this.db.exec('PRAGMA locking_mode = EXCLUSIVE');
      this.db.exec('PRAGMA journal_mode = WAL');
      this.db.exec('PRAGMA synchronous = FULL');
      this.db.exec('PRAGMA temp_store = MEMORY');
      this.db.exec('PRAGMA secure_delete = ON');
      this.migrate();
      if (file !== ':memory:') this.bytes = openSync(file, 'r+');
      this.inode = inodeOf(file);
    } catch (error) {
      this.db.close(); // it may hold the lock already, and would keep the next attempt out
      throw storeFailure(error, file);
    }
  }

  /** Commits at once what was asked for. */
  flush(): void {
    this.commitGroup();
  }

  close(): void {
    this.commitGroup();
    this.statements.clear();
    this.db.close();
    if (this.bytes !== undefined) closeSync(this.bytes);
    this.bytes = undefined;
  }

  /**
   * Overwrites what a part of the file still holds of rows that are gone, in pages from `from` on; answers where the next
   * part begins, or undefined when there is none. Not within `write`.
   */
  wipe(from: number, pages: number): number | undefined {
    if (this.bytes === undefined) return undefined;
    try {
      this.db.exec('PRAGMA wal_checkpoint(TRUNCATE)'); // what is in the file is all there is,
      this.db.exec('PRAGMA shrink_memory'); // and no page is in memory that would be written as it was
      if ((statSync(`${this.file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0)
        throw new Error('The log of the store could not be emptied.');
      const unused = new UnusedBytes(this.bytes);
      unused.wipe(from, from + pages - 1);
      if (from + pages <= unused.pages) return from + pages;
      fsyncSync(this.bytes);
      return undefined;
    } catch (error) {
      throw storeFailure(error);
    }
  }

  all(sql: string, ...values: SqlValue[]): Row[] {
    return this.statement(sql).all(...values) as Row[];
  }

  get(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.statement(sql).get(...values) as Row | undefined;
  }

  /** Number of rows changed. Only inside `write`. */
  change(sql: string, ...values: SqlValue[]): number {
    return Number(this.statement(sql).run(...values).changes);
  }

  /** Does some work in the next group commit; resolves when it is on disk. */
  write<T>(work: () => T): Promise<T> {
    if (this.broken) return Promise.reject(this.broken);
    return new Promise<T>((resolve, reject) => {
      this.queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
      if (!this.scheduled) {
        this.scheduled = true;
        setImmediate(() => this.commitGroup());
      }
    });
  }

  private commitGroup(): void {
    this.scheduled = false;
    const group = this.queue;
    this.queue = [];
    if (group.length === 0) return;
    const settled: (() => void)[] = [];
    try {
      this.statement('BEGIN IMMEDIATE').run();
      for (const { work, resolve, reject } of group) {
        this.statement('SAVEPOINT one').run();
        try {
          const value = work();
          settled.push(() => resolve(value));
        } catch (error) {
          if (!this.db.isTransaction) throw error; // a full or failing disk: SQLite has rolled back the whole group
          this.statement('ROLLBACK TO one').run();
          settled.push(() => reject(storeRefusal(error) ?? error));
        }
        this.statement('RELEASE one').run();
      }
      this.db.exec('COMMIT');
      if (inodeOf(this.file) !== this.inode) throw (this.broken = movedFailure(this.file));
    } catch (error) {
      this.rollback();
      const failure = storeFailure(error);
      for (const { reject } of group) reject(failure);
      return;
    }
    for (const settle of settled) settle();
  }

  private rollback(): void {
    try {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
    } catch (error) {
      this.broken = storeFailure(error);
    }
  }

  private statement(sql: string): StatementSync {
    let statement = this.statements.get(sql);
    if (!statement) {
      statement = this.db.prepare(sql);
      this.statements.set(sql, statement);
    }
    return statement;
  }

  private migrate(): void {
    const version = Number((this.db.prepare('PRAGMA user_version').get() as Row)['user_version']);
    if (version > migrations.length) {
      throw new Failure({
        class: 'internal',
        code: 'STORE_NEWER',
        message: `The store was written by a newer PS Connect (schema ${version}, this one knows ${migrations.length}).`,
        remedy: 'Install the newer PS Connect again, or point to another store.',
      });
    }
    for (let next = version; next < migrations.length; next++) {
      this.db.exec(`BEGIN IMMEDIATE; ${migrations[next]}; PRAGMA user_version = ${next + 1}; COMMIT`);
    }
  }
}

/** A store's file as it lies there, for a check; not while a Node-RED has it open. */
export function readOnly(file: string): Pick<Database, 'all' | 'close'> {
  try {
    const db = new (sqlite().DatabaseSync)(file, { readOnly: true });
    db.prepare('SELECT seq FROM journal_head').all(); // shows at once whether somebody holds it
    return { all: (sql, ...values) => db.prepare(sql).all(...values) as Row[], close: () => db.close() };
  } catch (error) {
    throw storeFailure(error, file);
  }
}

/** `node:sqlite` came with Node.js 22.13; asked for only when the embedded store is used. */
function sqlite(): SqliteModule {
  const module = process.getBuiltinModule('node:sqlite');
  if (module) return module;
  throw new Failure({
    class: 'internal',
    code: 'SQLITE_MISSING',
    message: `The embedded store needs Node.js 22.13 or newer; this is ${process.version}.`,
    remedy: 'Update Node.js.',
  });
}

const inodeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.ino;

function movedFailure(file: string): Failure {
  return new Failure({
    class: 'transient.unavailable',
    code: 'STORE_MOVED',
    message: `The store's file was moved, deleted or replaced while it was in use: ${file}.`,
    remedy: 'Put it back as it was and restart Node-RED. Without it, the restart begins with an empty store.',
  });
}

interface Words {
  code: string;
  /** `@` is where the file is, where that is said */
  message: string;
  remedy: string;
}

const readOnlyWords: Words = {
  code: 'STORE_READ_ONLY',
  message: 'The store cannot be written@.',
  remedy: 'Give the Node-RED user the right to write there.',
};
const fullWords: Words = { code: 'STORE_FULL', message: 'The disk is full.', remedy: 'Make room; work goes on by itself.' };

/** By SQLite's primary result code (https://www.sqlite.org/rescode.html), or by the system's. */
const words: [codes: (number | string)[], words: Words][] = [
  [
    [5, 6],
    {
      code: 'STORE_IN_USE',
      message: 'The store is in use by another Node-RED@.',
      remedy:
        'Stop the other one, or give this one a store of its own. If it is no Node-RED, close what has the file open: a backup, a viewer.',
    },
  ],
  [[3, 8, 'EACCES', 'EPERM', 'EROFS'], readOnlyWords],
  [[13, 'ENOSPC', 'EDQUOT'], fullWords],
  [
    [14, 'ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG'],
    {
      code: 'STORE_UNOPENABLE',
      message: 'The file of the store cannot be opened or made@.',
      remedy:
        'Name a file, not a folder, in a folder that the Node-RED user may write (PSCONNECT_STORE). It is tried again every few seconds.',
    },
  ],
  [
    [11],
    {
      code: 'STORE_DAMAGED',
      message: "The store's file is damaged@.",
      remedy: 'Restore it from a backup, or move it away: a new one is made then. Look at the disk.',
    },
  ],
  [
    [26],
    {
      code: 'STORE_DAMAGED',
      message: "The store's file is no store, or damaged@.",
      remedy: 'Name another file in PSCONNECT_STORE; or restore it from a backup, or move it away: a new one is made then.',
    },
  ],
];

function storeFailure(error: unknown, file?: string): Failure {
  if (Failure.is(error)) return error;
  const { code, errcode, syscall, message = String(error) } = (error ?? {}) as Partial<NodeJS.ErrnoException> & { errcode?: number };
  // a folder that may not be made, with all above it, is called missing by Node.js on a disk that takes no writes
  const refused = code === 'ENOENT' && syscall === 'mkdir' ? 'EROFS' : code;
  const kind = errcode === undefined ? refused : errcode & 0xff;
  const known = words.find(([codes]) => codes.includes(kind as number | string))?.[1] ?? {
    code: 'STORE_ERROR',
    message: `The store failed: ${message}`,
    remedy: 'See the Node-RED log.',
  };
  const told = known.message.replace('@', () => (file === undefined ? '' : `: ${file}`));
  return new Failure({ class: 'transient.unavailable', ...known, message: told }, { cause: error });
}
