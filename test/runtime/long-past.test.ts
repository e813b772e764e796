import 'should';
import should from 'should';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import type { Replayed, RunDetails } from '../../runtime/admin-api/admin-api.generated.ts';
import { deal } from '../engine/sample-events.ts';
import { tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

const effects = 3_000;
const attempts = 3_000;
const replays = 700;
const dead = 3_000;
const failure = {
  class: 'auth.denied',
  code: 'NO_ACCESS',
  message: 'Anna Keller may not be read.',
  remedy: 'Give the role access.',
} as const;

/** A run that has waited for weeks and written much, and very many others that failed alike. */
async function writePast(file: string): Promise<string> {
  const store = new SqliteStore(file);
  await store.open(1);
  const accept = (events: ReturnType<typeof deal>[]) => store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events, now: 1 });
  const claim = (limit: number) => store.claim({ entries: ['in'], limit, now: 2, revision: '' });
  await accept([{ ...deal('LONG'), data: { resource: { name: 'Anna Keller' } } }]);
  const [run] = await claim(1);
  await store.park(run!.id, run!.token, { failure, node: 'erp' }, 3);
  for (let n = 1; n <= replays; n++) {
    await store.note({ actor: 'ana', action: 'run.woken', subject: run!.id, detail: { reason: `look ${n}` } }, 3 + n);
  }
  await accept(Array.from({ length: dead }, (_, n) => deal(`D-${n}`)));
  const others = await claim(dead);
  await Promise.all(others.map(({ id, token }) => store.park(id, token, { failure, node: 'erp' }, 3)));
  await store.close();
  const database = new DatabaseSync(file);
  const attempt = database.prepare('INSERT INTO failed_attempts (run, attempt, node, failure, at) VALUES (?, 1, ?, ?, ?)');
  const effect = database.prepare(
    `INSERT INTO effects (key, run, node, business, title, system, settle, status, request, intended_at, of_undo, place)
     VALUES (?, ?, 'erp', ?, ?, 'netsuite', 'probe', 'done', ?, 5, 0, ?)`,
  );
  database.exec('BEGIN');
  for (let n = 1; n <= attempts; n++) attempt.run(run!.id, 'erp', JSON.stringify(failure), 10 + n);
  for (let n = 1; n <= effects; n++) {
    const request = JSON.stringify({ project: 'ENG-1', task: 'T', minutes: n, note: 'Anna Keller on site' });
    effect.run(`k${n}`, run!.id, `timeBill ${n}`, `Time of Anna Keller ${n}`, request, n);
  }
  database.exec('COMMIT');
  database.close();
  return run!.id;
}

describe('A run with a long past', function () {
  this.timeout(120_000);
  let live: LiveNodeRed;
  let folder: string;
  let run: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'psconnect-past-'));
    const file = join(folder, 'store.sqlite');
    run = await writePast(file);
    live = await LiveNodeRed.start({ environment: { PSCONNECT_STORE: file } });
    await live.deploy([tab()]);
  });
  after(async () => {
    await live?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows every write, without the person’s name, and of attempts and journal the newest, and says that there are older ones', async () => {
    const details = await live.get<RunDetails>(`/runs/${run}`);
    details.run.should.have.properties({ id: run, status: 'dead' });
    details.effects.map(({ key }) => key).should.deepEqual(Array.from({ length: effects }, (_, n) => `k${n + 1}`).toSorted(byBusiness));
    details.attempts.length.should.equal(500);
    details.attempts.at(-1)!.at.should.equal(10 + attempts);
    should(details.olderAttempts).equal(true);
    details.journal.length.should.equal(500);
    should(details.journal.at(-1)!.detail).deepEqual({ reason: `look ${replays}` });
    should(details.olderJournal).equal(true);
    JSON.stringify(details).should.not.match(/Keller/);
  });

  it('of a short one all is shown, and nothing said of older ones', async () => {
    const [other] = await live.get<{ id: string }[]>('/dead-letters?search=D-17&limit=1');
    const details = await live.get<RunDetails>(`/runs/${other!.id}`);
    details.attempts.length.should.equal(1);
    details.should.not.have.any.keys('olderAttempts', 'olderJournal');
  });

  it('has no page of questions that follows one which there is not', async () => {
    (await live.call('/ps-connect/api/v1/approvals?after=none')).status.should.equal(404);
    (await live.get<object[]>('/approvals')).should.deepEqual([]);
  });

  it('tells of each dead letter that could not be corrected', async () => {
    const answer = await live.call('/ps-connect/api/v1/replays', { method: 'POST', body: { correction: '$error("no")', search: 'D-' } });
    const { replayed, notDead, notCorrected } = (await answer.json()) as Replayed;
    should({ replayed, notDead }).deepEqual({ replayed: 0, notDead: 0 });
    notCorrected.length.should.equal(dead);
    new Set(notCorrected.map((one) => one.run)).size.should.equal(dead);
  });
});

/** As the store lists writes of one moment. */
function byBusiness(one: string, other: string): number {
  const business = (key: string) => `timeBill ${key.slice(1)}`;
  return business(one) < business(other) ? -1 : 1;
}
