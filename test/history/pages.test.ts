import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import 'should';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { dayOf } from '../../engine/store/measurements.ts';
import { writeHistory } from '../../scripts/history/write-history.ts';
import { quickFolder } from '../quick-folder.ts';

const until = Date.parse('2026-11-25T12:00:00Z');
const year = { from: dayOf(until - 364 * 86_400_000), to: dayOf(until) };

/** What a page of the console asks of the store before it shows anything. */
const pages: Record<string, (store: SqliteStore, run: string) => Promise<unknown>> = {
  overview: (store) => Promise.all([store.counts(), store.openFigures(), store.openEntries()]),
  runs: (store) => store.runs({ limit: 51, dataUpTo: 1_000 }),
  'runs that are done': (store) => store.runs({ status: ['done'], limit: 51 }),
  'runs that are open': (store) => store.runs({ status: ['ready', 'running', 'waiting'], limit: 51 }),
  // what narrows the list of runs walks through the narrow table beside them
  'runs of a flow': (store) => store.runs({ flow: 'none', limit: 51 }),
  'runs that are searched for': (store) => store.runs({ status: ['done'], search: 'nobody', searchPersons: true, limit: 51 }),
  'runs that are open, of an engagement': (store) => store.runs({ status: ['ready', 'waiting'], engagement: 'ENG-1', limit: 51 }),
  'dead letters of a class, a flow and some days': (store) =>
    store.runs({ status: ['dead'], flow: 'none', failure: { class: 'internal', system: 'none' }, changedFrom: 1, limit: 500 }),
  'dead letters that are searched for': (store) => store.runs({ status: ['dead'], search: 'nobody', limit: 500 }),
  'dead letters': (store) => store.runs({ status: ['dead'], limit: 500 }),
  'one run': (store, run) =>
    Promise.all([
      store.run(run),
      store.effects(run),
      store.failedAttempts(run, 501),
      store.journal({ subject: run, limit: 501, newest: true }),
    ]),
  kpis: (store) => Promise.all([store.figures(year), store.standing(), store.counts(), store.openFigures(), store.lastReconciliations(0)]),
  approvals: (store) => store.approvals({ status: 'open', limit: 101 }),
  'approvals of before': (store) => store.approvals({ status: 'approved', limit: 101 }),
  journal: (store) => store.journal({ limit: 100 }),
  reconciliations: (store) => store.reconciliations(10, 1_000),
  doubts: (store) => store.effectsInDoubt(101),
  maps: (store) => Promise.all([store.crosswalkTables(), store.crosswalkRows({ limit: 100 }), store.unmapped(100)]),
  board: (store) => Promise.all([store.engagements({ limit: 51 }), store.funnel()]),
};

/** Of these tables there may be a million rows. */
const large = ['runs', 'effects', 'journal', 'failed_attempts'];

/**
 * A page costs the same at a thousand and at a million runs when it reads the same rows of them. That is what is held here, at any size: nothing walks
 * through a large table, or sorts one; the measured times stand in docs/benchmark.md.
 */
describe('What a page reads of a long history', function () {
  this.timeout(60_000);
  let folder: string;
  let store: SqliteStore;
  let asked: { sql: string; values: SQLInputValue[] }[];
  const prepared = DatabaseSync.prototype.prepare;

  before(async () => {
    folder = quickFolder('pages');
    await writeHistory({ store: join(folder, 'store.sqlite') }, { seed: 5, runs: 3_000, until, retentionDays: 90 });
    // each statement that the store asks, with what it was asked and how much came
    DatabaseSync.prototype.prepare = function (this: DatabaseSync, sql: string): StatementSync {
      const statement = prepared.call(this, sql);
      for (const name of ['all', 'get'] as const) {
        const own = statement[name].bind(statement) as (...values: SQLInputValue[]) => unknown;
        const noting = (...values: SQLInputValue[]) => {
          asked.push({ sql, values });
          return own(...values);
        };
        Object.assign(statement, { [name]: noting });
      }
      return statement;
    };
    asked = [];
    store = new SqliteStore(join(folder, 'store.sqlite'));
    await store.open(until);
  });
  after(async () => {
    DatabaseSync.prototype.prepare = prepared;
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const planOf = (sql: string, values: SQLInputValue[]): string[] => {
    const { db } = store as unknown as { db: { db: DatabaseSync } };
    const statement = prepared.call(db.db, `EXPLAIN QUERY PLAN ${sql}`);
    return statement.all(...values).map((row) => String(row['detail']));
  };

  for (const [name, read] of Object.entries(pages)) {
    it(`${name}: by indexes alone`, async () => {
      const [run] = await store.runs({ status: ['dead'], limit: 1 });
      asked = [];
      await read(store, run!.id);
      asked.length.should.be.above(0);
      for (const { sql, values } of asked.splice(0)) {
        for (const step of planOf(sql, values)) {
          const walked = /^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?/.exec(step);
          if (!walked || !large.includes(tableOf(sql, walked[1]!))) continue;
          // newest first, up to as many as are shown: the only walk that ends by itself
          const endsByItself = /FROM \w+ (WHERE seq [<>] \? )?ORDER BY seq( DESC)? LIMIT \?$/.test(sql.trim().replaceAll(/\s+/g, ' '));
          // of an index that holds those that are open alone
          const isOfOpen = walked[2] !== undefined && /WHERE status IN/.test(indexSql(store, walked[2]));
          (endsByItself || isOfOpen).should.equal(true, `${step}\n${sql}`);
        }
      }
    });
  }

  it('dead letters are counted from an index, without their failures', async () => {
    asked = [];
    await store.standing();
    const [dead] = asked.splice(0);
    planOf(dead!.sql, dead!.values).should.deepEqual(['SEARCH runs USING INDEX runs_standing (status=?)']);
  });
});

/** `runs`, of `r` in `FROM approvals a JOIN runs r`. */
const tableOf = (sql: string, name: string): string =>
  large.includes(name) ? name : (new RegExp(`\\b(${large.join('|')}) ${name}\\b`).exec(sql)?.[1] ?? name);

function indexSql(store: SqliteStore, index: string): string {
  const { db } = store as unknown as { db: { get(sql: string, ...values: string[]): Record<string, unknown> | undefined } };
  return String(db.get('SELECT sql FROM sqlite_master WHERE name = ?', index)?.['sql']);
}
