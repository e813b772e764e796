import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';
import type * as SqliteModuleTypes from 'node:sqlite';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Failure } from '../../model/failure.ts';
import { type FailureText, inWords, phrase } from '../../model/failure-words.ts';
import { storeRefusal } from '../store-refusal.ts';
import { migrations } from './migrations.ts';
import { keepForOwner } from './owner-only.ts';
import { UnusedBytes } from './unused-bytes.ts';

type SqliteModule = typeof SqliteModuleTypes;
type SqlValue = null | number | string;
export type Row = Record<string, SqlValue>;

/** What is done in a group commit. */
interface Write {
  work: () => unknown;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

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
  private queue: Write[] = [];
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
        throw new Failure({
          class: 'transient.unavailable',
          ...inWords('STORE_ERROR.file', { said: phrase('STORE_ERROR.log-not-emptied') }),
        });
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

  /** Does some work in the next group commit; resolves when it is on disk. It is done anew when another one of the group fails: it leaves nothing but rows. */
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
    let settled: (() => void)[];
    try {
      settled = this.together(group) ?? this.eachByItself(group);
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

  /** As nearly always none fails: the savepoints that would hold them apart cost as much as a small write. Undefined = one failed, and none is made. */
  private together(group: readonly Write[]): (() => void)[] | undefined {
    this.statement('BEGIN IMMEDIATE').run();
    try {
      return group.map(({ work, resolve }) => {
        const value = work();
        return () => resolve(value);
      });
    } catch (error) {
      if (!this.db.isTransaction) throw error; // a full or failing disk: SQLite has rolled back the whole group
      this.statement('ROLLBACK').run();
      return undefined;
    }
  }

  /** Only what fails is taken back. */
  private eachByItself(group: readonly Write[]): (() => void)[] {
    this.statement('BEGIN IMMEDIATE').run();
    return group.map(({ work, resolve, reject }) => {
      this.statement('SAVEPOINT one').run();
      try {
        const value = work();
        return () => resolve(value);
      } catch (error) {
        if (!this.db.isTransaction) throw error;
        this.statement('ROLLBACK TO one').run();
        return () => reject(storeRefusal(error) ?? error);
      } finally {
        if (this.db.isTransaction) this.statement('RELEASE one').run();
      }
    });
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
      throw new Failure({ class: 'internal', ...inWords('STORE_NEWER.file', { found: version, known: migrations.length }) });
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
  throw new Failure({ class: 'internal', ...inWords('SQLITE_MISSING', { version: process.version }) });
}

const inodeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.ino;

function movedFailure(file: string): Failure {
  return new Failure({ class: 'transient.unavailable', ...inWords('STORE_MOVED', { file }) });
}

/** What is said by where the file is; '' where that is not said. */
type Say = (where: string) => FailureText;

/** By SQLite's primary result code (https://www.sqlite.org/rescode.html), or by the system's. */
const words: [codes: (number | string)[], say: Say][] = [
  [[5, 6], (where) => inWords('STORE_IN_USE', { where })],
  [[3, 8, 'EACCES', 'EPERM', 'EROFS'], (where) => inWords('STORE_READ_ONLY.file', { where })],
  [[13, 'ENOSPC', 'EDQUOT'], () => inWords('STORE_FULL.disk')],
  [[14, 'ENOENT', 'ENOTDIR', 'EISDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG'], (where) => inWords('STORE_UNOPENABLE', { where })],
  [[11], (where) => inWords('STORE_DAMAGED', { where })],
  [[26], (where) => inWords('STORE_DAMAGED.none', { where })],
];

function storeFailure(error: unknown, file?: string): Failure {
  if (Failure.is(error)) return error;
  const { code, errcode, syscall, message = String(error) } = (error ?? {}) as Partial<NodeJS.ErrnoException> & { errcode?: number };
  // a folder that may not be made, with all above it, is called missing by Node.js on a disk that takes no writes
  const refused = code === 'ENOENT' && syscall === 'mkdir' ? 'EROFS' : code;
  const kind = errcode === undefined ? refused : errcode & 0xff;
  const say = words.find(([codes]) => codes.includes(kind as number | string))?.[1];
  const told = say ? say(file === undefined ? '' : `: ${file}`) : inWords('STORE_ERROR.file', { said: message });
  return new Failure({ class: 'transient.unavailable', ...told }, { cause: error });
}
