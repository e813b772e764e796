import 'should';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { until } from '../until.ts';
import { entry, func, policy, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

const base = '/ps-connect/api/v1';
const command = fileURLToPath(new URL('../../commands/ps-connect-journal.ts', import.meta.url));

describe('The journal of a running Node-RED', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  let folder: string;
  let store: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'psconnect-export-'));
    store = join(folder, 'store.sqlite');
    live = await LiveNodeRed.start({ environment: { PSCONNECT_STORE: store, PSCONNECT_ANCHOR: join(folder, 'journal-anchor.json') } });
    await live.deploy([tab(), policy(), entry('bad'), func('bad', 'throw new Error("no");', [[]])]);
    for (let n = 1; n <= 4; n++) {
      live.receive('entry', { payload: { id: `DEAL-${n}` } });
      await live.ended(`DEAL-${n}`);
    }
  });
  after(async () => {
    await live?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const accept = (body: object) => live.call(`${base}/journal/anchor`, { method: 'POST', body });
  const verification = () =>
    live.get<{ whole: boolean; firstBrokenLine?: number; message?: string; remedy?: string; head: { seq: number } }>(
      '/journal/verification',
    );

  it('is exported while it grows, and the export is checked by the command', async () => {
    const response = await live.call(`${base}/journal/export`);
    response.status.should.equal(200);
    response.headers.get('content-type')!.should.match(/application\/x-ndjson/);
    const file = join(folder, 'journal.jsonl');
    writeFileSync(file, await response.text());
    const { status, stdout } = spawnSync(process.execPath, [command, 'check', file], { encoding: 'utf8' });
    (JSON.parse(stdout) as object).should.containDeep({ whole: true });
    status!.should.equal(0);
  });

  it('is said with its end in the log at the start', async () => {
    const said = () => /\[ps-connect\] journal: ends at \d+:[0-9a-f]{64}/.test(live.log.join(''));
    await until(said, () => live.log.join(''));
  });

  it('that was cut together with its head is noticed at the next start, until a person accepts it with a reason', async () => {
    const { head } = await verification();
    (await accept({ reason: 'nothing happened' })).status.should.equal(409);
    await live.stop();
    const database = new DatabaseSync(store);
    database.exec(`DELETE FROM journal WHERE seq > 2; UPDATE journal_head SET seq = 2, hash = (SELECT hash FROM journal WHERE seq = 2)`);
    database.close();
    await live.restart();
    const told = () => new RegExp(`The journal ends before line ${head.seq}, which was there at`).test(live.log.join(''));
    await until(told, () => live.log.join(''));
    const found = await verification();
    found.should.containDeep({ whole: false, firstBrokenLine: head.seq });
    (await accept({})).status.should.equal(400);
    (await accept({ reason: '  ' })).status.should.equal(400);
    (await accept({ reason: 'restored from the backup of Monday' })).status.should.equal(200);
    (await verification()).whole.should.be.true();
    const lines = await live.get<{ action: string; actor: string; detail: object }[]>('/journal?subject=journal');
    lines.at(-1)!.should.containDeep({ action: 'journal.accepted', detail: { reason: 'restored from the backup of Monday' } });
    readFileSync(join(folder, 'journal-anchor.json'), 'utf8').should.match(/"seq": \d/);
  });
});
