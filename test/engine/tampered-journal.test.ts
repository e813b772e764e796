import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import pg from 'pg';
import should from 'should';
import type { Anchors } from '../../engine/anchor-file.ts';
import { type JournalLine, journalStart, lineHash } from '../../engine/journal.ts';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { Store } from '../../engine/store.ts';
import { until } from '../until.ts';
import { quickFolder } from '../quick-folder.ts';
import { startPostgres, type TestDatabase } from './embedded-postgres.ts';
import { ManualClock } from './manual-clock.ts';

/** A store of one kind, and somebody who can write its database. */
interface Kind {
  name: string;
  make(place: string, anchor: { file: string; clock: ManualClock }): Store;
  attack(place: string, sql: string[]): Promise<void>;
}

const lineCount = 5;
let database: TestDatabase;
const kinds: Kind[] = [
  {
    name: 'embedded',
    make: (place, anchor) => new SqliteStore(place, anchor),
    async attack(place, sql) {
      const db = new DatabaseSync(place);
      db.exec('PRAGMA ignore_check_constraints = ON');
      for (const statement of sql) db.exec(statement);
      db.close();
    },
  },
  {
    name: 'shared',
    make: (place, anchor) => new PostgresStore({ url: database.url, schema: schemaOf(place), anchor }),
    async attack(place, sql) {
      const client = new pg.Client({ connectionString: database.url });
      await client.connect();
      await client.query(`SET search_path = ${schemaOf(place)}`);
      for (const statement of sql) await client.query(statement);
      await client.end();
    },
  },
];
const schemaOf = (place: string) => `s${place.replace(/\W/g, '').slice(-20).toLowerCase()}`;
const text = (value: unknown) => `'${String(value).replaceAll("'", "''")}'`;
const insert = ({ seq, at, actor, action, subject, detail, previous, hash }: JournalLine) =>
  `INSERT INTO journal (seq, at, actor, action, subject, detail, previous, hash) VALUES (${seq}, ${[at, actor, action, subject, JSON.stringify(detail), previous, hash].map(text).join(', ')})`;
const headAt = ({ seq, hash }: { seq: number; hash: string }) => `UPDATE journal_head SET seq = ${seq}, hash = '${hash}'`;
const linked = (previous: string, line: Omit<JournalLine, 'previous' | 'hash'>): JournalLine => {
  const { seq, at, actor, action, subject, detail } = line;
  const unhashed = { seq, at, actor, action, subject, detail, previous };
  return { ...unhashed, hash: lineHash(unhashed) };
};
/** The same journal, whole, with one line changed. */
const rebuilt = (lines: JournalLine[], changed: number) => {
  let previous = journalStart;
  return lines.map((line) => {
    const next = linked(previous, line.seq === changed ? { ...line, actor: 'nobody' } : line);
    previous = next.hash;
    return next;
  });
};
const forged = (after: { seq: number; hash: string }) =>
  linked(after.hash, { seq: after.seq + 1, at: new Date(0).toISOString(), actor: 'eve', action: 'posted', subject: 'x', detail: {} });

describe('The journal', function () {
  this.timeout(120_000);
  before(async () => {
    database = await startPostgres();
  });
  after(() => database?.remove());

  for (const kind of kinds) {
    describe(`of the ${kind.name} store, written to by somebody else`, () => {
      let folder: string;
      let place: string;
      let anchor: string;
      let clock: ManualClock;
      let store: Store;
      let lines: JournalLine[];

      beforeEach(async () => {
        folder = quickFolder('journal');
        place = join(folder, 'store.sqlite');
        anchor = join(folder, 'elsewhere', 'journal-anchor.json');
        clock = new ManualClock();
        store = kind.make(place, { file: anchor, clock });
        await store.open(1);
        await note(lineCount);
        lines = await store.journal({ limit: 100 });
      });
      afterEach(async () => {
        await store.close();
        rmSync(folder, { recursive: true, force: true });
      });

      const note = async (count: number) => {
        for (let n = 1; n <= count; n++) await store.note({ actor: 'ana', action: 'posted', subject: `batch-${n}`, detail: { n } }, n);
      };
      /** While Node-RED is stopped. */
      const attack = async (...sql: string[]) => {
        await store.close();
        await kind.attack(place, sql);
        await store.open(2);
      };
      const found = async () => {
        const flaw = await store.verifyJournal();
        return flaw && (flaw.line === undefined ? flaw.kind : `${flaw.kind} ${flaw.line}`);
      };
      const anchored = () => Object.values((JSON.parse(readFileSync(anchor, 'utf8')) as { anchors: Anchors }).anchors);
      const pass = (ms: number) => {
        const until_ = clock.now() + ms;
        while (clock.step(until_));
      };
      const last = () => lines.at(-1) as JournalLine;

      it('is whole when nobody has touched it', async () => {
        should(await found()).equal(undefined);
        await attack();
        should(await found()).equal(undefined);
      });

      it('shows each line that was added beyond its end', async () => {
        const added: JournalLine[] = [];
        for (let n = 1; n <= 3; n++) {
          added.push(forged(added.at(-1) ?? last()));
          await attack(insert(added.at(-1) as JournalLine));
          should(await found()).equal(`beyond ${lineCount + 1}`);
        }
        await store
          .note({ actor: 'ana', action: 'more', subject: 'x', detail: {} }, 3)
          .should.be.rejectedWith({ code: 'STORE_JOURNAL_BROKEN' });
        await attack(`DELETE FROM journal WHERE seq > ${lineCount}`);
        should(await found()).equal(undefined);
        await note(1);
        should(await found()).equal(undefined);
      });

      it('shows a line far beyond its end, and one before its beginning', async () => {
        for (const seq of [lineCount + 10, 9_007_199_254_740_991]) {
          await attack(insert({ ...forged(last()), seq }));
          should(await found()).equal(`beyond ${seq}`);
          await attack(`DELETE FROM journal WHERE seq = ${seq}`);
        }
        await attack(insert({ ...forged(last()), seq: lineCount + 1 }).replace(`(${lineCount + 1},`, '(9223372036854775807,'));
        (await found())!.should.match(/^beyond /);
        await attack(`DELETE FROM journal WHERE seq > ${lineCount}`);
        for (const seq of [0, -7]) {
          await attack(insert({ ...forged(last()), seq }));
          should(await found()).equal(`line ${seq}`);
          await attack('DELETE FROM journal WHERE seq < 1');
        }
        should(await found()).equal(undefined);
      });

      it('shows each cut of its end', async () => {
        for (let kept = lineCount - 1; kept >= 0; kept--) {
          await attack(`DELETE FROM journal WHERE seq > ${kept}`);
          should(await found()).equal(`missing ${kept + 1}`);
        }
      });

      it('shows each cut of its end when the head was set back with it', async () => {
        for (let kept = lineCount - 1; kept >= 0; kept--) {
          const head = lines[kept - 1] ?? { seq: 0, hash: journalStart };
          await attack(`DELETE FROM journal WHERE seq > ${kept}`, headAt(head));
          should(await found()).equal(`cut ${lineCount}`);
          const { message, remedy } = (await store.verifyJournal())!;
          message.should.match(/^The journal ends before line 5, which was there at \d{4}-/);
          remedy.should.match(/restored from a backup/);
        }
      });

      it('shows the cut also after it has grown beyond where it was, and after restarts', async () => {
        await attack(`DELETE FROM journal WHERE seq > 3`, headAt(lines[2] as JournalLine));
        await note(10);
        pass(5_000);
        should(await found()).equal(`exchanged ${lineCount}`);
        await attack();
        should(await found()).equal(`exchanged ${lineCount}`);
        anchored()
          .map(({ seq, hash }) => ({ seq, hash }))
          .should.deepEqual([{ seq: lineCount, hash: last().hash }]);
      });

      it('shows a journal that was built anew with one line changed, whichever it is', async () => {
        for (let changed = 1; changed <= lineCount; changed++) {
          const other = rebuilt(lines, changed);
          await attack('DELETE FROM journal', ...other.map(insert), headAt(other.at(-1) as JournalLine));
          should(await found()).equal(changed === 1 ? `other ${lineCount}` : `exchanged ${lineCount}`);
        }
      });

      it('says that its head is gone, and takes no line rather than beginning anew', async () => {
        await attack('DELETE FROM journal_head');
        should(await found()).equal('head-missing');
        const refused = { class: 'transient.unavailable', code: 'STORE_JOURNAL_BROKEN', message: /head of the journal/ } as const;
        await store.note({ actor: 'ana', action: 'more', subject: 'x', detail: {} }, 3).should.be.rejectedWith(refused);
        await store.touch().should.be.rejectedWith({ code: 'STORE_JOURNAL_BROKEN' });
        (await store.journal({ limit: 100 })).should.deepEqual(lines);
        should((await store.journalState()).head).equal(undefined);
      });

      it('says that it has two heads', async () => {
        const second =
          kind.name === 'embedded'
            ? [`INSERT INTO journal_head (alone, seq, hash) VALUES (2, 3, '${lines[2]!.hash}')`]
            : [
                'ALTER TABLE journal_head DROP CONSTRAINT journal_head_alone_check',
                `INSERT INTO journal_head (alone, seq, hash) VALUES (false, 3, '${lines[2]!.hash}')`,
              ];
        await attack(...second);
        should(await found()).equal('head-twice');
        await store
          .note({ actor: 'ana', action: 'more', subject: 'x', detail: {} }, 3)
          .should.be.rejectedWith({ code: 'STORE_JOURNAL_BROKEN' });
      });

      it('shows each change of its head', async () => {
        for (let seq = 0; seq < lineCount; seq++) {
          await attack(headAt({ seq, hash: lines[seq - 1]?.hash ?? journalStart }));
          should(await found()).equal(`beyond ${seq + 1}`);
        }
        await attack(headAt({ seq: lineCount + 1, hash: last().hash }));
        should(await found()).equal(`missing ${lineCount + 1}`);
        for (const at of [0, 31, 63]) {
          const hash = [...last().hash].map((digit, index) => (index === at ? (digit === '0' ? '1' : '0') : digit)).join('');
          await attack(headAt({ seq: lineCount, hash }));
          should(await found()).equal(`head ${lineCount}`);
        }
        await attack('DELETE FROM journal', headAt({ seq: 0, hash: last().hash }));
        should(await found()).equal('head 0');
      });

      it('is accepted by a person after a restore, with the reason in it', async () => {
        should(await store.acceptJournal({ actor: 'ana', reason: 'none' }, 3)).be.false();
        await attack(`DELETE FROM journal WHERE seq > 2`, headAt(lines[1] as JournalLine));
        should((await store.journalState()).flaw?.kind).equal('cut');
        should(await store.acceptJournal({ actor: 'ana', reason: 'restored the backup of Monday' }, 3)).be.true();
        const accepted = (await store.journal({ after: 2, limit: 10 }))[0] as JournalLine;
        accepted.should.have.properties({ seq: 3, actor: 'ana', action: 'journal.accepted', subject: 'journal' });
        accepted.detail!.should.have.properties({ reason: 'restored the backup of Monday', accepted: { seq: 2, hash: lines[1]!.hash } });
        (accepted.detail as { anchored: object }).anchored.should.have.properties({ seq: lineCount, hash: last().hash });
        should(await found()).equal(undefined);
        await attack();
        should(await found()).equal(undefined);
        should(await store.acceptJournal({ actor: 'ana', reason: 'again' }, 4)).be.false();
      });

      it('is anchored at most once a second, and when the store is closed, in a file for its owner alone', async () => {
        const seqs = () => (existsSync(anchor) ? anchored().map(({ seq }) => seq) : []);
        await store.close();
        seqs().should.deepEqual([lineCount]);
        if (process.platform !== 'win32') (statSync(anchor).mode & 0o777).toString(8).should.equal('600');
        if (process.platform !== 'win32') (statSync(join(folder, 'elsewhere')).mode & 0o777).toString(8).should.equal('700');
        await store.open(3);
        await note(20);
        seqs().should.deepEqual([lineCount]);
        pass(1_000);
        await until(
          () => seqs()[0] === lineCount + 20,
          () => `anchored at ${seqs().join()}`,
        );
        await note(1);
        should(await found()).equal(undefined); // each verification renews it
        seqs().should.deepEqual([lineCount + 21]);
      });

      it('is whole when its anchor is behind it, as after a death, or gone', async () => {
        should(await found()).equal(undefined);
        const before = readFileSync(anchor);
        await note(3);
        await store.close();
        writeFileSync(anchor, before);
        await store.open(3);
        should(await found()).equal(undefined);
        await store.close();
        rmSync(anchor);
        await store.open(4);
        should(await found()).equal(undefined);
        anchored()[0]!.seq.should.equal(lineCount + 3);
      });

      it('does not trust an anchor that cannot be read, and leaves it for whoever looks into it', async () => {
        await store.close();
        for (const damage of ['', '{"anchors":', '{"anchors":{"x":{"journal":"a","seq":-1,"hash":"b","at":"c"}}}', 'null']) {
          writeFileSync(anchor, damage);
          await store.open(3);
          should(await found()).equal('anchor-damaged');
          await note(1);
          await store.close();
          readFileSync(anchor, 'utf8').should.equal(damage);
        }
        await store.open(4);
        should(await store.acceptJournal({ actor: 'ana', reason: 'the disk was full' }, 5)).be.true();
        should(await found()).equal(undefined);
      });

      it('goes on when its anchor cannot be written, and says so', async () => {
        await store.close();
        const blocked = join(folder, 'blocked');
        writeFileSync(blocked, ''); // a file where the folder should be
        store = kind.make(place, { file: join(blocked, 'journal-anchor.json'), clock });
        await store.open(3);
        await note(1);
        const { head, flaw } = await store.journalState();
        should(head?.seq).equal(lineCount + 1);
        should(flaw?.kind).equal('anchor-damaged');
      });
    });
  }
});
