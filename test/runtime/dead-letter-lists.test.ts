import { rmSync } from 'node:fs';
import { join } from 'node:path';
import 'should';
import should from 'should';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { criterion } from '../../runtime/admin-api/run-criteria.ts';
import { list } from '../../runtime/admin-api/run-routes.ts';
import { claim, failure } from '../engine/claimed-run.ts';
import { deal } from '../engine/sample-events.ts';
import { quickFolder } from '../quick-folder.ts';
import type { RunRow } from '../../console/answers.ts';
import { entry, func, node, policy, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

const timeEntry = (id: string, more: object = {}) => ({
  id,
  source: { system: 'time-tool', id },
  resource: { id: 'p1', email: 'ada.berg@firm.example', name: 'Ada Berg' },
  project: { id: '7' },
  workDate: '2026-03-02',
  minutes: 60,
  billable: true,
  status: 'approved',
  version: '1',
  ...more,
});

describe('Dead letters that a person looks for', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  let begun = 0;

  before(async () => {
    live = await LiveNodeRed.start();
    await live.deploy([
      tab(),
      policy({ severity: 'high' }),
      entry('check'),
      node('check', 'contract-check', [['ok']], { contract: 'time-entry' }),
      func('ok', 'return msg;', [[]]),
      { ...tab('other'), label: 'Other =flow' },
      { ...entry('bad', { policy: '' }), id: 'entry2', z: 'other' },
      { ...func('bad', 'throw new Error("=1+1 is no formula, " + msg.payload.id);', [[]]), z: 'other' },
    ]);
    begun = Date.now();
    for (let n = 0; n < 6; n++) live.receive('entry', { payload: timeEntry(`T-${n}`, { minutes: 0 }) });
    live.receive('entry', { payload: timeEntry('T-low', { workDate: 'yesterday' }) });
    for (let n = 0; n < 4; n++) live.receive('entry2', { payload: { id: `=BAD-${n}`, client: { name: 'Berg & Sons' } } });
    await live.until(async () => (await live.get<{ runs: { dead: number } }>('/overview')).runs.dead === 11, 'all are dead letters');
  });
  after(() => live?.end());

  const list = (query: string) => live.get<RunRow[]>(`/dead-letters?${query}`);
  const subjects = async (query: string) => (await list(query)).map(({ event }) => event.subject).sort();

  it('are found by flow, class, code, severity and moment, together with what is searched for, page by page', async () => {
    (await subjects('class=internal')).should.deepEqual(['=BAD-0', '=BAD-1', '=BAD-2', '=BAD-3']);
    (await subjects('class=contract.invalid')).should.have.length(7);
    (await subjects('code=SCHEMA_FORMAT')).should.deepEqual(['T-low']);
    (await subjects('code=SCHEMA_MINIMUM&search=t-3')).should.deepEqual(['T-3']);
    (await subjects('flow=other&class=contract.invalid')).should.deepEqual([]);
    (await subjects('severity=high')).should.have.length(7);
    (await subjects('system=netsuite')).should.deepEqual([]);
    (await subjects(`since=${begun}`)).should.have.length(11);
    (await subjects(`until=${begun}`)).should.deepEqual([]);
    const first = await list('class=contract.invalid&limit=3');
    const second = await list(`class=contract.invalid&limit=10&before=${first.at(-1)!.seq}`);
    new Set([...first, ...second].map(({ id }) => id)).size.should.equal(7);
    first[0]!.should.have.propertyByPath('about'); // what a list tells of a run is there
  });

  it('are not looked for by what cannot be: it is said what can', async () => {
    for (const query of ['class=contract', 'severity=urgent', 'since=yesterday', 'until=-1']) {
      const answer = await live.call(`/ps-connect/api/v1/dead-letters?${query}`);
      answer.status.should.equal(400, query);
      ((await answer.json()) as { message: string }).message.should.containEql(query.split('=')[0]!);
    }
  });

  it('are taken out as a table: one line each, no persons, nothing that a spreadsheet calculates', async () => {
    const { csv, more } = await live.get<{ csv: string; more: boolean }>('/exports/dead-letters?flow=other');
    more.should.equal(false);
    const [head, ...lines] = csv
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n');
    head!.should.startWith('"at","flow","id","client","class","code"');
    lines.should.have.length(4);
    for (const line of lines) {
      line.should.match(/^"\d{4}-\d\d-\d\dT[\d:.]+Z","Other =flow","'=BAD-\d"/);
      line.should.containEql('Error: =1+1 is no formula');
    }
    const all = await live.get<{ csv: string }>('/exports/dead-letters?class=contract.invalid&code=SCHEMA_MINIMUM');
    all.csv.trimEnd().split('\r\n').should.have.length(7);
    all.csv.should.not.match(/ada\.berg|Ada Berg/);
    all.csv.should.containEql('"minutes","0"');
  });

  it('are replayed as they are looked for, and no others', async () => {
    const before = await list('');
    const body = { flow: 'other', class: 'internal', search: 'BAD-1' };
    const answer = await live.call('/ps-connect/api/v1/replays', { method: 'POST', body });
    should(await answer.json()).have.property('replayed', 1);
    const replayed = before.find(({ event }) => event.subject === '=BAD-1')!;
    const changed = async () => (await list('')).filter((row) => row.updatedAt !== before.find(({ id }) => id === row.id)!.updatedAt);
    await live.until(async () => (await list('')).length === 11 && (await changed()).length > 0, 'it has failed again');
    (await changed()).map(({ id }) => id).should.deepEqual([replayed.id]);
    (await live.call('/ps-connect/api/v1/replays', { method: 'POST', body: { class: 'nonsense' } })).status.should.equal(400);
    (await list('class=internal')).every(({ status }) => status === 'dead').should.be.true();
  });

  it('have a form for who may edit, by the contract of what came in', async () => {
    const [letter] = await list('search=T-0');
    type Form = { form?: { contract?: string; fields: { path: string; wrong?: boolean; kind: string }[] } };
    const { form } = await live.get<Form>(`/dead-letters/${letter!.id}`);
    form!.should.have.property('contract', 'time-entry');
    form!.fields
      .filter(({ wrong }) => wrong)
      .should.deepEqual([{ at: ['payload', 'minutes'], path: 'minutes', kind: 'integer', empty: 'never', wrong: true }]);
    (await live.get<Form>(`/runs/${letter!.id}`)).should.not.have.property('form');
  });
});

describe('Tables that are long', function () {
  this.timeout(60_000);

  it('are given out whole, with nobody in them, whoever asks', async () => {
    const live = await LiveNodeRed.start();
    try {
      await live.deploy([tab(), policy(), entry('bad'), func('bad', 'throw new Error("no");', [[]])]);
      const padding = 'x'.repeat(200);
      for (let n = 0; n < 900; n++)
        live.receive('entry', {
          payload: {
            id: `LONG-${n}-${padding}`,
            client: { name: `Client ${n}` },
            owner: { name: 'Zenobia Quill', email: 'zenobia@firm.example' },
          },
        });
      await live.until(async () => (await live.get<{ runs: { dead: number } }>('/overview')).runs.dead === 900, 'all are dead letters');
      const { csv, more } = await live.get<{ csv: string; more: boolean }>('/exports/dead-letters');
      csv.length.should.be.above(300_000);
      csv.trimEnd().split('\r\n').should.have.length(901);
      csv.should.endWith('"\r\n');
      more.should.equal(false);
      csv.should.not.containEql('zenobia');
    } finally {
      await live.end();
    }
  });
});

describe('Few dead letters among very many', () => {
  it('are all found, in order, however far apart they are and however few are asked for at a time', async () => {
    const folder = quickFolder('lists');
    const store = new SqliteStore(join(folder, 'store.sqlite'));
    await store.open(0);
    const count = 1_700;
    const events = Array.from({ length: count }, (_none, n) => deal(`E${n}`, `ENG-${n}`));
    await store.accept({ entry: 'in', flow: 'tab', severity: 'normal', events, now: 1 });
    for (const run of await claim(store, 10, count)) {
      const code = Number(run.event.id.slice(1)) % 400 === 3 ? 'RARE' : failure.code;
      await store.park(run.id, run.token, { failure: { ...failure, code } }, 20);
    }
    const pack = { engine: { store, active: new Map() }, RED: { nodes: { getNode: () => null } }, ready: false };
    const call = { pack, caller: { may: ['ps-connect.read'] }, signal: new AbortController().signal } as unknown as Parameters<
      typeof list
    >[0];
    const found: string[] = [];
    for (let before: number | undefined, page: Awaited<ReturnType<typeof list>> = []; ;) {
      const from = before === undefined ? {} : { before };
      page = await list(call, { status: ['dead'], limit: 2, ...from }, criterion('dead-letters', { code: 'RARE' }));
      found.push(...page.map(({ event }) => event.id));
      before = page.at(-1)?.seq;
      if (page.length < 2) break;
    }
    found.should.deepEqual(['E1603', 'E1203', 'E803', 'E403', 'E3']);
    (await list(call, { status: ['dead'], limit: 5 }, criterion('dead-letters', { code: 'NOWHERE' }))).should.deepEqual([]);
    (await list(call, { status: ['dead'], limit: 5, search: 'ENG-12' }, criterion('dead-letters', { code: 'RARE' })))
      .map(({ event }) => event.id)
      .should.deepEqual(['E1203']);
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

describe('Figures that are taken out as tables', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;

  before(async () => {
    live = await LiveNodeRed.start();
    await live.deploy([tab()]);
  });
  after(() => live?.end());

  it('have their head also where there is nothing yet', async () => {
    const board = await live.get<{ csv: string; more: boolean }>('/exports/board');
    board.should.deepEqual({
      csv: '\ufeff"code","client","entity","amount","currency","stage","updated","won","customer","project","planned","staffed","worked","billed","paid"\r\n',
      more: false,
    });
    const { csv } = await live.get<{ csv: string }>('/exports/kpis?days=7&by=entity');
    const lines = csv
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n');
    lines[0]!.should.equal('"name","unit","target","of","day","group","value","count","median","p90"');
    lines.should.containEql('"time_to_staff","hours","120","all","","","","0","",""');
    lines.length.should.equal(16);
  });
});
