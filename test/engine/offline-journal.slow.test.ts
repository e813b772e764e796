import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import should from 'should';
import { anchorsIn } from '../../engine/anchor-file.ts';
import { exportedJournal } from '../../engine/journal-export.ts';
import { checkJournal, type Known } from '../../engine/offline-journal.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { quickFolder } from '../quick-folder.ts';
import { openPostgres } from './open-postgres.ts';

const command = fileURLToPath(new URL('../../commands/ps-connect-journal.ts', import.meta.url));

interface Answer {
  exit: number | null;
  whole: boolean | null;
  kind?: string;
  line?: number;
  message?: string;
  head?: { seq: number; hash: string } | null;
}

/** As an auditor calls it. */
function check(...args: string[]): Answer {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, 'check', ...args], { encoding: 'utf8' });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  if (!last) throw new Error(stderr);
  return { ...(JSON.parse(last) as Omit<Answer, 'exit'>), exit: status };
}

describe('ps-connect-journal, the check without Node-RED', function () {
  this.timeout(120_000);
  let folder: string;
  let file: string;
  let anchor: string;
  let exported: string;
  let lines: string[];

  before(async () => {
    folder = quickFolder('offline');
    file = join(folder, 'store.sqlite');
    anchor = join(folder, 'journal-anchor.json');
    exported = join(folder, 'journal.jsonl');
    const store = new SqliteStore(file, { file: anchor });
    await store.open(1);
    for (let n = 1; n <= 1_203; n++)
      await store.note({ actor: 'ana', action: 'posted', subject: `b${n}`, detail: { n, name: 'Größe' } }, n);
    lines = [];
    for await (const line of exportedJournal(store, 5)) lines.push(JSON.stringify(line));
    await store.close();
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const written = (some: string[]) => {
    writeFileSync(exported, `${some.join('\n')}\n`);
    return exported;
  };
  const found = async (some: string[], known?: Known) => (await checkJournal(written(some), known)).flaw ?? {};
  const lineAt = (seq: number) => JSON.parse(lines[seq - 1] as string) as { seq: number; hash: string };

  it('finds an export and a store whole, with what was put down elsewhere', () => {
    for (const what of [written(lines), file]) {
      check(what).should.containDeep({ exit: 0, whole: true, head: { seq: 1_203, hash: lineAt(1_203).hash } });
      check(what, '--anchor', anchor).should.containDeep({ exit: 0, whole: true });
      check(what, '--anchor', `700:${lineAt(700).hash}`).should.containDeep({ exit: 0, whole: true });
    }
  });

  it('finds an export whole in which somebody has typed line ends of other kinds', async () => {
    const store = new SqliteStore(join(folder, 'typed.sqlite'));
    await store.open(1);
    await store.note(
      { actor: 'ana', action: 'posted', subject: 'b', detail: { reason: 'one\u2028two\u2029three\u0085four\rfive\nsix' } },
      1,
    );
    await store.note({ actor: 'ana', action: 'posted', subject: 'b', detail: { reason: 'x'.repeat(200_000) } }, 2);
    const typed: string[] = [];
    for await (const line of exportedJournal(store, 5)) typed.push(JSON.stringify(line));
    await store.close();
    (await found(typed)).should.deepEqual({});
    (await found([typed.join('\r\n')])).should.deepEqual({});
  });

  it('finds a field that is there twice, of which a person would read another than the hash covers', async () => {
    const twice = lines.with(699, (lines[699] as string).replace('"actor":"ana"', '"actor":"bob","actor":"ana"'));
    (await found(twice)).should.containDeep({ kind: 'line', line: 700 });
  });

  it('names what is wrong with an export', async () => {
    const closing = lines.at(-1) as string;
    const changed = lines.with(699, (lines[699] as string).replace('"actor":"ana"', '"actor":"bob"'));
    (await found(changed)).should.containDeep({ kind: 'line', line: 700 });
    (await found(lines.toSpliced(699, 1))).should.containDeep({ kind: 'line', line: 701 });
    (await found(lines.slice(0, -1))).should.containDeep({ kind: 'unfinished' });
    (await found([...lines.slice(0, 1_000), closing])).should.containDeep({ kind: 'missing', line: 1_001 });
    (await found([...lines, lines[0] as string])).should.containDeep({ kind: 'beyond', line: 1_204 });
    (await found(lines.with(9, 'no JSON'))).should.containDeep({ kind: 'line', line: 10 });
    (await found([])).should.containDeep({ kind: 'unfinished' });
    check(written(changed)).should.containDeep({ exit: 1, whole: false, kind: 'line', line: 700 });
    // cut, and the closing line made to fit
    const cut = [...lines.slice(0, 900), JSON.stringify({ end: { seq: 900, hash: lineAt(900).hash }, exportedAt: '' })];
    (await found(cut)).should.deepEqual({});
    (await found(cut, { anchors: anchorsIn(readFileSync(anchor, 'utf8'))! })).should.containDeep({ kind: 'cut', line: 1_203 });
    (await found(cut, { line: { seq: 901, hash: lineAt(901).hash, at: '' } })).should.containDeep({ kind: 'cut', line: 901 });
    (await found(lines, { line: { seq: 700, hash: lineAt(701).hash, at: '' } })).should.containDeep({ kind: 'exchanged', line: 700 });
  });

  it('names what is wrong with a store, and changes nothing in it', () => {
    const copy = join(folder, 'copy.sqlite');
    writeFileSync(copy, readFileSync(file));
    const database = new DatabaseSync(copy);
    database.exec(`DELETE FROM journal WHERE seq > 900; UPDATE journal_head SET seq = 900, hash = '${lineAt(900).hash}'`);
    database.close();
    const before = readFileSync(copy);
    check(copy).should.containDeep({ exit: 0, whole: true });
    check(copy, '--anchor', anchor).should.containDeep({ exit: 1, whole: false, kind: 'cut', line: 1_203 });
    readFileSync(copy).equals(before).should.be.true();
  });

  it('says so when a Node-RED has the store open, or there is nothing to check', async () => {
    const store = new SqliteStore(file);
    await store.open(1);
    check(file).should.containDeep({ exit: 2, whole: null });
    should(check(file).message).match(/in use by another Node-RED/);
    await store.close();
    check(join(folder, 'nothing')).should.containDeep({ exit: 2, whole: null });
    check(file, '--anchor', file).should.containDeep({ exit: 2, whole: null });
  });

  it('checks the export of a shared store', async () => {
    const { store, end } = await openPostgres();
    try {
      for (let n = 1; n <= 30; n++) await store.note({ actor: 'ana', action: 'posted', subject: `b${n}`, detail: { n } }, n);
      const shared: string[] = [];
      for await (const line of exportedJournal(store, 5)) shared.push(JSON.stringify(line));
      check(written(shared)).should.containDeep({ exit: 0, whole: true, head: { seq: 30 } });
    } finally {
      await end();
    }
  });
});
