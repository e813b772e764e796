import 'should';
import should from 'should';
import type { RunRow, SavedFilter } from '../../console/answers.ts';
import { entry, func, node, tab } from './flow-parts.ts';
import { LiveNodeRed } from './live-node-red.ts';

const api = '/ps-connect/api/v1';
const people = {
  kim: ['ps-connect.read', 'ps-connect.replay', 'ps-connect.edit'],
  rita: ['ps-connect.read', 'ps-connect.replay'],
  ray: ['ps-connect.read'],
};

/** Who sends the token of a name is that person. */
const settings = `adminAuth: {
  type: 'credentials',
  users: [],
  tokens: async (token) => {
    const permissions = ${JSON.stringify(people)}[token];
    return permissions ? { username: token, permissions } : null;
  },
  default: async () => ({ anonymous: true, permissions: ['*'] }),
},`;

const as = (name: keyof typeof people) => ({ headers: { Authorization: `Bearer ${name}` } });

describe('Runs that a person looks for', function () {
  this.timeout(60_000);
  let live: LiveNodeRed;
  let begun = 0;

  before(async () => {
    live = await LiveNodeRed.start({ settings });
    await live.deploy([
      tab(),
      entry('ok'),
      func('ok', 'if (msg.payload.bad) throw new Error("no"); return msg;', [[]]),
      { ...tab('other'), label: 'Other' },
      { ...entry('also'), id: 'entry2', z: 'other' },
      { ...node('also', 'debug', []), z: 'other' },
    ]);
    begun = Date.now();
    const person = { resource: { id: '1', name: 'Zenobia Quill', email: 'zenobia@firm.example' } };
    live.receive('entry', { payload: { id: 'T-1', minutes: 450, project: { code: 'ENG-1' }, ...person } });
    live.receive('entry', { payload: { id: 'D-1', client: { name: 'Nordwind AG' }, amount: '12500.50', currency: 'EUR' } });
    live.receive('entry', { payload: { id: 'D-2', client: { name: 'Nordwind AG' }, amount: '80', currency: 'EUR', bad: true, ...person } });
    live.receive('entry2', { payload: { id: 'ENG-1' } });
    const runs = async () => (await live.get<{ runs: { dead: number; done: number } }>('/overview')).runs;
    await live.until(async () => (await runs()).dead === 1 && (await runs()).done === 3, 'all have ended');
  });
  after(() => live?.end());

  const list = async (path: string, who: keyof typeof people = 'kim') => {
    const answer = await live.call(`${api}${path}`, as(who));
    answer.status.should.equal(200, path);
    return (await answer.json()) as RunRow[];
  };
  const subjects = async (query: string, who: keyof typeof people = 'kim') =>
    (await list(`/runs?${query}`, who)).map(({ event }) => event.subject).sort();

  it('are found by flow, state, class, severity, moment, engagement, client, amount and hours', async () => {
    (await subjects('')).should.deepEqual(['D-1', 'D-2', 'ENG-1', 'T-1']);
    (await subjects('flow=other')).should.deepEqual(['ENG-1']);
    (await subjects('status=done&search=nordwind')).should.deepEqual(['D-1']);
    (await subjects('class=internal')).should.deepEqual(['D-2']);
    (await subjects('class=internal&status=done')).should.deepEqual([]);
    (await subjects('class=mapping.missing&status=dead,waiting')).should.deepEqual([]);
    (await subjects('system=netsuite')).should.deepEqual([]);
    (await subjects('severity=normal')).should.have.length(4);
    (await subjects('severity=critical')).should.deepEqual([]);
    (await subjects(`since=${begun}`)).should.have.length(4);
    (await subjects(`until=${begun}`)).should.deepEqual([]);
    (await subjects('engagement=eng-1')).should.deepEqual(['ENG-1', 'T-1']);
    (await subjects('search=12%2C500.50')).should.deepEqual(['D-1']);
    (await subjects('search=7.5%20h')).should.deepEqual(['T-1']);
    (await list('/dead-letters?search=80%20eur')).map(({ event }) => event.subject).should.deepEqual(['D-2']);
    for (const wrong of ['class=none', 'severity=urgent', 'since=yesterday', 'status=gone'])
      (await live.call(`${api}/runs?${wrong}`, as('kim'))).status.should.equal(400, wrong);
  });

  it('tell client, amount and hours to everybody, and the person to those alone who may see one', async () => {
    const about = async (id: string, who: keyof typeof people) =>
      (await list('/runs', who)).find(({ event }) => event.subject === id)!.about;
    should(await about('D-1', 'ray')).deepEqual({ client: 'Nordwind AG', amount: '12500.50', currency: 'EUR' });
    should(await about('T-1', 'ray')).deepEqual({ engagement: 'ENG-1', minutes: 450 });
    should(await about('T-1', 'kim')).deepEqual({ engagement: 'ENG-1', minutes: 450, person: 'Zenobia Quill' });
    for (const who of ['ray', 'rita'] as const)
      for (const path of ['/runs', '/dead-letters', '/exports/runs', '/exports/dead-letters', '/board'])
        (await (await live.call(`${api}${path}`, as(who))).text()).should.not.match(/zenobia/i, `${who} ${path}`);
    // a file goes where no permission is asked for
    (await (await live.call(`${api}/exports/runs`, as('kim'))).text()).should.not.match(/zenobia/i);
  });

  it('are not found by a person by who may not see one, in no list, no file and no replay', async () => {
    for (const search of ['zenobia', 'Quill', 'zenobia@firm', 'Zenobia Quill']) {
      const asked = `search=${encodeURIComponent(search)}`;
      (await subjects(asked)).should.deepEqual(['D-2', 'T-1'], search);
      (await list(`/dead-letters?${asked}`)).should.have.length(1);
      for (const who of ['ray', 'rita'] as const) {
        (await subjects(asked, who)).should.deepEqual([], search);
        (await list(`/dead-letters?${asked}`, who)).should.deepEqual([]);
        const { csv } = (await (await live.call(`${api}/exports/runs?${asked}`, as(who))).json()) as { csv: string };
        csv.trimEnd().split('\r\n').should.have.length(1);
      }
      const answer = await live.call(`${api}/replays`, { method: 'POST', body: { search }, ...as('rita') });
      should(await answer.json()).have.property('replayed', 0);
    }
  });

  it('are taken out as a table by the same filter', async () => {
    const { csv } = (await (await live.call(`${api}/exports/runs?search=nordwind&status=done`, as('ray'))).json()) as { csv: string };
    const [head, line, ...more] = csv
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n');
    more.should.deepEqual([]);
    head!.should.endWith('"run","status","amount","currency","hours"');
    line!.should.match(/"D-1","Nordwind AG".*"done","12500.50","EUR",""$/);
  });

  describe('by filters that have a name', () => {
    const saved = async (who: keyof typeof people) => (await (await live.call(`${api}/saved-filters`, as(who))).json()) as SavedFilter[];
    const post = async (path: string, body: object, who: keyof typeof people) => {
      const answer = await live.call(`${api}/saved-filters${path}`, { method: 'POST', body, ...as(who) });
      return { status: answer.status, ...((await answer.json()) as { id?: string; message?: string }) };
    };

    it('are saved for all, once under each name: the second is told, and changes nothing', async () => {
      const filter = { filter: 'done', search: 'nordwind' };
      const { id, status } = await post('', { list: 'runs', name: 'Nordwind', filter }, 'kim');
      status.should.equal(200);
      const again = await post('', { list: 'runs', name: ' nordWIND ', filter: {} }, 'rita');
      again.status.should.equal(409);
      again.message!.should.containEql('nordWIND');
      (await saved('ray')).should.match([{ id, list: 'runs', name: 'Nordwind', filter, by: 'kim' }]);
      (await post('', { list: 'runs', name: 'X', filter: { nonsense: 'x' } }, 'rita')).status.should.equal(400);
      (await post('', { list: 'runs', name: '  ', filter: {} }, 'rita')).status.should.equal(400);
      (await post('', { list: 'runs', name: 'Mine', filter: {} }, 'ray')).status.should.equal(403);
      (await post(`/${id}/rename`, { name: 'North wind' }, 'rita')).status.should.equal(200);
      (await post(`/${id}/delete`, {}, 'ray')).status.should.equal(403);
      (await post(`/${id}/delete`, { reason: 'old' }, 'rita')).status.should.equal(200);
      (await post(`/${id}/delete`, {}, 'rita')).status.should.equal(404);
      (await saved('kim')).should.deepEqual([]);
      const journal = await live.get<
        { lines: { action: string; actor: string; subject: string }[] } | { action: string; actor: string; subject: string }[]
      >(`/journal?subject=${id}`);
      const lines = Array.isArray(journal) ? journal : journal.lines;
      lines
        .map(({ actor, action }) => `${actor} ${action}`)
        .should.deepEqual(['kim filter.saved', 'rita filter.renamed', 'rita filter.deleted']);
    });

    it('are not told of, nor changed, by who may not see the person that one looks for', async () => {
      for (const search of ['Zenobia', 'zenobia@firm.example', 'somebody else']) {
        const { id } = await post('', { list: 'dead-letters', name: 'Of her', filter: { search } }, 'kim');
        (await saved('kim')).map(({ filter }) => filter.search).should.deepEqual([search]);
        for (const who of ['ray', 'rita'] as const) (await saved(who)).should.deepEqual([]);
        (await post(`/${id}/rename`, { name: 'x' }, 'rita')).status.should.equal(404);
        (await post(`/${id}/delete`, {}, 'rita')).status.should.equal(404);
        (await post(`/${id}/delete`, {}, 'kim')).status.should.equal(200);
      }
    });
  });
});
